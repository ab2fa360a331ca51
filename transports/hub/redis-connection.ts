/** A client of `ioredis`, described by shape. */
export interface IoRedisClient {
  call(command: string, ...args: string[]): Promise<unknown>
  subscribe(...channels: string[]): Promise<unknown>
  unsubscribe(...channels: string[]): Promise<unknown>
  on(event: string, listener: (...args: string[]) => void): unknown
  disconnect(): void
  duplicate(options?: object): IoRedisClient
}

/** A client of `redis` 5 and later, described by shape. */
export interface NodeRedisClient {
  sendCommand(args: string[]): Promise<unknown>
  subscribe(channels: string | string[], listener: (message: string, channel: string) => void): Promise<unknown>
  unsubscribe(channels: string | string[]): Promise<unknown>
  on(event: string, listener: (...args: unknown[]) => void): unknown
  readonly isReady: boolean
  connect(): Promise<unknown>
  destroy(): void
  duplicate(): NodeRedisClient
}

/** A client of `ioredis`, or one of `redis`. */
export type RedisClient = IoRedisClient | NodeRedisClient

/** What is called with what happens to a connection. */
export interface ConnectionEvents {
  message(channel: string, message: string): void
  /** It is connected, for the first time or again. */
  ready(): void
  error(error: unknown): void
}

/** A connection of the hub's own. */
export interface RedisConnection {
  send(command: string, ...args: string[]): Promise<unknown>
  subscribe(channels: string[]): Promise<unknown>
  unsubscribe(channel: string): Promise<unknown>
  close(): void
}

/** Opens another connection to where the client is connected. */
export function openRedis(client: RedisClient, events: ConnectionEvents): RedisConnection {
  return 'call' in client ? openIoRedis(client, events) : openNodeRedis(client, events)
}

function openIoRedis(client: IoRedisClient, { message, ready, error }: ConnectionEvents): RedisConnection {
  // A command whose answer was lost may have been carried out: sent again by itself, an entry would be doubled.
  const connection = client.duplicate({ autoResendUnfulfilledCommands: false })
  connection.on('error', error)
  connection.on('message', message)
  connection.on('ready', ready)
  return {
    send: (command, ...args) => connection.call(command, ...args),
    subscribe: (channels) => connection.subscribe(...channels),
    unsubscribe: (channel) => connection.unsubscribe(channel),
    close: () => connection.disconnect(),
  }
}

function openNodeRedis(client: NodeRedisClient, { message, ready, error }: ConnectionEvents): RedisConnection {
  const connection = client.duplicate()
  const hear = (text: string, channel: string) => message(channel, text)
  // It takes a channel that is just being left for one that is heard.
  const leaving = new Map<string, Promise<unknown>>()
  let isClosed = false
  const complain = (cause: unknown) => isClosed || error(cause)
  connection.on('error', complain)
  connection.on('ready', () => (isClosed ? connection.destroy() : ready()))
  connection.on('reconnecting', () => isClosed && connection.destroy())
  connection.connect().catch(complain)
  return {
    send: (...args) => connection.sendCommand(args),
    async subscribe(channels) {
      await Promise.allSettled(channels.map((channel) => leaving.get(channel)))
      await connection.subscribe(channels, hear)
    },
    async unsubscribe(channel) {
      const left = connection.unsubscribe(channel).finally(() => leaving.delete(channel))
      leaving.set(channel, left)
      await left
    },
    close() {
      isClosed = true
      // Destroyed while it connects, it would keep its socket.
      if (connection.isReady) connection.destroy()
    },
  }
}
