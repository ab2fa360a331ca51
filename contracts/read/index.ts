import type { Diagnostic } from '../diagnostic.ts'
import type { AppModel } from '../model.ts'
import type { ImportExtension } from './import-extension.ts'

export { codes } from './codes.ts'
export { formatDiagnostic } from './diagnostic-text.ts'
export type { ImportExtension } from './import-extension.ts'

/** What is read. */
export interface ReaderOptions {
  /** The project's folder, absolute. */
  readonly root: string
  /** Its tsconfig.json, absolute. */
  readonly tsconfig: string
  /** The file that exports the app by default, absolute. */
  readonly app: string
  /** The folder that the contracts are written to, absolute. Default: `contracts` beside the folder of the app. */
  readonly out?: string
}

/** A model, or every reason why there is none. */
export type ReadResult =
  | {
      readonly ok: true
      readonly model: AppModel
      /** What may not be meant, and keeps nothing from being written. */
      readonly warnings: readonly Diagnostic[]
      readonly files: number
      /** How generated files must name each other in this project. */
      readonly importExtension: ImportExtension
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Reads an app, and reads it again after its files have changed. */
export interface Reader {
  read(): ReadResult
  /** Reads again. Paths are absolute. */
  update(changed: readonly string[], created?: readonly string[], deleted?: readonly string[]): ReadResult
  /**
   * Checks what {@link update} left for later: the types of the app's own file and of what imports it, which take longer
   * to check than all of the rest. Gives the errors in them.
   */
  check(): readonly Diagnostic[]
  /** Ends the compiler. */
  dispose(): void
}

/** Starts a reader. The compiler is loaded here, so that commands which need none start without it. */
export async function createReader(options: ReaderOptions): Promise<Reader> {
  const { CompilerReader } = await import('./reader.ts')
  return new CompilerReader(options)
}
