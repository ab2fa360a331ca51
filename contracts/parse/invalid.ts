/**
 * What a parser answers when the value does not fit. Never a value itself, and the one that `z.withParser` of
 * Zod 4 knows, so that a decode function can stand in for a Zod schema's own.
 */
export const invalid: unique symbol = Symbol.for('zod.compile.invalid') as never

/** How many named types of a recursive value may lie inside each other. */
export const maxDepth = 256

/** How many places of a recursive value are looked at, counting each form of a union that is tried. */
export const maxSteps = 100_000

let steps = 0

/**
 * Whether a recursive value goes on for too long: deeper than the stack should go, in circles, or so that the
 * forms of a union would be tried over and over. Zod, which is asked about what is {@link invalid}, has the last word.
 *
 * @param depth 0 at the start of a value; counting starts anew there.
 */
export function tooDeep(depth: number): boolean {
  if (depth === 0) steps = 0
  return depth > maxDepth || ++steps > maxSteps
}
