/**
 * How far a channel is in each of its topics, as one text that a client sends back: `<topic>.<id>`, with a comma between
 * them. Topics are told apart by a hash, so that their names stay on the server.
 */
export class Cursor {
  readonly #ids = new Map<string, string>()
  #text: string | undefined

  constructor(text = '') {
    for (const part of text.split(',', mostTopics)) {
      const dot = part.indexOf('.')
      if (dot > 0) this.#ids.set(part.slice(0, dot), part.slice(dot + 1))
    }
  }

  /** The id of the last entry of this topic that the client has. */
  of(topic: string): string | undefined {
    return this.#ids.get(topic)
  }

  move(topic: string, id: string): void {
    this.#ids.set(topic, id)
    this.#text = undefined
  }

  toString(): string {
    this.#text ??= [...this.#ids].map(([topic, id]) => `${topic}.${id}`).join(',')
    return this.#text
  }
}

/** How many topics a channel may join. */
export const mostTopics = 16

/** 53 bits of the name of a topic, after cyrb53. */
export function hashOf(topic: string): string {
  let [low, high] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < topic.length; at++) {
    const code = topic.charCodeAt(at)
    low = Math.imul(low ^ code, 2654435761)
    high = Math.imul(high ^ code, 1597334677)
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  return (4294967296 * (2097151 & high) + (low >>> 0)).toString(36)
}
