import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as z from 'zod'
import * as mini from 'zod/mini'
import * as v3 from 'zod/v3'
import { type Codec, createRuntime, pikku, type StandardSchema } from './index.ts'

const { func, app } = pikku<object, object>()
const anything: Codec = {
  safeDecode: (data) => ({ success: true, data }),
  safeEncode: (data) => ({ success: true, data }),
}

/** A way to call one function whose contract lets everything through, so that only its own schemas decide. */
function serving(go: object, kind: 'call' | 'stream' = 'call') {
  const io = { input: 'Anything', output: 'Anything', schemas: async () => ({ Anything: anything }) }
  const operation = { name: 'go', kind, auth: false, rpc: true, routes: [], errors: [], services: [], ...io }
  const runtime = createRuntime(app({ rpc: { go } }), {
    contracts: { version: 1, session: [], operations: [operation] },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  })
  const bound = runtime.operations.get('go')
  assert.ok(bound)
  return (input: unknown) => runtime.call(bound, () => input, { id: '1', credential: () => undefined })
}

const day = z.codec(z.iso.date(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString().slice(0, 10),
})

describe('a schema of the user', () => {
  it('decodes the input: refinements and transforms run', async () => {
    const input = z.object({
      page: z
        .string()
        .transform(Number)
        .refine((page) => page > 0, 'Pages start at 1.'),
    })
    const call = serving(func({ auth: false, input }, async (_services, { page }) => page + 1))
    assert.equal(await call({ page: '2', unknown: true }), 3)
    await assert.rejects(call({ page: '0' }), {
      code: 'INVALID_INPUT',
      issues: [{ path: ['page'], message: 'Pages start at 1.', code: 'custom' }],
    })
  })
  it('may be asynchronous', async () => {
    const free = z.string().refine(async (name) => name !== 'ann', 'Taken.')
    const call = serving(func({ auth: false, input: free }, async (_services, name) => name))
    assert.equal(await call('bob'), 'bob')
    await assert.rejects(call('ann'), { code: 'INVALID_INPUT' })
  })
  it('of Zod 4 encodes the output, and strips what it does not name', async () => {
    const output = z.object({ on: day })
    const call = serving(func({ auth: false, output }, async () => ({ on: new Date('2026-03-04'), row: 'private' })))
    assert.deepEqual(await call(0), { on: '2026-03-04' })
  })
  it('encodes each item of a stream', async () => {
    const ticks = func({ auth: false, output: day }, async function* () {
      yield new Date('2026-03-04')
    })
    const items = (await serving(ticks, 'stream')(0)) as AsyncGenerator
    assert.deepEqual(await items.next(), { done: false, value: '2026-03-04' })
  })
  it('can be of Zod Mini, of zod/v3 or of any library that has Standard Schema', async () => {
    const even: StandardSchema<number> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) =>
          typeof value === 'number' && value % 2 === 0
            ? { value }
            : { issues: [{ message: 'Odd.', path: [{ key: 'n' }] }] },
      },
    }
    class LateIssue {
      readonly path = ['n']
      get message() {
        return 'None.'
      }
    }
    const late: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) => (value === null ? { issues: [new LateIssue()] } : { value }),
      },
    }
    const schemas: [StandardSchema, unknown, unknown][] = [
      [late, 2, null],
      [mini.object({ n: mini.number() }), { n: 1 }, { n: '1' }],
      [v3.object({ n: v3.number() }), { n: 1 }, { n: '1' }],
      [even, 2, 1],
    ]
    for (const [input, good, bad] of schemas) {
      const call = serving(func({ auth: false, input }, async (_services, value) => value))
      assert.deepEqual(await call(good), good)
      await assert.rejects(call(bad), (error: { issues: { path: unknown; message: string }[] }) => {
        assert.deepEqual(error.issues[0]?.path, ['n'])
        assert.notEqual(error.issues[0]?.message, '')
        return true
      })
    }
  })
  it('that the output does not fit makes INTERNAL, and says nothing', async () => {
    const call = serving(func({ auth: false, output: z.string().max(3) }, async () => 'private'))
    await assert.rejects(call(0), { code: 'INTERNAL', message: 'Something went wrong on the server.' })
  })
})
