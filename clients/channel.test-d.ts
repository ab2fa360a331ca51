import { WebSocket as WsSocket } from 'ws'
import {
  attachments,
  type ChannelClient,
  type ChannelEntries,
  createSocketClient,
  idempotencyKey,
  map,
  type SocketOptions,
  socket,
} from './fetch.ts'
import { type Channels, createClient } from './testing/chat-client.ts'

type Equal<Left, Right> = (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false
type Expect<_ extends true> = true

const api = createClient('', { over: socket, queue: 10, linger: 0 })
const room = api.channel('/rooms/:room', { room: '7' })
const said = room.send('say', { text: 'Hi' }, { timeout: 1 })
const typed = room.send('type')

export type _Said = Expect<Equal<Awaited<typeof said>, { id: number; at: Date }>>
export type _Typed = Expect<Equal<typeof typed, Promise<void>>>

room.on('posted', ({ at }) => at.getTime())
room.onState(({ state, whole, error }) => [state === 'closed', whole === false, error?.code])
const state: 'connecting' | 'open' | 'closed' = room.state
api.channel('/news').on('item', (item) => item.length)

export async function read() {
  for await (const told of room) {
    type Posted = { readonly event: 'posted'; readonly data: Channels['/rooms/:room']['events']['posted'] }
    type Typing = { readonly event: 'typing'; readonly data: Channels['/rooms/:room']['events']['typing'] }
    type Told = Expect<Equal<typeof told, Posted | Typing>>
    const checked: Told = true
    if (told.event === 'typing') return [told.data.user, checked, state]
    told.data.at.getTime()
  }
  return []
}

export async function leave() {
  using closed = api.channel('/news')
  await closed.opened
}

// @ts-expect-error no such channel
api.channel('/rooms')
// @ts-expect-error its parameters are missing
api.channel('/rooms/:room')
// @ts-expect-error it has another parameter
api.channel('/rooms/:room', { id: '7' })
// @ts-expect-error no such event
room.on('gone', () => {})
// @ts-expect-error no such message
room.send('shout', {})
// @ts-expect-error its input is missing
room.send('say')
// @ts-expect-error it takes no input
room.send('type', { text: 'Hi' })
// @ts-expect-error a channel without messages
api.channel('/news').send('say', {})

// Tables are printed `as const`; a socket of the package `ws` is one.
const channels = {
  '/rooms/:room': {
    i: ['o', { at: 'n' }],
    c: { BANNED: ['o', { until: 'd' }] },
    e: { posted: map(0, 'd') },
    m: { say: { i: ['o', { size: 'n' }], o: 'd', k: idempotencyKey, e: { FULL: 'd' } }, share: { f: attachments } },
  },
} as const satisfies ChannelEntries
export const options: SocketOptions[] = [{ WebSocket: WsSocket }, { WebSocket }, { over: undefined }]
createSocketClient<{ channel(path: string): ChannelClient<{}, {}> }>('', {}, channels, options[0], {}, {})
// @ts-expect-error no such plan
createSocketClient<{}>('', {}, { '/': { e: { posted: 'x' } } })
