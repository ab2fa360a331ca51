import type { Way } from './testing/ways.ts'

/** Values of one case that are not judged as the compiler judges them, and why that is so. */
export interface Known {
  /** `objects.Empty` */
  readonly case: string
  /** All three where nothing is said. */
  readonly ways?: readonly Way[]
  /** As JSON. */
  readonly values: readonly string[]
  readonly reason: string
}

/** The disagreements that are known, one by one. A test fails when one of them is gone, or another appears. */
export const known: readonly Known[] = []
