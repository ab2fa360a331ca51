import type { Message } from '../contracts/shared.ts'
import { isPassing } from './api.ts'

/** What is on its way to a room. */
export interface Unsent {
  readonly id: string
  readonly text: string
  readonly file?: File | undefined
  readonly at: Date
  /** Why it cannot be sent. */
  problem?: unknown
}

interface OutboxOptions {
  readonly author: string
  readonly room: string
  /** Resolves when there is a server to send to; rejects when there will be none. */
  ready(): Promise<void>
  send(unsent: Unsent): Promise<Message>
  /** It has arrived. */
  sent(message: Message): void
  changed(): void
}

/**
 * What was written and has not been answered, one after the other: the next one leaves when the last one is there, so
 * that nothing overtakes. Texts are kept in the browser, and are sent when somebody comes back who has closed the page.
 * Each has its id from the start, so that the server takes what comes twice for the same.
 */
export class Outbox {
  items: readonly Unsent[]
  readonly #options: OutboxOptions
  #running = false

  constructor(options: OutboxOptions) {
    this.#options = options
    this.items = keptOf(options.author).filter(({ room }) => room === options.room)
    void this.#run()
  }

  add(text: string, file?: File): void {
    const unsent: Unsent = { id: crypto.randomUUID(), text, file, at: new Date() }
    const { author, room } = this.#options
    if (!file) localStorage.setItem(prefix + unsent.id, JSON.stringify({ author, room, text, at: unsent.at }))
    this.#change([...this.items, unsent])
  }

  /** Tries one again that could not be sent. */
  retry(id: string): void {
    this.#change(this.items.map((item) => (item.id === id ? { ...item, problem: undefined } : item)))
  }

  discard(id: string): void {
    localStorage.removeItem(prefix + id)
    this.#change(this.items.filter((item) => item.id !== id))
  }

  #change(items: readonly Unsent[]): void {
    this.items = items
    this.#options.changed()
    void this.#run()
  }

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    for (let next = this.#next(); next; next = this.#next()) await this.#send(next)
    this.#running = false
  }

  #next(): Unsent | undefined {
    return this.items.find(({ problem }) => problem === undefined)
  }

  async #send(unsent: Unsent): Promise<void> {
    const { ready, send, sent } = this.#options
    let isReady = false
    try {
      await ready()
      isReady = true
      const message = await send(unsent)
      // In one step, so that it is never shown twice, nor not at all.
      this.items = this.items.filter(({ id }) => id !== unsent.id)
      localStorage.removeItem(prefix + unsent.id)
      sent(message)
    } catch (problem) {
      if (isReady && isPassing(problem)) await new Promise((resolve) => setTimeout(resolve, 250 + Math.random() * 750))
      else this.#change(this.items.map((item) => (item.id === unsent.id ? { ...item, problem } : item)))
    }
  }
}

const prefix = 'unsent:'

interface Kept {
  readonly author: string
  readonly room: string
  readonly text: string
  readonly at: string
}

/** What somebody has written in this browser that has not been answered, the oldest first. */
function keptOf(author: string): (Unsent & { readonly room: string })[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({ ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Kept), id: key.slice(prefix.length) }))
    .filter((kept) => kept.author === author)
    .map(({ id, room, text, at }) => ({ id, room, text, at: new Date(at) }))
    .sort((left, right) => Number(left.at) - Number(right.at))
}

/** The rooms for which something is left. */
export function unsentRooms(author: string): Set<string> {
  return new Set(keptOf(author).map(({ room }) => room))
}
