import type { Diagnostic } from '../contracts/diagnostic.ts'
import { LastingModel } from '../contracts/lasting-model.ts'
import type { AppModel, NamedType } from '../contracts/model.ts'
import type { Project } from './project.ts'

/** The contracts of an app, as texts by their path in the folder, or why there are none. */
export type Generation =
  | {
      readonly ok: true
      readonly files: ReadonlyMap<string, string>
      readonly operations: number
      readonly channels: number
      readonly types: number
      /** What may not be meant, and kept nothing from being made. */
      readonly warnings: readonly Diagnostic[]
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Files that came, changed and went since the last time. Absolute paths. */
export interface SourceChanges {
  readonly changed: readonly string[]
  readonly created: readonly string[]
  readonly deleted: readonly string[]
}

/** Makes the contracts of a project, again and again. It writes nothing. */
export interface Generator {
  generate(changes?: SourceChanges): Generation
  /** After an edit: the errors in the app's own file and in what imports it, which are left until the contracts are written. */
  check(): readonly Diagnostic[]
  dispose(): void
}

/** How long a generator is needed. */
export interface GeneratorOptions {
  /** Whether it generates only once: the compiler is ended when all is read, and what it held is free while printing. */
  readonly once?: boolean
}

/** Starts the compiler for a project. */
export async function createGenerator(
  { root, tsconfig, app, out, info, runSchemas }: Project,
  { once = false }: GeneratorOptions = {},
): Promise<Generator> {
  const [
    { createReader },
    { checkRoutes, createKept, printContracts },
    { createKeptPieces, printOpenApi },
    { printAsyncApi },
    { SchemaRunner },
  ] = await Promise.all([
    import('../contracts/read/index.ts'),
    import('../contracts/print/index.ts'),
    import('../contracts/openapi/index.ts'),
    import('../contracts/asyncapi/index.ts'),
    import('../contracts/schemas/index.ts'),
  ])
  const reader = await createReader({ root, tsconfig, app, out })
  const schemas = runSchemas ? new SchemaRunner(root, out) : undefined
  // What is made once is not compared with anything.
  const memory = once
    ? undefined
    : {
        model: new LastingModel(),
        documented: new LastingModel(),
        checkedTypes: new WeakSet<NamedType>(),
        kept: createKept(),
        pieces: createKeptPieces(),
        piecesOfSocket: createKeptPieces(),
      }
  let last: Printed | undefined
  return {
    generate(changes) {
      const result = changes ? reader.update(changes.changed, changes.created, changes.deleted) : reader.read()
      if (once) reader.dispose()
      if (!result.ok) return result
      const { model: read, importExtension: extension } = result
      const isKnown = changes && changes.created.length + changes.deleted.length === 0
      const described = schemas?.document(read, isKnown ? changes.changed : undefined) ?? { model: read, warnings: [] }
      // Who has no schemas run has asked for documents that know them by their types.
      const ofReading = schemas ? result.warnings : result.warnings.filter(({ code }) => code !== 'PK1303')
      const warnings = [...ofReading, ...described.warnings]
      const { operations, channels, types } = read
      const counts = { operations: operations.length, channels: channels.length, types: types.size }
      const model = memory?.model.renew(read) ?? read
      const documented =
        described.model === read ? model : (memory?.documented.renew(described.model) ?? described.model)
      // Most edits are of what functions do, and change nothing that is printed.
      if (last?.model === model && last.documented === documented && last.extension === extension)
        return { ok: true, files: last.files, ...counts, warnings }
      const diagnostics = checkRoutes(
        { ...read, types: model.types },
        memory && { operations: namesOfSame(model, last?.model), types: memory.checkedTypes },
      )
      if (diagnostics.length > 0) return { ok: false, diagnostics }
      const files = new Map(printContracts(model, { extension, documented, ...(memory ? { kept: memory.kept } : {}) }))
      files.set('openapi.json', printOpenApi(documented, info, memory?.pieces))
      const asyncApi = printAsyncApi(documented, info, memory?.piecesOfSocket)
      if (asyncApi !== undefined) files.set('asyncapi.json', asyncApi)
      last = { model, documented, extension, files }
      return { ok: true, files, ...counts, warnings }
    },
    check: () => reader.check(),
    dispose: () => reader.dispose(),
  }
}

/** What was printed without an error, and from what. */
interface Printed {
  readonly model: AppModel
  readonly documented: AppModel
  readonly extension: string
  readonly files: ReadonlyMap<string, string>
}

/** The operations of a lasting model that are those of the one before. */
function namesOfSame({ operations }: AppModel, before: AppModel | undefined): ReadonlySet<string> {
  const known = new Set(before?.operations)
  return new Set(operations.filter((operation) => known.has(operation)).map(({ name }) => name))
}
