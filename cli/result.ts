import type { Diagnostic } from '../contracts/diagnostic.ts'
import type { ContractChanges } from '../contracts/write.ts'
import type { DiffLine } from './line-diff.ts'

/** How one run of `pikku contracts` ended. With `--json` this is what is printed. */
export type ContractsResult = Written | Current | Stale | Failed | Mistaken

interface Counts {
  /** The contracts folder, relative to the working directory. */
  readonly folder: string
  readonly operations: number
  /** Absent when there are none. */
  readonly channels?: number
  /** How many named types these reach. */
  readonly types: number
  /** What may not be meant; absent when there is nothing of that kind. */
  readonly warnings?: readonly Diagnostic[]
  readonly milliseconds: number
}

/** The contracts were written; where nothing changed, no file was touched. */
export interface Written extends Counts, ContractChanges {
  readonly ok: true
  readonly status: 'written'
}

/** `--check` found every file as it would be written. */
export interface Current extends Counts {
  readonly ok: true
  readonly status: 'current'
}

/** `--check` found files that would be written differently. */
export interface Stale extends Counts, ContractChanges {
  readonly ok: false
  readonly status: 'stale'
  /** In what the changed files differ: the first lines of each. */
  readonly differences: readonly FileDifference[]
  /** What brings them up to date. */
  readonly command: string
}

/** In what a file differs from what would be written. */
export interface FileDifference {
  readonly file: string
  readonly lines: readonly DiffLine[]
  /** How many more lines differ. */
  readonly more: number
}

/** The sources have errors. Nothing was written, unless it says so. */
export interface Failed {
  readonly ok: false
  readonly status: 'failed'
  /** Under `--watch`: the contracts are written, and the errors are in the app's own file or in what imports it. */
  readonly written?: true
  readonly diagnostics: readonly Diagnostic[]
  readonly milliseconds: number
}

/** The project cannot be read as it is: no app, no tsconfig.json, a folder that cannot be written. */
export interface Mistaken {
  readonly ok: false
  readonly status: 'mistake'
  readonly message: string
}
