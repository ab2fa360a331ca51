/** A place in a source file. */
export interface Location {
  /** Absolute. */
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  /** How many characters it covers. */
  readonly length: number
}

/** A mistake in the user's source. */
export interface Diagnostic {
  /** Stable, listed in `docs/errors.md`: `PK1001`, or TypeScript's own `TS2322`. */
  readonly code: string
  /** Absent when it stands in no file. */
  readonly at?: Location
  /** What is wrong, why, and what to write instead. */
  readonly message: string
  /** The path inside the type: `todos.create input.filter.when`. */
  readonly path?: string
}
