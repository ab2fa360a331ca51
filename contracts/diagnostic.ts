/** A mistake in the user's source, at one place. */
export interface Diagnostic {
  /** Stable, listed in `docs/errors.md`: `PK1001`, or TypeScript's own `TS2322`. */
  readonly code: string
  /** Absolute, or `undefined` when it stands in no file. */
  readonly file?: string
  /** From 1. */
  readonly line?: number
  /** From 1. */
  readonly column?: number
  /** How many characters to underline. */
  readonly length?: number
  /** What is wrong, why, and what to write instead. */
  readonly message: string
  /** The path inside the type: `todos.create input.filter.when`. */
  readonly path?: string
}
