/** How many lines of one kind are written in a second. */
const most = 10

/**
 * Holds back lines that come in masses: of each kind ten in a second are written, and how many there were beyond that
 * is told with the first of a later second. So an attack does not fill the disk, and is seen all the same.
 */
export class Burst {
  readonly #now: () => number
  readonly #kinds = new Map<string, { second: number; lines: number }>()

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** Whether a line of this kind is to be written; with how many were held back before it, if some were. */
  admits(kind: string): { readonly heldBack?: number } | undefined {
    const second = Math.floor(this.#now() / 1000)
    const known = this.#kinds.get(kind)
    if (known?.second === second) return ++known.lines > most ? undefined : {}
    this.#kinds.set(kind, { second, lines: 1 })
    return known && known.lines > most ? { heldBack: known.lines - most } : {}
  }
}
