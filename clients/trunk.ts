import { idempotencyKey } from './idempotency-key.ts'
import type { SocketLike } from './socket-options.ts'

/** What a tab says to the tab that has the socket: that it is there, what it sends, or that it has left. */
export interface FromTab {
  readonly from: string
  readonly data?: string | ArrayBuffer
  /** The code that it closed with. */
  readonly left?: number
}

/** What the tab with the socket says: what came for a tab, that it has the socket, or how that was closed. */
export interface FromTrunk {
  readonly trunk: string
  readonly to?: string
  readonly data?: string | ArrayBuffer
  readonly closed?: number
}

type Wire = Record<string, unknown>

/** Who began something, by which number, and how many bytes of its file have not come. */
interface Owner {
  readonly tab: string
  readonly id: number
  missing: number
}

const kinds = ['call', 'open', 'send', 'more', 'end', 'done', 'item', 'event', 'fail']

/**
 * The socket of several tabs. Each numbers what it begins from 1 on, so all that has a number is given another one on
 * the way out, and its own on the way back.
 */
export class Trunk {
  readonly #id = idempotencyKey()
  readonly #socket: SocketLike
  readonly #say: (message: FromTrunk) => void
  readonly #closed: (code: number) => void
  /** The numbers of each tab, and those that they have here. */
  readonly #tabs = new Map<string, Map<number, number>>()
  readonly #owners = new Map<number, Owner>()
  readonly #unused: ReturnType<typeof setTimeout>
  #ready: string | undefined
  #last = 0

  /**
   * @param say tells all tabs, this one too.
   * @param closed called once the socket is closed.
   */
  constructor(socket: SocketLike, say: (message: FromTrunk) => void, closed: (code: number) => void) {
    this.#socket = socket
    this.#say = say
    this.#closed = closed
    socket.onopen = () => socket.send('{"ping":0}')
    socket.onmessage = ({ data }: { readonly data: string | ArrayBuffer }) => this.#receive(data)
    socket.onclose = ({ code }: { readonly code: number }) => this.#end(code)
    say({ trunk: this.#id })
    // When the tab that it was made for comes back no more, and no other does.
    this.#unused = setTimeout(() => this.#tabs.size > 0 || this.#close(1000), 20_000)
  }

  /** Takes what a tab says. */
  take({ from, data, left }: FromTab): void {
    const numbers = this.#tabs.get(from) ?? new Map<number, number>()
    if (left) this.#leave(from, numbers, left)
    else if (data === undefined) {
      // It may say twice that it is there, and begins anew each time that it is told this.
      if (this.#ready && !this.#tabs.has(from)) this.#pass(from, this.#ready)
      this.#tabs.set(from, numbers)
    } else if (typeof data === 'string') this.#send(from, numbers, JSON.parse(data) as Wire)
    else {
      const number = numbers.get(new DataView(data).getUint32(0))
      if (number !== undefined) this.#socket.send(renumbered(data, number))
    }
  }

  #close(code: number): void {
    this.#socket.close(code)
    // One that is dead takes its time.
    this.#end(code)
  }

  #end(code: number): void {
    clearTimeout(this.#unused)
    this.#socket.onmessage = null
    this.#socket.onclose = null
    this.#say({ trunk: this.#id, closed: code })
    this.#closed(code)
  }

  #send(tab: string, numbers: Map<number, number>, frame: Wire): void {
    // The socket is asked for a sign of life, and all hear of it.
    if ('pong' in frame) return
    const kind = kinds.find((kind) => kind in frame)
    if (kind) {
      const id = frame[kind] as number
      if (kind !== 'more' && kind !== 'end') {
        numbers.set(id, ++this.#last)
        this.#owners.set(this.#last, { tab, id, missing: 0 })
      }
      const number = numbers.get(id)
      if (number === undefined) return
      frame[kind] = number
      if (kind === 'send') frame.on = numbers.get(frame.on as number)
      if (kind === 'end') this.#forget(number)
    }
    this.#socket.send(JSON.stringify(frame))
  }

  #receive(data: string | ArrayBuffer): void {
    if (typeof data !== 'string') {
      const number = new DataView(data).getUint32(0)
      const owner = this.#owners.get(number)
      if (!owner) return
      this.#pass(owner.tab, renumbered(data, owner.id))
      owner.missing -= data.byteLength - 4
      if (owner.missing <= 0) this.#forget(number)
      return
    }
    const frame = JSON.parse(data) as Wire
    if (frame.ready) this.#ready = data
    if (frame.ping === 0) this.#socket.send('{"pong":0}')
    const kind = kinds.find((kind) => kind in frame)
    if (!kind) for (const tab of this.#tabs.keys()) this.#pass(tab, data)
    else {
      const number = frame[kind] as number
      const owner = this.#owners.get(number)
      if (!owner) return
      this.#pass(owner.tab, JSON.stringify({ ...frame, [kind]: owner.id }))
      // The bytes of a file come after its frame.
      owner.missing = (frame.file as { readonly size: number } | undefined)?.size ?? 0
      if (kind === 'fail' || (kind === 'done' && !owner.missing)) this.#forget(number)
    }
  }

  #forget(number: number): void {
    const owner = this.#owners.get(number)
    this.#owners.delete(number)
    if (owner) this.#tabs.get(owner.tab)?.delete(owner.id)
  }

  #pass(to: string, data: string | ArrayBuffer): void {
    this.#say({ trunk: this.#id, to, data })
  }

  /** A tab is gone: what it had open is ended. One that hears nothing speaks for all. */
  #leave(tab: string, numbers: Map<number, number>, code: number): void {
    if (!this.#tabs.delete(tab)) return
    for (const number of numbers.values()) {
      this.#owners.delete(number)
      this.#socket.send(JSON.stringify({ end: number }))
    }
    if (code === 4000 || this.#tabs.size === 0) this.#close(code === 4000 ? code : 1000)
  }
}

/** The same bytes for another number. */
function renumbered(data: ArrayBuffer, number: number): ArrayBuffer {
  const copy = data.slice()
  new DataView(copy).setUint32(0, number)
  return copy
}
