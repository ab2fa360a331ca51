import { once } from 'node:events'
import { WebSocket } from 'ws'

/** The order that is sent: some 400 bytes. */
const order = JSON.stringify({
  customer: '0b0f2b5e-6f0a-4f53-9d0e-2a4b8a3f1c11',
  email: 'ada@example.com',
  lines: [
    { product: 'Analytical engine', quantity: 1, price: 119900 },
    { product: 'Punched cards, box of 500', quantity: 12, price: 450 },
    { product: 'Brass polish', quantity: 2, price: 799 },
  ],
  address: { street: '12 St James Square', city: 'London', zip: 'SW1Y 4JH', country: 'GB' },
  deliver: { by: 'courier', note: 'Ring twice' },
})

/** What a caller does: `place` is answered with the order, `publish` hands it to all who have joined. */
export type Verb = 'place' | 'publish' | 'join'

/** How a server is spoken to, in the messages of its own protocol. */
export interface Dialect {
  readonly name: string
  /** Where its sockets are opened. */
  readonly path: string
  readonly protocols: readonly string[]
  /** What is sent when a socket opens, and how many messages come before it is ready. */
  readonly hello: { readonly send: readonly string[]; readonly answers: number }
  /** The same, for a socket that only signs in. */
  readonly bare?: Dialect['hello']
  /** What asks for something; the first answer to it that is no event ends it. */
  ask(verb: Verb, id: number): string
  /** Whether a message is an event that was published. */
  isEvent(message: string): boolean
}

const none = { send: [], answers: 0 }

/** The server of this package, and its peers. */
export const dialects: readonly Dialect[] = [
  {
    name: 'ws with JSON, nothing checked',
    path: '/',
    protocols: [],
    hello: none,
    ask: (to, id) => `{"id":${id},"to":"${to}","input":${order}}`,
    isEvent: (message) => message.startsWith('{"event"'),
  },
  {
    name: 'pikku',
    path: '/rpc',
    protocols: ['pikku.v1'],
    hello: { send: ['{"open":1,"to":"/orders/:joins","input":{"joins":"no"}}'], answers: 2 },
    bare: { send: [], answers: 1 },
    ask: (verb, id) =>
      verb === 'join'
        ? `{"open":${id},"to":"/orders/:joins","input":{"joins":"yes"}}`
        : `{"send":${id},"on":1,"to":"${verb}","input":${order}}`,
    isEvent: (message) => message.startsWith('{"event"'),
  },
  {
    name: 'Socket.IO',
    path: '/socket.io/?EIO=4&transport=websocket',
    protocols: [],
    hello: { send: ['40{"token":"ann"}'], answers: 2 },
    ask: (verb, id) => `42${id}["${verb}",${order}]`,
    isEvent: (message) => message.startsWith('42["placed"'),
  },
  {
    name: 'tRPC',
    path: '/',
    protocols: [],
    hello: none,
    ask: (verb, id) =>
      verb === 'join'
        ? `{"id":"join","method":"subscription","params":{"path":"orders"}}`
        : `{"id":${id},"method":"mutation","params":{"path":"${verb}","input":${order}}}`,
    isEvent: (message) => message.includes('"id":"join"') && message.includes('"type":"data"'),
  },
  {
    name: 'oRPC',
    path: '/',
    protocols: [],
    hello: none,
    ask: (verb, id) =>
      verb === 'join'
        ? `{"i":"${id}","p":{"u":"/orders"}}`
        : `{"i":"${id}","p":{"u":"/${verb}","b":{"json":${order}}}}`,
    isEvent: (message) => message.includes('"t":3'),
  },
]

/** A socket to a server, as somebody who has signed in. */
export interface Caller {
  readonly socket: WebSocket
  /** Asks, and resolves with the answer. */
  ask(verb: Verb): Promise<void>
  /** Called with each event. */
  heard: () => void
  close(): void
}

/** Opens a socket; resolves when it can be used. */
export async function dial(url: string, dialect: Dialect, { bare = false } = {}): Promise<Caller> {
  const address = url.replace('http', 'ws').replace('localhost', '127.0.0.1') + dialect.path
  const headers = { authorization: 'Bearer ann' }
  const socket = new WebSocket(address, [...dialect.protocols], { headers, perMessageDeflate: false })
  const hello = (bare && dialect.bare) || dialect.hello
  let { answers } = hello
  let answered = () => {}
  let id = 1
  const caller: Caller = {
    socket,
    heard: () => {},
    ask: (verb) =>
      new Promise((resolve) => {
        answered = resolve
        socket.send(dialect.ask(verb, ++id))
      }),
    close: () => socket.terminate(),
  }
  const ready = new Promise<void>((resolve) => {
    if (answers === 0) resolve()
    socket.on('message', (data) => {
      const message = String(data)
      // Signs of life, of Socket.IO and of this package.
      if (message === '2' || message === '{"ping":0}') socket.send(message === '2' ? '3' : '{"pong":0}')
      else if (dialect.isEvent(message)) caller.heard()
      else if (answers > 0) {
        if (--answers === 0) resolve()
      } else answered()
    })
  })
  await once(socket, 'open')
  for (const message of hello.send) socket.send(message)
  await ready
  return caller
}

/** Opens many, some at a time. */
export async function dialMany(url: string, dialect: Dialect, count: number, how = {}): Promise<Caller[]> {
  const callers: Caller[] = []
  while (callers.length < count) {
    const some = Math.min(200, count - callers.length)
    callers.push(...(await Promise.all(Array.from({ length: some }, () => dial(url, dialect, how)))))
  }
  return callers
}
