// Measures what importing `contracts/index.ts` of an app costs, and then the first calls, and how many schemas they
// create. Run with the app.
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

let schemas = 0
const defineProperty = Object.defineProperty
// Zod gives every schema that it creates its `_zod` this way.
Object.defineProperty = (target, name, descriptor) => {
  if (name === '_zod') schemas++
  return defineProperty(target, name, descriptor)
}

let modules = 0
registerHooks({
  load(url, context, next) {
    modules++
    return next(url, context)
  },
})

const index = pathToFileURL(join(process.argv[2] ?? '', 'contracts', 'index.ts')).href
const start = performance.now()
const { contracts }: { contracts: import('../../core/index.ts').Contracts } = await import(index)
const imported = { milliseconds: performance.now() - start, modules, schemas }
// The accepting path needs parsers alone, where there are any; Zod explains what they refuse.
const operation = contracts.operations[0]
const accepting = await loading(operation?.parsers ?? operation?.schemas)
const refusing = await loading(operation?.schemas)
console.log(JSON.stringify({ imported, accepting, refusing }))

async function loading(load: (() => Promise<object>) | undefined) {
  const start = performance.now()
  await load?.()
  return { milliseconds: performance.now() - start, modules, schemas }
}
