import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { modelFiles } from './model.ts'
import { functionsPerModule, type Module, makeModule } from './module.ts'
import { createRandom } from './random.ts'

/** A made-up project on disk. */
export interface Project {
  readonly functions: number
  /** The Pikku app: `src/app.ts` and what it wires. */
  readonly app: string
  /** The same types for tools that read types, not functions: each function is two exported aliases. */
  readonly types: string
  readonly modules: readonly Module[]
}

/** Writes a project of so many functions into two folders, which are emptied first. The same bytes every time. */
export async function writeProject(
  functions: number,
  { app, types }: { app: string; types: string },
): Promise<Project> {
  const modules = makeModules(functions / functionsPerModule)
  const model = Object.entries(modelFiles).map(([name, text]) => [`src/model/${name}`, text] as const)
  await writeFolder(app, [
    ['package.json', json({ name: 'bench-app', private: true, type: 'module' })],
    ['tsconfig.json', json({ compilerOptions: { ...compilerOptions, types: ['node'] }, include: ['src'] })],
    ['src/services.ts', services],
    ['src/errors.ts', errors],
    ['src/pikku.ts', binding],
    ['src/app.ts', printApp(modules)],
    ...model,
    ...modules.map((module) => [`src/functions/${module.file}.ts`, printFunctions(module)] as const),
  ])
  await writeFolder(types, [
    ['package.json', json({ name: 'bench-types', private: true, type: 'module' })],
    ['tsconfig.json', json({ compilerOptions: { ...compilerOptions, types: [] }, include: ['src', 'typia'] })],
    ['ts-to-zod.config.mjs', printTsToZodConfig([...model.map(([name]) => name), ...modules.map(typesFileOf)])],
    // ts-to-zod makes no folders.
    ['zod/src/model/.keep', ''],
    ['zod/src/functions/.keep', ''],
    ...model,
    ...modules.map((module) => [typesFileOf(module), printTypes(module)] as const),
    ...modules.map((module) => [`typia/${module.file}.ts`, printTypia(module)] as const),
  ])
  return { functions, app, types, modules }
}

/** The aliases of a module's inputs and outputs, for the peers. */
export function aliasesOf({ entity, operations }: Module): { name: string; type: string }[] {
  return operations.flatMap(({ name, input, output }) => {
    const stem = `${entity}${name.charAt(0).toUpperCase()}${name.slice(1)}`
    return [
      ...(input ? [{ name: `${stem}Input`, type: input }] : []),
      ...(output ? [{ name: `${stem}Output`, type: output }] : []),
    ]
  })
}

async function writeFolder(folder: string, files: readonly (readonly [name: string, text: string])[]): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  for (const name of new Set(files.map(([name]) => dirname(name)))) await mkdir(join(folder, name), { recursive: true })
  for (const [name, text] of files) await writeFile(join(folder, name), text)
}

function makeModules(count: number): Module[] {
  const modules: Module[] = []
  // A seed for each module, so that a larger project begins with the smaller one.
  while (modules.length < count) modules.push(makeModule(modules.length, modules, createRandom(modules.length + 1)))
  return modules
}

function printFunctions(module: Module): string {
  return [
    "import type { Call } from 'pikku'",
    "import { NotFound, Taken } from '../errors.ts'",
    "import { func } from '../pikku.ts'",
    "import type { Services, Session } from '../services.ts'",
    ...printImports(module),
    '',
    module.declarations,
    module.operations.map(({ code }) => code).join('\n\n'),
    '',
  ].join('\n')
}

function typesFileOf({ file }: Module): string {
  return `src/functions/${file}.ts`
}

function printTypes(module: Module): string {
  const aliases = aliasesOf(module).map(({ name, type }) => `export type ${name} = ${type}\n`)
  return [...printImports(module), '', module.declarations, ...aliases].join('\n')
}

/** What typia turns into validators: one for each input and output. */
function printTypia(module: Module): string {
  const aliases = aliasesOf(module)
  return [
    "import typia from 'typia'",
    `import type {\n${aliases.map(({ name }) => `  ${name},\n`).join('')}} from '../${typesFileOf(module)}'`,
    '',
    ...aliases.map(({ name }) => `export const validate${name} = typia.createValidate<${name}>()`),
    '',
  ].join('\n')
}

// Generic types stop ts-to-zod, so their file is kept from it, and what uses them becomes `z.any()`.
function printTsToZodConfig(inputs: readonly string[]): string {
  const configs = inputs
    .filter((input) => !input.endsWith('/generic.ts'))
    .map((input) => ({ name: input, input, output: `zod/${input}`, skipValidation: true }))
  return `export default ${JSON.stringify(configs, null, 2)}\n`
}

function printImports({ imports }: Module): string[] {
  return [...imports]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, names]) => `import type { ${names.join(', ')} } from '${relative(file)}'`)
}

function relative(file: string): string {
  return file.startsWith('functions/') ? `./${file.slice('functions/'.length)}` : `../${file}`
}

function printApp(modules: readonly Module[]): string {
  const routes = modules.flatMap(({ name, operations }) =>
    operations.flatMap(({ name: operation, route }) => (route ? [`    '${route}': ${name}.${operation},`] : [])),
  )
  return [
    ...modules.map(({ name, file }) => `import * as ${name} from './functions/${file}.ts'`),
    "import { app, session } from './pikku.ts'",
    '',
    'export default app({',
    "  session: session.bearer(async ({ db }, token) => db.one('sessions', { token })),",
    '  rpc: {',
    ...modules.map(({ name }) => `    ${name},`),
    '  },',
    '  http: {',
    ...routes,
    '  },',
    '})',
    '',
  ].join('\n')
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

const compilerOptions = {
  target: 'es2023',
  lib: ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable', 'esnext.disposable', 'esnext.asynciterable'],
  module: 'nodenext',
  moduleDetection: 'force',
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
}

const services = `/** What functions stand on. */
export interface Services {
  db: {
    one<Row>(table: string, query: object): Promise<Row>
    many<Row>(table: string, query: object): Promise<Row[]>
  }
  hub: { subscribe<Event>(topic: string, signal: AbortSignal): AsyncIterable<Event> }
}

/** Who calls. */
export interface Session {
  userId: string
}
`

const errors = `import { defineError } from 'pikku'

export class NotFound extends defineError('NOT_FOUND', { detail: 'There is no such thing.' })<{ id: string }> {}

export class Taken extends defineError('TAKEN', { status: 409 })<{ field: string; by?: string }> {}
`

const binding = `import { pikku } from 'pikku'
import type { Services, Session } from './services.ts'

export const { func, app, session } = pikku<Services, Session>()
`
