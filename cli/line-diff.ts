/** A line that one text has and the other has not. */
export interface DiffLine {
  readonly sign: '-' | '+'
  /** From 1, in the text that has it. */
  readonly line: number
  readonly text: string
}

/**
 * Where two texts begin to differ: at most `limit` lines of each, and how many more there are.
 * Lines that both begin and end with are left out; what lies between is not compared any closer.
 */
export function firstDifference(before: string, after: string, limit: number): { lines: DiffLine[]; more: number } {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const shorter = Math.min(old.length, now.length)
  let start = 0
  while (start < shorter && old[start] === now[start]) start++
  let end = 0
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end++
  const gone = old.slice(start, old.length - end)
  const come = now.slice(start, now.length - end)
  const take = (lines: readonly string[], sign: DiffLine['sign']) =>
    lines.slice(0, limit).map((text, offset): DiffLine => ({ sign, line: start + offset + 1, text }))
  const lines = [...take(gone, '-'), ...take(come, '+')]
  return { lines, more: gone.length + come.length - lines.length }
}
