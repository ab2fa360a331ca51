// Measures edits in a process that stays, as `pikku contracts --watch` is one: a property comes into a type of one
// file, and its contracts are read, printed and written again. Run with the built package, an app,
// a file of it that has a type with `createdAt: Date`, and how often.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { KnownFiles } from '../../contracts/write.ts'

const [packageFolder = '', app = '', path = '', rounds = '10'] = process.argv.slice(2)
const dist = (file: string) => pathToFileURL(join(packageFolder, 'dist', file)).href
const { createGenerator }: typeof import('../../cli/generator.ts') = await import(dist('cli/generator.js'))
const { findProject }: typeof import('../../cli/project.ts') = await import(dist('cli/project.js'))
const { writeContracts }: typeof import('../../contracts/write.ts') = await import(dist('contracts/write.js'))

const project = await findProject({}, app)
const generator = await createGenerator(project)
const known: KnownFiles = new Map()
writeContracts(project.out, filesOf(generator.generate()), known)
const file = join(app, path)
const before = await readFile(file, 'utf8')
const times: number[] = []
try {
  for (let round = 0; round < Number(rounds); round++) {
    await writeFile(file, before.replace('createdAt: Date', `createdAt: Date\n  edited${round}?: string`))
    const start = performance.now()
    const files = filesOf(generator.generate({ changed: [file], created: [], deleted: [] }))
    const { changed } = writeContracts(project.out, files, known)
    times.push(performance.now() - start)
    if (changed.length === 0) throw new Error(`The edit of ${path} reached no contract.`)
  }
} finally {
  await writeFile(file, before)
  generator.dispose()
}
console.log(JSON.stringify(times))

function filesOf(generation: ReturnType<typeof generator.generate>): ReadonlyMap<string, string> {
  if (generation.ok) return generation.files
  throw new Error(generation.diagnostics.map(({ message }) => message).join('\n'))
}
