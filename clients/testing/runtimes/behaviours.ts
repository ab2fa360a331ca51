import { createClient, isError } from '../../../transports/testing/conformance/contracts/client.ts'
import { AnySocket, type SocketOptions, socket } from '../../fetch.ts'
import { type Behaviour, fails, type Place, same } from './behaviour.ts'

const bob = { headers: { authorization: 'Bearer bob-token' } }
const clientOf = ({ url }: Place, options: SocketOptions = {}) => createClient(url, { ...bob, ...options })

const it = (name: string, run: Behaviour['run']): Behaviour => ({ name, run })

/** What the client does, wherever it runs. The app is that of the conformance suite. */
export const behaviours: readonly Behaviour[] = [
  it('calls a function, and revives what it gives', async (place) => {
    const at = new Date(0)
    const answer = await clientOf(place).notes.echo({ text: 'é', at })
    same([answer.text, answer.at instanceof Date, Number(answer.at)], ['é', true, 0])
  }),

  it('throws the errors of functions with their data', async (place) => {
    const error = await fails(clientOf(place).notes.get({ id: 'none' }))
    same(isError(error, 'NOTE_MISSING') && error.data, { id: 'none' })
  }),

  it('gives up when its caller does', async (place) => {
    const controller = new AbortController()
    const left = fails(clientOf(place).failures.stuck({}, { signal: controller.signal }))
    controller.abort(new Error('left'))
    same((await left) instanceof Error && ((await left) as Error).message, 'left')
  }),

  it('ends a stream when its loop is left', async (place) => {
    await place.forget('counting')
    const { streams } = clientOf(place)
    const seen = []
    for await (const tick of streams.counting({})) if (seen.push(tick) === 3) break
    same(seen, [1, 2, 3])
    same(await place.noted('counting'), 'ended')
  }),

  it('sends files, and gives files', async (place) => {
    const { uploads, downloads } = clientOf(place)
    const cover = new File(['a,b'], 'größe.csv', { type: 'text/csv' })
    same((await uploads.album({ title: 'T', cover })).cover, {
      name: 'größe.csv',
      type: 'text/csv',
      size: 3,
      text: 'a,b',
    })
    const report = await downloads.report({ name: 'a' })
    same([report instanceof File, report.size > 0], [true, true])
  }),

  it('calls over the socket, and streams, and ends streams', async (place) => {
    const { notes, streams } = clientOf(place, { over: socket })
    same(await notes.mine({}), 'bob')
    const error = await fails(notes.get({ id: 'none' }))
    same(isError(error, 'NOTE_MISSING') && error.data, { id: 'none' })
    await place.forget('counting')
    const seen = []
    for await (const tick of streams.counting({})) if (seen.push(tick) === 40) break
    same(seen.at(-1), 40)
    same(await place.noted('counting'), 'ended')
  }),

  it('opens a channel, has its messages answered and hears its events', async (place) => {
    using room = clientOf(place).channel('/rooms/:room', { room: 'own' })
    const events = room[Symbol.asyncIterator]()
    await room.opened
    const { at } = await room.send('say', { text: 'Hello' })
    const [welcome, posted] = [await events.next(), await events.next()]
    same(welcome.value, { event: 'welcome', data: { room: 'own' } })
    same([posted.value, at instanceof Date], [{ event: 'posted', data: { text: 'Hello', by: 'bob', at } }, true])
    const error = await fails(room.send('fail', { how: 'told' }))
    same(isError(error, 'ROOM_CLOSED') && error.data.since instanceof Date, true)
  }),

  it('is refused where it may not enter', async (place) => {
    using room = createClient(place.url).channel('/rooms/:room', { room: 'own' })
    same(isError(await fails(room.opened), 'UNAUTHENTICATED'), true)
    using closed = clientOf(place).channel('/rooms/:room', { room: 'closed' })
    const error = await fails(closed.opened)
    same(isError(error, 'ROOM_CLOSED') && error.data.since, new Date(0))
  }),

  it('comes with a cookie', async (place) => {
    await createClient(place.url).notes.signIn({})
    // A browser has kept it, and lets nobody write it. Elsewhere there is nothing that keeps it.
    using room = createClient(place.url, { headers: { cookie: 'sid=ann' } }).channel('/rooms/:room', {
      room: 'cookies',
    })
    same(await room.send('clear', {}), 'cleared cookies')
  }),

  it('leaves a channel', async (place) => {
    const room = clientOf(place).channel('/rooms/:room', { room: 'left' })
    await room.opened
    await place.forget('left left')
    room.close()
    same([await place.noted('left left'), room.state], ['bob', 'closed'])
  }),

  it('sends files over the socket', async (place) => {
    using room = clientOf(place).channel('/rooms/:room', { room: 'files' })
    const text = Array.from({ length: 50_000 }, (_, at) => at).join()
    const sent = await room.send('file', { file: new File([text], 'größe.csv', { type: 'text/csv' }), note: 'n' })
    same([sent.name, sent.text === `n: ${text}`], ['größe.csv', true])
  }),

  it('comes back when its socket is lost, and is given what it has missed', async (place) => {
    using room = clientOf(place).channel('/rooms/:room', { room: 'away' })
    const texts: string[] = []
    const whole = new Promise<void>((resolve) => room.on('posted', ({ text }) => texts.push(text) === 3 && resolve()))
    await room.send('say', { text: 'before' })
    const states: string[] = []
    const lost = new Promise<void>((resolve) =>
      room.onState(({ state }) => {
        states.push(state)
        resolve()
      }),
    )
    await place.block()
    await lost
    await place.publish('away', 'meanwhile')
    await place.pass()
    await room.send('say', { text: 'after' })
    await whole
    same(
      [texts, states],
      [
        ['before', 'meanwhile', 'after'],
        ['connecting', 'open'],
      ],
    )
  }),

  it('keeps what is sent meanwhile, in its order and up to a bound', async (place) => {
    using room = clientOf(place, { queue: 3 }).channel('/rooms/:room', { room: 'queue' })
    await room.opened
    const texts: string[] = []
    room.on('posted', ({ text }) => texts.push(text))
    const lost = new Promise<void>((resolve) => room.onState(() => resolve()))
    await place.block()
    await lost
    const sent = ['1', '2', '3'].map((text) => room.send('say', { text }))
    same(isError(await fails(room.send('say', { text: '4' })), 'UNAVAILABLE'), true)
    await place.pass()
    await Promise.all(sent)
    await room.send('say', { text: 'last' })
    same(texts, ['1', '2', '3', 'last'])
  }),

  it('sends a message with a key again, which is run once', async (place) => {
    using room = clientOf(place).channel('/rooms/:room', { room: 'once' })
    await room.opened
    const id = `once ${Math.random()}`
    const sent = Array.from({ length: 5 }, () => room.send('once', { id }))
    await place.block()
    await place.pass()
    same(await Promise.all(sent), [1, 2, 3, 4, 5])
  }),

  it('goes on by requests where sockets are blocked', async (place) => {
    await place.block()
    try {
      using room = clientOf(place, { WebSocket: AnySocket }).channel('/rooms/:room', { room: 'blocked' })
      const heard = new Promise((resolve) => room.on('posted', ({ text }) => resolve(text)))
      await room.send('say', { text: 'by request' })
      same(await heard, 'by request')
      const sent = await room.send('file', { file: new File(['abc'], 'a.txt'), note: 'n' })
      same(sent.text, 'n: abc')
    } finally {
      await place.pass()
    }
  }),
]
