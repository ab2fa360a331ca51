import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import fc from 'fast-check'
import { createClient } from './testing/chat-client.ts'
import { type Peer, serveSockets, type Wire } from './testing/socket-server.ts'

mock.method(Math, 'random', () => 0)

const at = '2026-11-22T10:00:00.000Z'

/** A room that numbers its events, keeps some of them, and runs each message once. */
class Room {
  readonly #decisions: Decision[]
  readonly #kept: number
  #peer: Peer | undefined
  posted = 0
  readonly said = new Map<unknown, unknown>()
  constructor(decisions: readonly Decision[], kept: number) {
    this.#decisions = [...decisions]
    this.#kept = kept
  }

  async serve(peer: Peer): Promise<void> {
    for (;;) {
      const frame = await peer.next()
      const decision = this.#decisions.shift() ?? 'answer'
      if (decision === 'cut') return this.cut(peer)
      if (frame.open) this.#open(peer, frame)
      if (frame.send && !this.said.has(frame.key)) this.said.set(frame.key, frame.input)
      if (decision === 'run and cut') return this.cut(peer)
      if (frame.send) peer.send({ done: frame.send, output: { id: 0, at } })
    }
  }

  cut(peer = this.#peer) {
    if (peer === this.#peer) this.#peer = undefined
    peer?.cut()
  }

  post() {
    this.posted++
    this.#peer?.send(this.#event(this.posted))
  }

  #open(peer: Peer, { after }: Wire) {
    const from = after === undefined ? this.posted : Number(after)
    const whole = this.posted - from <= this.#kept
    peer.send({ open: 1, id: `${whole ? from : this.posted}`, ...(whole ? {} : { whole }) })
    for (let id = from + 1; whole && id <= this.posted; id++) peer.send(this.#event(id))
    this.#peer = peer
  }

  #event(id: number): Wire {
    return { event: 1, name: 'posted', data: { id, text: '', at }, id: `${id}` }
  }
}

async function serve(server: { peer(): Promise<Peer> }, room: Room): Promise<void> {
  for (;;) room.serve(await server.peer())
}

const decisions = ['answer', 'cut', 'run and cut'] as const
type Decision = (typeof decisions)[number]
const steps = ['post', 'say', 'cut', 'refuse', 'wait'] as const

test('however often it is cut, what a channel tells is in order, once, and whole or said not to be; and messages run once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...steps), { maxLength: 60 }),
      fc.array(fc.constantFrom(...decisions), { maxLength: 30 }),
      fc.integer({ min: 0, max: 5 }),
      async (script, decisions, kept) => {
        await using server = await serveSockets()
        const service = new Room(decisions, kept)
        void serve(server, service)
        using room = createClient(server.url, { queue: 2_000 }).channel('/rooms/:room', { room: '7' })
        const told: (number | 'not whole')[] = []
        room.onState(({ whole }) => whole === false && told.push('not whole'))
        room.on('posted', ({ id }) => told.push(id))
        const iterated: number[] = []
        const iterating = (async () => {
          for await (const { event, data } of room) if (event === 'posted') iterated.push(data.id)
        })()
        await room.opened
        const first = service.posted
        const answers: Promise<unknown>[] = []
        for (const step of script) {
          if (step === 'post') service.post()
          // Of these, some wait for the others to be answered.
          for (let more = step === 'say' ? 20 : 0; more > 0; more--) {
            answers.push(room.send('say', { text: `${answers.length}` }))
          }
          if (step === 'cut') service.cut()
          if (step === 'refuse') server.refuse(2)
          if (step === 'wait') await new Promise(setImmediate)
        }
        await Promise.all(answers)
        while (told.at(-1) !== service.posted && service.posted > first && told.at(-1) !== 'not whole') {
          await new Promise(setImmediate)
        }
        room.close()
        await iterating

        assert.deepEqual(
          [...service.said.values()],
          answers.map((_, text) => ({ text: `${text}` })),
        )
        let last = first
        let isWhole = true
        for (const event of told) {
          if (event !== 'not whole') {
            assert.ok(isWhole ? event === last + 1 : event > last, `${told}`)
            last = event
          }
          isWhole = event !== 'not whole'
        }
        assert.deepEqual(
          iterated,
          told.filter((event) => event !== 'not whole'),
        )
      },
    ),
    { numRuns: 100 },
  )
})
