import type { Message } from '../contracts/shared.ts'
import { api, isPassing } from './api.ts'
import { Outbox } from './outbox.ts'
import { Typists } from './typists.ts'

/** What goes on in a room, as this page knows it: what was said, who is there, what is still to be sent. */
export class Conversation {
  readonly room: string
  /** What was said, the oldest first; without what came before the history that was read. */
  messages: readonly Message[] = []
  /** Whether there is older history. */
  more = false
  state: 'loading' | 'ready' | 'failed' = 'loading'
  /** Why it cannot be shown, or has ended. */
  problem: unknown
  present: readonly string[] = []
  readonly outbox: Outbox
  readonly typists: Typists
  readonly #channel
  readonly #changed: () => void
  #saidTyping = 0

  constructor(room: string, me: string, changed: () => void) {
    this.room = room
    this.#changed = changed
    this.typists = new Typists(me, changed)
    this.#channel = api.channel('/rooms/:room', { room })
    this.#channel.on('posted', (message) => this.#take([message]))
    this.#channel.on('typing', ({ name }) => this.typists.add(name))
    this.#channel.on('present', (names) => {
      this.present = names
      changed()
    })
    this.#channel.onState(({ state, whole, error }) => {
      // The channel is open first and the history is read then: what is said in between is in one of them.
      if (state === 'open' && (this.state === 'loading' || whole === false)) void this.load()
      if (error) this.#fail(error)
    })
    this.outbox = new Outbox({
      author: me,
      room,
      changed,
      ready: () => this.#channel.opened,
      send: ({ id, text, file }) =>
        file ? api.files.share({ id, room, file }) : this.#channel.send('say', { id, text }),
      sent: (message) => this.#take([message]),
    })
  }

  /** Reads the newest history, as far back as it was read before, so that there is no hole in it. */
  async load(): Promise<void> {
    const oldest = this.messages[0]?.number
    try {
      let before: bigint | undefined
      do {
        const { items, more } = await api.messages.list({ room: this.room, ...(before && { before }) })
        this.#take(items)
        this.state = 'ready'
        before = items[0]?.number
        if (oldest === undefined || (before && before <= oldest)) this.more = more
        if (!more) break
      } while (before && oldest && before > oldest)
      this.#changed()
    } catch (error) {
      if (isPassing(error) && this.#channel.state !== 'closed') setTimeout(() => this.load(), 1_000)
      else this.#fail(error)
    }
  }

  /** Reads older history. */
  async loadOlder(): Promise<void> {
    const [oldest] = this.messages
    if (!oldest) return
    const { items, more } = await api.messages.list({ room: this.room, before: oldest.number })
    this.more = more
    this.#take(items)
  }

  /** Tells the others that somebody is writing here; now and then is enough. */
  type(): void {
    const now = Date.now()
    if (now - this.#saidTyping < 2_000) return
    this.#saidTyping = now
    // Who has just come in may be faster than the channel. What is said much later is no longer true, and what is not
    // heard is not missed.
    this.#channel.opened
      .then(() => (Date.now() - now < 2_000 ? this.#channel.send('typing') : undefined))
      .catch(() => {})
  }

  close(): void {
    this.typists.clear()
    this.#channel.close()
  }

  #take(messages: readonly Message[]): void {
    const known = new Map(this.messages.map((message) => [message.id, message]))
    for (const message of messages) {
      if (!known.has(message.id)) this.typists.remove(message.author)
      known.set(message.id, message)
    }
    this.messages = [...known.values()].sort((left, right) => (left.number < right.number ? -1 : 1))
    this.#changed()
  }

  #fail(problem: unknown): void {
    this.problem = problem
    if (this.state === 'loading') this.state = 'failed'
    this.#changed()
  }
}
