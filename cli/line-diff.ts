/** A line that one text has and the other has not. */
export interface DiffLine {
  readonly sign: '-' | '+'
  /** From 1, in the text that has it. */
  readonly line: number
  readonly text: string
}

/** The lines in which two texts differ: the first `limit` of them, and how many more there are. */
export function diffLines(before: string, after: string, limit: number): { lines: DiffLine[]; more: number } {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const shorter = Math.min(old.length, now.length)
  let start = 0
  while (start < shorter && old[start] === now[start]) start++
  let end = 0
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end++
  const lines = [...differing(old.slice(start, old.length - end), now.slice(start, now.length - end), start)]
  return { lines: lines.slice(0, limit), more: Math.max(0, lines.length - limit) }
}

/** Above this, the table of the comparison is not worth its memory, and everything counts as different. */
const maxCells = 4_000_000

/** What is left when the longest common subsequence is taken away. */
function* differing(old: readonly string[], now: readonly string[], offset: number): Generator<DiffLine> {
  const common = old.length * now.length > maxCells ? () => 0 : commonLengths(old, now)
  let [left, right] = [0, 0]
  while (left < old.length || right < now.length) {
    const [gone, come] = [old[left], now[right]]
    if (gone !== undefined && gone === come) [left, right] = [left + 1, right + 1]
    else if (gone !== undefined && (come === undefined || common(left + 1, right) >= common(left, right + 1))) {
      yield { sign: '-', line: offset + ++left, text: gone }
    } else if (come !== undefined) yield { sign: '+', line: offset + ++right, text: come }
  }
}

/** How many lines the rests of both texts, from these lines on, have in common in the same order. */
function commonLengths(old: readonly string[], now: readonly string[]): (left: number, right: number) => number {
  const width = now.length + 1
  const lengths = new Uint32Array((old.length + 1) * width)
  const at = (left: number, right: number) => lengths[left * width + right] ?? 0
  for (let left = old.length - 1; left >= 0; left--) {
    for (let right = now.length - 1; right >= 0; right--) {
      const longest =
        old[left] === now[right] ? at(left + 1, right + 1) + 1 : Math.max(at(left + 1, right), at(left, right + 1))
      lengths[left * width + right] = longest
    }
  }
  return at
}
