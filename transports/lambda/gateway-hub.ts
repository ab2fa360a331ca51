import type { Hub, HubEntry, HubStart, ListenOptions, PublishOptions, Topic, Tracked } from '../../core/index.ts'
import type { PikkuHono } from '../hono.ts'
import type { SocketLimits } from '../realtime/limits.ts'
import { OpenChannel, type PresenceOf } from '../realtime/open-channel.ts'
import type { ConnectionStore } from './connection-store.ts'
import { allPresent } from './delivery.ts'
import { Gateway, type GatewayClient } from './gateway.ts'
import type { GatewayEvent } from './gateway-event.ts'
import { GatewaySockets } from './gateway-sockets.ts'
import { KeptConnections } from './kept-connections.ts'

/** What a hub of an API Gateway needs besides another hub. */
export interface GatewayHubOptions {
  /** `new ApiGatewayManagementApi({ endpoint, maxAttempts: 1 })` of `@aws-sdk/client-apigatewaymanagementapi`. */
  readonly gateway: GatewayClient
  /** Where the open sockets are kept: `redisConnections(client)`. */
  readonly connections: ConnectionStore
}

/**
 * A hub that sends what is published to the sockets of an API Gateway too.
 *
 * @param hub what has the history, for all functions together: that of Redis, PostgreSQL or NATS.
 */
export function gatewayHub(hub: Hub, options: GatewayHubOptions): GatewayHub {
  return new GatewayHub(hub, options)
}

/** What answers the events of the sockets of an app. */
export interface AttachedGateway {
  /** @param over fires when the time of the function is over. */
  answer(event: GatewayEvent, over: AbortSignal): Promise<Response>
}

/** Made by {@link gatewayHub}. */
export class GatewayHub implements Hub {
  readonly #hub: Hub
  readonly #client: GatewayClient
  readonly #connections: KeptConnections
  #sockets: GatewaySockets | undefined

  constructor(hub: Hub, { gateway, connections }: GatewayHubOptions) {
    this.#hub = hub
    this.#client = gateway
    this.#connections = new KeptConnections(connections)
  }

  /**
   * Says whose channels the sockets have. `toLambdaHandler` does so itself; what is no function of Lambda and publishes
   * has to: a server, a worker.
   */
  attach(hono: PikkuHono, limits: Partial<SocketLimits> = {}): AttachedGateway {
    const gateway = new Gateway(this.#client, hono.operations.runtime.log)
    this.#sockets = new GatewaySockets(hono, this.#hub, gateway, this.#connections, limits)
    return this.#sockets
  }

  async publish<Value>(topic: Topic<Value>, value: NoInfer<Value>, options: PublishOptions = {}): Promise<void> {
    if (!this.#sockets) throw new TypeError(unattached)
    const { delivery } = this.#sockets
    await this.#hub.publish(topic, value, options)
    if (options.history === false) await delivery.passing(topic, value)
    else await delivery.published(topic)
  }

  listen<Value>(
    topic: Topic<Value>,
    listener: (entry: HubEntry<Value>) => void,
    options: ListenOptions,
  ): Promise<HubStart> {
    return this.#hub.listen(topic, listener, options)
  }

  subscribe<Value>(
    topic: Topic<Value>,
    options: ListenOptions & { readonly anew?: NoInfer<Value> },
  ): AsyncGenerator<Tracked<Value>, void> {
    return this.#hub.subscribe(topic, options)
  }

  /** Lists somebody as being there: by a channel of the gateway, until that ends. */
  async enter(topic: Topic, member: string, options: { readonly signal: AbortSignal }): Promise<void> {
    if (options instanceof OpenChannel) options.enter(topic, member)
    else await this.#hub.enter(topic, member, options)
  }

  present(topic: Topic): Promise<string[]> {
    return allPresent({ hub: this.#hub, connections: this.#connections }, topic)
  }

  /**
   * Who is there, now and whenever that changes: for `channel.follow`. Read by something else, it tells who has come and
   * gone by the gateway with the next one who comes or goes by a server.
   */
  presence(topic: Topic, options: { readonly signal: AbortSignal }): AsyncGenerator<string[], void> & PresenceOf {
    return Object.assign(this.#presence(topic, options), { presenceOf: topic })
  }

  async *#presence(topic: Topic, options: { readonly signal: AbortSignal }): AsyncGenerator<string[], void> {
    for await (const _ of this.#hub.presence(topic, options)) yield await this.present(topic)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#hub[Symbol.asyncDispose]()
  }
}

const unattached =
  'This hub does not know the app whose sockets it sends to: hand it to `toLambdaHandler(hono, { hub })`, or call `hub.attach(hono)`.'
