import type { Peer } from '../realtime/connection.ts'
import { frames } from '../realtime/frames.ts'
import type { ObjectSocket } from './shape.ts'

/** After how many bytes the other side is asked whether it has read them. */
const stretch = 262_144

/**
 * The other side of a socket of a Durable Object. workerd does not tell how many bytes wait to be sent, so a `ping`
 * goes along with them, and what has not been answered counts as waiting.
 */
export class ObjectPeer implements Peer {
  readonly #socket: ObjectSocket
  readonly #used: () => void
  #sent = 0
  #asked = 0
  #read = 0
  /** How much was sent before each `ping` that has not been answered. */
  readonly #pings: number[] = []

  /** @param used is called when something is sent. */
  constructor(socket: ObjectSocket, used: () => void) {
    this.#socket = socket
    this.#used = used
  }

  send(message: string | Uint8Array): number {
    this.#used()
    this.#sent += message.length
    this.#write(message)
    if (message === frames.ping) this.#pings.push(this.#sent)
    else if (this.#sent - this.#asked >= stretch) this.#ask()
    return this.#sent - this.#read
  }

  close(code: number, reason: string): void {
    if (this.#isOpen) this.#socket.close(code, reason)
  }

  acknowledged(): void {
    this.#read = this.#pings.shift() ?? this.#read
  }

  /** What is closed by the other side throws before the object is told. */
  get #isOpen(): boolean {
    return this.#socket.readyState === 1
  }

  #ask(): void {
    this.#asked = this.#sent
    this.#pings.push(this.#sent)
    this.#write(frames.ping)
  }

  #write(message: string | Uint8Array): void {
    if (this.#isOpen) this.#socket.send(message)
  }
}
