/** Who is writing: for some seconds after they were heard of. */
export class Typists {
  readonly #me: string
  readonly #changed: () => void
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(me: string, changed: () => void) {
    this.#me = me
    this.#changed = changed
  }

  get names(): string[] {
    return [...this.#timers.keys()]
  }

  add(name: string): void {
    if (name === this.#me) return
    clearTimeout(this.#timers.get(name))
    this.#timers.set(
      name,
      setTimeout(() => this.remove(name), 4_000),
    )
    this.#changed()
  }

  remove(name: string): void {
    clearTimeout(this.#timers.get(name))
    if (this.#timers.delete(name)) this.#changed()
  }

  clear(): void {
    for (const name of this.names) this.remove(name)
  }
}
