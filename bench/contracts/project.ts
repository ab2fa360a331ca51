import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { modelFiles } from './model.ts'
import { functionsPerModule, type Module, makeModule } from './module.ts'
import { createRandom } from './random.ts'

/** A made-up project on disk. */
export interface Project {
  /** The Pikku app: `src/app.ts` and what it wires. */
  readonly app: string
  /** The same types for tools that read types, not functions: each function is two exported aliases. */
  readonly types: string
  readonly functions: number
  readonly modules: readonly Module[]
}

/** Writes a project of so many functions into `folder`, which is emptied first. The same bytes every time. */
export async function writeProject(folder: string, functions: number): Promise<Project> {
  const modules = makeModules(functions / functionsPerModule)
  const app = join(folder, 'app')
  const types = join(folder, 'types')
  const files: Record<string, string> = {
    'app/package.json': json({ name: 'bench-app', private: true, type: 'module' }),
    'app/tsconfig.json': json({ compilerOptions, include: ['src'] }),
    'app/src/services.ts': services,
    'app/src/errors.ts': errors,
    'app/src/pikku.ts': binding,
    'app/src/app.ts': printApp(modules),
    'types/package.json': json({ name: 'bench-types', private: true, type: 'module' }),
    'types/tsconfig.json': json({ compilerOptions, include: ['src'] }),
  }
  for (const [name, text] of Object.entries(modelFiles)) {
    files[`app/src/model/${name}`] = text
    files[`types/src/model/${name}`] = text
  }
  for (const module of modules) {
    files[`app/src/functions/${module.file}.ts`] = printFunctions(module)
    files[`types/src/functions/${module.file}.ts`] = printTypes(module)
  }
  await rm(folder, { recursive: true, force: true })
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return { app, types, functions, modules }
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

function printTypes(module: Module): string {
  const aliases = module.operations.flatMap(({ name, input, output }) => {
    const stem = `${module.entity}${name.charAt(0).toUpperCase()}${name.slice(1)}`
    return [
      ...(input ? [`export type ${stem}Input = ${input}\n`] : []),
      ...(output ? [`export type ${stem}Output = ${output}\n`] : []),
    ]
  })
  return [...printImports(module), '', module.declarations, ...aliases].join('\n')
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
    '  session: session.bearer(async ({ db }, token) => db.one(\'sessions\', { token })),',
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
  types: ['node'],
  customConditions: ['pikku-source'],
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
