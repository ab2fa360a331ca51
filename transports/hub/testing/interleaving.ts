import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import fc from 'fast-check'
import { Ear } from './ear.ts'
import { type HubUnderTest, Nodes } from './under-test.ts'

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('publish' as const), node: fc.nat(1), kept: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('listen' as const), node: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('resume' as const), node: fc.nat(1), at: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('stop' as const), at: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), turns: fc.integer({ min: 1, max: 4 }) }) },
)

type Listening = Ear & { readonly start: { readonly at: string; readonly whole: boolean } }

/** Whatever is published, listened to, left and taken up in between: each listener has a piece of one history, without holes. */
export function interleavingTests(under: HubUnderTest): void {
  it('gives each listener one piece of the same history, whatever happens in between', async () => {
    await using nodes = new Nodes(under)
    const first = await nodes.hub()
    const hubs = [first, under.enterElsewhere ? await nodes.hub() : first]
    const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      const topic = randomUUID()
      const all = await Ear.listen(first, topic)
      const published: Promise<void>[] = []
      const ears: Promise<{ readonly ear: Listening; readonly after: string | undefined }>[] = []
      const stopped = new Set<number>()
      const listen = async (node: number, after?: string) => ({
        ear: await Ear.listen(hubs[node] ?? first, topic, after),
        after,
      })
      for (const [at, step] of steps.entries()) {
        if (step.does === 'publish') {
          published.push((hubs[step.node] ?? first).publish(topic, at, { history: step.kept }))
        } else if (step.does === 'listen') ears.push(listen(step.node))
        else if (step.does === 'resume') ears.push(listen(step.node, idAt(all, step.at)))
        else if (step.does === 'stop' && ears.length > 0) {
          stopped.add(step.at % ears.length)
          void ears[step.at % ears.length]?.then(({ ear }) => ear.stop())
        } else if (step.does === 'wait') for (let turn = 0; turn < step.turns; turn++) await new Promise(setImmediate)
      }
      await Promise.all(published)
      const begun = await Promise.all(ears)
      await first.publish(topic, 'end')
      await all.hears('end')
      const ids = all.entries.flatMap(({ id }) => id ?? [])
      for (const [at, { ear, after }] of begun.entries()) {
        assert.equal(ear.start.whole, true)
        if (!stopped.has(at)) await ear.hears('end')
        assert.deepEqual(ear.lost, [])
        assert.equal(new Set(ear.values).size, ear.values.length, 'nothing comes twice')
        const heard = ear.entries.flatMap(({ id }) => id ?? [])
        const from = after === undefined ? heard[0] : ids[ids.indexOf(after) + 1]
        const begin = from === undefined ? ids.length : ids.indexOf(from)
        const piece = ids.slice(begin, stopped.has(at) ? begin + heard.length : undefined)
        assert.deepEqual(heard, piece)
      }
      for (const { ear } of begun) ear.stop()
      all.stop()
    })
    await fc.assert(property, { numRuns: under.enterElsewhere ? 15 : 200 })
  })
}

/** The id of one of the entries that have come so far, otherwise the one of the beginning. */
function idAt(all: Listening, at: number): string {
  const ids = [all.start.at, ...all.entries.flatMap(({ id }) => id ?? [])]
  return ids[at % ids.length] ?? all.start.at
}
