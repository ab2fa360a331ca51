import type { Running } from './running.ts'

/**
 * What is open on a connection, by the id that the client gave, in the order in which it began. Not a map: few are open at
 * once, and the tables that a map leaves behind as it grows and shrinks keep alive what has ended long ago.
 */
export class OpenIds {
  readonly #all: Running[] = []

  get size(): number {
    return this.#all.length
  }

  get(id: number): Running | undefined {
    const at = this.#at(id)
    return at === -1 ? undefined : this.#all[at]
  }

  add(running: Running): void {
    this.#all.push(running)
  }

  /** `false` where it is not open, even if another one has its id by now. */
  delete(running: Running): boolean {
    const at = this.#at(running.number)
    if (at === -1 || this.#all[at] !== running) return false
    this.#all.splice(at, 1)
    return true
  }

  /** Takes all of them. */
  clear(): Running[] {
    return this.#all.splice(0)
  }

  /** Those that are open now, whatever ends meanwhile. */
  [Symbol.iterator](): Iterator<Running> {
    return [...this.#all][Symbol.iterator]()
  }

  /** From behind: what began last mostly ends first. */
  #at(id: number): number {
    for (let at = this.#all.length - 1; at >= 0; at--) if (this.#all[at]?.number === id) return at
    return -1
  }
}
