import type { Way } from './testing/ways.ts'

/** A case on which the engine and the compiler disagree, and why that is so. */
export interface Known {
  /** `objects.Empty` */
  readonly case: string
  readonly reason: string
  /** The values that are judged otherwise, as JSON. */
  readonly values?: readonly string[]
  /** What judges them otherwise. All of them where nothing is said. */
  readonly ways?: readonly Way[]
  /** The code it is refused with, although JSON can carry it. */
  readonly refused?: string
  /** The type that is printed is another one. */
  readonly type?: true
}

/** The disagreements that are known, one by one. A test fails when one of them is gone, or another appears. */
export const known: readonly Known[] = []
