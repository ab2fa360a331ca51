import type { BoundChannel, Hub, Runtime } from '../../core/index.ts'
import type { PikkuHono } from '../hono.ts'
import { fromText } from '../hub/text.ts'
import { Connection } from '../realtime/connection.ts'
import type { ExchangeSnapshot } from '../realtime/exchange.ts'
import { frames } from '../realtime/frames.ts'
import { shakeHands } from '../realtime/handshake.ts'
import type { SocketLimits } from '../realtime/limits.ts'
import { type HeldChannel, OpenChannel } from '../realtime/open-channel.ts'
import { checkProtocol, Pass, type PassSnapshot, protocol } from '../realtime/pass.ts'
import { Replays } from '../realtime/replays.ts'
import { Sockets } from '../realtime/sockets.ts'
import { Delivery } from './delivery.ts'
import { type Gateway, GatewayPeer } from './gateway.ts'
import { type GatewayEvent, toSocketRequest } from './gateway-event.ts'
import { Invocation } from './invocation.ts'
import type { KeptChannel, KeptConnection, KeptConnections } from './kept-connections.ts'

/** Of API Gateway: larger frames end the socket, and each sign of life is an invocation. */
const defaults: Partial<SocketLimits> = { message: 32_768, beat: 25_000 }

/** The sockets of an app that an API Gateway holds. */
export class GatewaySockets {
  readonly delivery: Delivery
  readonly #hono: PikkuHono
  readonly #runtime: Runtime
  readonly #gateway: Gateway
  readonly #connections: KeptConnections
  readonly #sockets: Sockets

  constructor(
    hono: PikkuHono,
    hub: Hub,
    gateway: Gateway,
    connections: KeptConnections,
    limits: Partial<SocketLimits>,
  ) {
    const { runtime, endpoint } = hono.operations
    const { trusts } = endpoint
    this.#hono = hono
    this.#runtime = runtime
    this.#gateway = gateway
    this.#connections = connections
    this.#sockets = new Sockets(runtime, trusts, { ...defaults, ...limits })
    const texts = (channel: BoundChannel) => this.#sockets.texts(channel)
    const { limits: all } = this.#sockets
    const drop = (id: string) => this.#drop(id)
    this.delivery = new Delivery({ runtime, trusts, limits: all, hub, gateway, connections, texts, drop })
  }

  /**
   * Does what an event asks for.
   *
   * @param over fires when the time of the function is over.
   * @returns the answer to the handshake, or to nobody.
   */
  async answer(event: GatewayEvent, over: AbortSignal): Promise<Response> {
    const { eventType, connectionId } = event.requestContext
    if (eventType === 'CONNECT') return this.#connect(connectionId, event)
    if (eventType === 'MESSAGE') await this.#message(connectionId, event.body ?? '', over)
    else if (eventType === 'DISCONNECT') await this.#remove(connectionId)
    return new Response()
  }

  async #connect(id: string, event: GatewayEvent): Promise<Response> {
    const pass = await shakeHands(this.#hono, this.#sockets, toSocketRequest(event), checkProtocol)
    if (pass instanceof Response) return pass
    await this.#connections.add(id, pass.snapshot())
    return new Response(null, { headers: { 'sec-websocket-protocol': protocol } })
  }

  async #message(id: string, body: string, over: AbortSignal): Promise<void> {
    try {
      const kept = await this.#connections.read(id)
      if (kept) await this.#answer(id, kept, body, over)
      // Its client comes back, and is known then.
      else await this.#gateway.close(id)
    } catch (error) {
      // What is not answered would be waited for.
      await this.#gateway.close(id)
      throw error
    }
  }

  async #answer(id: string, kept: KeptConnection, body: string, over: AbortSignal): Promise<void> {
    const peer = new GatewayPeer(this.#gateway, id)
    const invocation = new Invocation(id, {
      runtime: this.#runtime,
      limits: this.#sockets.limits,
      connections: this.#connections,
      texts: (channel) => this.#sockets.texts(channel),
      changed: (members) => this.delivery.changed(members),
      lost: () => peer.close(),
    })
    const end = () => invocation.end()
    over.addEventListener('abort', end)
    if (!kept.isGreeted) await this.#greet(id, peer)
    const connection = await this.#resume(id, kept, peer, invocation)
    connection.receive(body)
    await invocation.settled()
    over.removeEventListener('abort', end)
    if (!(await peer.sent())) await this.#drop(id)
    else if (invocation.opened) {
      const { number, channel, until } = invocation.opened
      await this.delivery.goOn(id, until, new Map([[number, { at: channel.at }]]))
      await this.delivery.changed(channel.members)
    } else if (body === frames.ping && kept.channels.some(({ topics, shown }) => topics.length + shown.length > 0)) {
      await this.delivery.deliver(id)
    }
  }

  /** Says that the connection is ready, once. */
  async #greet(id: string, peer: GatewayPeer): Promise<void> {
    const before = await this.#connections.change(id, (kept) => (kept.isGreeted ? kept : { ...kept, isGreeted: true }))
    const { beat, message } = this.#sockets.limits
    if (before?.isGreeted === false) peer.send(frames.ready(id, beat, message))
  }

  /** The connection as it is open, for one message. */
  async #resume(
    id: string,
    { pass, channels }: KeptConnection,
    peer: GatewayPeer,
    invocation: Invocation,
  ): Promise<Connection> {
    const { trusts, limits } = this.#sockets
    const exchange: ExchangeSnapshot = {
      last: 2 ** 32,
      channels: channels.map((channel) => ({ ...channel, held: heldOf(channel) })),
    }
    const restored = Pass.restored({ runtime: invocation.runtime, trusts, limits }, pass)
    const connection = new Connection(invocation, peer, restored, id, exchange)
    await connection.resume({ id, pass, exchange })
    return connection
  }

  /** Closes a connection whose client is to come back. */
  async #drop(id: string): Promise<void> {
    await this.#gateway.close(id)
    await this.#remove(id)
  }

  /** The socket is gone: its channels have ended. */
  async #remove(id: string): Promise<void> {
    const kept = await this.#connections.remove(id)
    if (!kept) return
    await Promise.all(kept.channels.map((channel) => this.#disconnect(id, kept.pass, channel)))
    await this.delivery.changed(kept.channels.flatMap(({ members }) => members))
  }

  async #disconnect(id: string, pass: PassSnapshot, kept: KeptChannel): Promise<void> {
    const bound = this.#runtime.channels.get(kept.path)
    if (!bound?.disconnect) return
    const held = heldOf(kept)
    const replays = new Replays(this.#sockets.limits)
    const host = { id, log: this.#runtime.log, isBrief: true, replays, send() {}, sendAll() {}, end() {} }
    const init = { host, after: kept.at, waiting: 0, resumes: true, held }
    const channel = new OpenChannel(kept.id, bound, kept.input, init)
    channel.end()
    const incoming = Pass.restored(this.#sockets, pass).incoming(channel.id)
    const call = { ...incoming, session: { value: held.session }, channel }
    // What it throws is in the log, and nobody is there to be told.
    await this.#runtime.call(bound.disconnect, () => kept.input, call).catch(() => {})
  }
}

function heldOf({ held, topics }: KeptChannel): HeldChannel {
  const { params, session } = fromText(held) as Pick<HeldChannel, 'params' | 'session'>
  return { params, session, topics }
}
