import type { IdempotencyStore, KeptCall } from 'pikku'

/** Keeps calls for ever, as text. */
export class KeptCalls implements IdempotencyStore {
  readonly #kept = new Map<string, string>()

  async claim(key: string, call: KeptCall): Promise<KeptCall | undefined> {
    const before = this.#kept.get(key)
    if (before !== undefined) return JSON.parse(before)
    this.#kept.set(key, JSON.stringify(call))
    return undefined
  }

  async keep(key: string, call: KeptCall): Promise<void> {
    this.#kept.set(key, JSON.stringify(call))
  }

  async forget(key: string): Promise<void> {
    this.#kept.delete(key)
  }
}
