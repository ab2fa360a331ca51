import { hash } from 'node:crypto'
import { mapChannel } from '../contracts/channels.ts'
import type { Diagnostic } from '../contracts/diagnostic.ts'
import type { AppModel, OperationModel } from '../contracts/model.ts'
import type { KeptModules } from '../contracts/print/index.ts'
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

/** Starts the compiler for a project. */
export async function createGenerator({ root, tsconfig, app, out, info, runSchemas }: Project): Promise<Generator> {
  const [{ createReader }, { checkRoutes, printContracts }, { printOpenApi }, { printAsyncApi }, { SchemaRunner }] =
    await Promise.all([
      import('../contracts/read/index.ts'),
      import('../contracts/print/index.ts'),
      import('../contracts/openapi/index.ts'),
      import('../contracts/asyncapi/index.ts'),
      import('../contracts/schemas/index.ts'),
    ])
  const reader = await createReader({ root, tsconfig, app, out })
  const schemas = runSchemas ? new SchemaRunner(root, out) : undefined
  const kept: KeptModules = new Map()
  let last: { readonly key: string; readonly files: ReadonlyMap<string, string> } | undefined
  return {
    generate(changes) {
      const result = changes ? reader.update(changes.changed, changes.created, changes.deleted) : reader.read()
      if (!result.ok) return result
      const { model, importExtension } = result
      const isKnown = changes && changes.created.length + changes.deleted.length === 0
      const documented = schemas?.document(model, isKnown ? changes.changed : undefined) ?? { model, warnings: [] }
      // Who has no schemas run has asked for documents that know them by their types.
      const read = schemas ? result.warnings : result.warnings.filter(({ code }) => code !== 'PK1303')
      const warnings = [...read, ...documented.warnings]
      const { operations, channels, types } = model
      const counts = { operations: operations.length, channels: channels.length, types: types.size }
      // Most edits are of what functions do, and change nothing that is printed.
      const key = changes ? keyOf(documented.model, importExtension) : ''
      if (last && key !== '' && key === last.key) return { ok: true, files: last.files, ...counts, warnings }
      const diagnostics = checkRoutes(model)
      if (diagnostics.length > 0) return { ok: false, diagnostics }
      const files = new Map(
        printContracts(model, {
          extension: importExtension,
          documented: documented.model,
          ...(changes ? { kept } : {}),
        }),
      )
      files.set('openapi.json', printOpenApi(documented.model, info))
      const asyncApi = printAsyncApi(documented.model, info)
      if (asyncApi !== undefined) files.set('asyncapi.json', asyncApi)
      last = { key, files }
      return { ok: true, files, ...counts, warnings }
    },
    check: () => reader.check(),
    dispose: () => reader.dispose(),
  }
}

const nowhere: OperationModel['at'] = { file: '', line: 0, column: 0, length: 0 }

/** The same for models that are printed the same: where functions stand is told in diagnostics alone. */
function keyOf({ operations, channels, types, ...rest }: AppModel, importExtension: string): string {
  const unplaced = (operation: OperationModel): OperationModel => ({
    ...operation,
    at: nowhere,
    routes: operation.routes.map((route) => ({ ...route, at: nowhere })),
  })
  const printed = [
    operations.map(unplaced),
    channels.map((channel) => ({ ...mapChannel(channel, unplaced), at: nowhere })),
  ]
  const text = JSON.stringify([importExtension, printed, [...types], rest], (_, value: unknown) =>
    typeof value === 'bigint' ? ['bigint', String(value)] : value,
  )
  return hash('sha256', text)
}
