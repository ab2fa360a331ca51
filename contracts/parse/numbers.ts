/** Whether the number is a multiple of the step, as far as floating point can tell. */
export function isMultiple(value: number, step: number): boolean {
  const ratio = value / step
  const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1)
  return Math.abs(ratio - Math.round(ratio)) < tolerance
}
