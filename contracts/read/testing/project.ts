import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Diagnostic } from '../../diagnostic.ts'
import type { AppModel } from '../../model.ts'
import { createReader, type Reader, type ReadResult } from '../index.ts'

const repository = resolve(import.meta.dirname, '../../..')

/** Files by their path in the project. */
export type Files = Readonly<Record<string, string>>

/** A real project in a folder of its own, with a reader on it. */
export interface TestProject {
  readonly root: string
  readonly reader: Reader
  readonly read: () => ReadResult
  /** The model, or an error that tells all diagnostics. */
  readonly model: () => AppModel
  /** The diagnostics; an error when there are none. */
  readonly diagnostics: () => readonly Diagnostic[]
  readonly write: (files: Files) => void
  readonly path: (name: string) => string
  /** What a reader gives that begins anew. */
  readonly readAnew: () => Promise<ReadResult>
  readonly [Symbol.dispose]: () => void
}

const base: Files = {
  'src/pikku.ts': `import { pikku } from 'pikku'
export interface Services { db: { find(id: string): Promise<string> }; hub: object; mail: object; clock: object }
export interface Session { userId: string }
export const { func, app, channel, permission, route, middleware, session } = pikku<Services, Session>()
`,
}

/** Writes a project and starts a reader on it. It stands inside of the repository, so that it can import `pikku`. */
export async function createProject(files: Files, compilerOptions: object = {}): Promise<TestProject> {
  mkdirSync(join(repository, '.data'), { recursive: true })
  const root = mkdtempSync(join(repository, '.data', 'read-'))
  const path = (name: string): string => join(root, name)
  const write = (texts: Files): void => {
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(dirname(path(name)), { recursive: true })
      writeFileSync(path(name), text)
    }
  }
  const tsconfig = {
    extends: '../../tsconfig.json',
    include: ['.'],
    compilerOptions: { erasableSyntaxOnly: false, ...compilerOptions },
  }
  write({ ...base, 'tsconfig.json': JSON.stringify(tsconfig), ...files })
  const options = { root, tsconfig: path('tsconfig.json'), app: path('src/app.ts') }
  const reader = await createReader(options)
  return {
    root,
    reader,
    read: () => reader.read(),
    model: () => modelOf(reader.read()),
    diagnostics: () => diagnosticsOf(reader.read()),
    write,
    path,
    async readAnew() {
      const fresh = await createReader(options)
      try {
        return fresh.read()
      } finally {
        fresh.dispose()
      }
    },
    [Symbol.dispose]() {
      reader.dispose()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** The model of a result, or an error that tells why there is none. */
export function modelOf(result: ReadResult): AppModel {
  if (result.ok) return result.model
  const told = result.diagnostics.map(
    ({ code, at, path, message }) => `${code} ${at?.file}:${at?.line} ${path}: ${message}`,
  )
  throw new Error(`The project cannot be read.\n${told.join('\n')}`)
}

function diagnosticsOf(result: ReadResult): readonly Diagnostic[] {
  if (!result.ok) return result.diagnostics
  throw new Error('The project was read without a diagnostic.')
}

/** A type and what it needs to be declared: `type T` is read as the input and the output of an operation of the case's name. */
export type TypeCases = Readonly<Record<string, string>>

/** A project with one module for each case, and both sides of its type `T`. */
export function projectOfTypes(cases: TypeCases, sides: readonly ('input' | 'output')[] = ['input']): Files {
  const names = Object.keys(cases)
  const modules = names.map((name) => [`src/functions/${name}.ts`, moduleOf(cases[name] ?? '', sides)] as const)
  const imports = names.map((name) => `import * as ${name} from './functions/${name}.ts'`)
  const app = `import { app } from './pikku.ts'\n${imports.join('\n')}\nexport default app({ rpc: { ${names.join(', ')} } })\n`
  return { ...Object.fromEntries(modules), 'src/app.ts': app }
}

function moduleOf(source: string, sides: readonly string[]): string {
  const input = sides.includes('input') ? 'export const take = func(async (_services, _input: T) => {})\n' : ''
  const output = sides.includes('output')
    ? 'export const give = func(async (): Promise<T> => { throw new Error() })\n'
    : ''
  return `import { func } from '../pikku.ts'\n${source}\n${input}${output}`
}
