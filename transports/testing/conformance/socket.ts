import assert from 'node:assert/strict'
import { WebSocket } from 'ws'
import type { RawSocket } from './request-socket.ts'
import type { Problem, Target } from './target.ts'

/** A frame of the server. */
export interface Frame {
  readonly ready?: { readonly id: string; readonly beat: number; readonly message: number }
  readonly done?: number
  readonly output?: unknown
  readonly item?: number
  readonly id?: string
  readonly open?: number
  readonly whole?: false
  readonly event?: number
  readonly name?: string
  readonly data?: unknown
  readonly fail?: number
  readonly problem?: Problem
  readonly file?: { readonly name?: string; readonly type: string; readonly size: number }
  readonly ping?: 0
  readonly pong?: 0
}

/** How a handshake is made. */
export interface Handshake {
  readonly headers?: Readonly<Record<string, string>>
  readonly protocols?: readonly string[]
  readonly path?: string
}

/** A socket to the app that speaks frames as they are, so that the tests see every one of them. */
export class TestSocket {
  readonly socket: RawSocket
  /** Those that nobody has asked for yet. */
  readonly frames: Frame[] = []
  readonly bytes: Buffer[] = []
  readonly closed: Promise<number>
  #wake = () => {}

  private constructor(socket: RawSocket) {
    this.socket = socket
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.bytes.push(data)
      else this.frames.push(JSON.parse(String(data)))
      this.#wake()
    })
    this.closed = new Promise((resolve) =>
      socket.once('close', (code) => {
        resolve(code)
        this.#wake()
      }),
    )
  }

  /** Opens a socket, and takes its `ready`. Rejects with the answer to the handshake where that is another one. */
  static async open(target: Target, how: Handshake = {}): Promise<TestSocket> {
    const socket = target.connect?.(target.url, how.headers ?? {}) ?? connect(target, how)
    const test = new TestSocket(socket)
    await new Promise<void>((resolve, reject) => {
      test.socket.once('open', resolve)
      test.socket.once('error', reject)
    })
    if (!target.can('greetings')) await test.ask({ ping: 0 })
    await test.next(({ ready }) => ready !== undefined)
    return test
  }

  /** Opens a socket as bob. */
  static bob(target: Target): Promise<TestSocket> {
    return TestSocket.open(target, { headers: { authorization: 'Bearer bob-token' } })
  }

  /** Sends a frame, or a text as it is. */
  send(frame: object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  /** The next frame that is of this kind, whatever comes before it. */
  async next(is: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const at = this.frames.findIndex(is)
      if (at !== -1) return this.frames.splice(at, 1)[0] as Frame
      if (this.socket.readyState === WebSocket.CLOSED) assert.fail(`closed; left: ${JSON.stringify(this.frames)}`)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  /** Sends a frame, and gives what ends it. */
  async ask(frame: object): Promise<Frame> {
    this.send(frame)
    const [id] = Object.values(frame)
    return this.next(({ done, fail, open, pong }) => [done, fail, open, pong].includes(id))
  }

  /** The next event of this name. */
  event(event: string): Promise<Frame> {
    return this.next(({ name }) => name === event)
  }

  /** Bytes of so many binary messages. */
  async binary(messages: number): Promise<Buffer[]> {
    while (this.bytes.length < messages) await new Promise<void>((resolve) => (this.#wake = resolve))
    return this.bytes.splice(0, messages)
  }

  close(): void {
    this.socket.close()
  }
}

/** What a handshake is answered with that does not open a socket. */
export function refusal(target: Target, how: Handshake): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(target, how)
    socket.once('open', () => {
      socket.close()
      reject(new Error('The socket opened.'))
    })
    socket.on('error', () => {})
    socket.once('unexpected-response', (request, response) => {
      let body = ''
      response.on('data', (chunk) => (body += chunk))
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, body })
        request.destroy()
      })
    })
  })
}

/** Opens a socket; what comes by it is for the caller to hear. */
export function connect(
  target: Target,
  { headers = {}, protocols = ['pikku.v1'], path = '/rpc' }: Handshake,
): WebSocket {
  return new WebSocket(target.url.replace('http', 'ws') + path, [...protocols], {
    headers,
    // The certificate of the tests is signed by nobody.
    rejectUnauthorized: false,
  })
}
