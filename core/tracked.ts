/**
 * An item of a stream with an id: a reader who lost the stream names the last id it has, finds it again in
 * {@link Call.lastEventId}, and is given what follows. Made by {@link tracked}.
 */
export class Tracked<out Value> {
  /** Tells the generator of contracts that the item is `value`. */
  declare readonly '~tracked': true
  readonly id: string
  /** The item; absent where only the id moves on. */
  readonly value: Value

  constructor(id: string, value: Value) {
    if (!isEventId(id)) {
      throw new TypeError(`${JSON.stringify(id)} cannot be an id: it takes 1 to 256 printable ASCII characters.`)
    }
    this.id = id
    this.value = value
  }
}

/**
 * Gives an item of a stream an id, so that a reader who lost the stream can come back for what follows. The id says
 * where the item stands: a number that grows, the key of an entry. Without an item it says how far the stream is.
 *
 * ```ts
 * for (const entry of log.after(call.lastEventId)) yield tracked(entry.key, entry.change)
 * ```
 *
 * @param id 1 to 256 printable ASCII characters, no space at either end: it comes back in a header.
 * @throws TypeError when the id cannot be sent.
 */
export function tracked(id: string): Tracked<never>
export function tracked<Value>(id: string, value: Value): Tracked<Value>
export function tracked(id: string, value?: unknown): Tracked<unknown> {
  return new Tracked(id, value)
}

/** Whether a text can be the id of an item: as a field of an event and as a header, neither of which may break. */
export function isEventId(text: string): boolean {
  return /^[!-~](?:[ -~]{0,254}[!-~])?$/.test(text)
}
