// Measures what importing `contracts/index.ts` of an app costs, and how many schemas it creates. Run with the app.
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
const loading = performance.now()
await contracts.operations[0]?.load()
const afterOne = { milliseconds: performance.now() - loading, modules, schemas }
console.log(JSON.stringify({ imported, afterOne }))
