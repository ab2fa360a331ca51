import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadCodecs } from './codecs.ts'
import type { Codec, OperationContract } from './index.ts'

const invalid = Symbol.for('zod.compile.invalid')
const none = { input: undefined, output: undefined }

/** A contract whose parsers double numbers and refuse the rest, and whose schemas say why. */
function contractThatCounts() {
  const loaded: string[] = []
  const refuse = { success: false, error: { issues: [{ path: [], message: 'No number.' }] } } as const
  const schema: Codec = { safeDecode: () => refuse, safeEncode: () => refuse }
  const double = (value: unknown) => (typeof value === 'number' ? value * 2 : invalid)
  const contract: OperationContract = {
    name: 'go',
    kind: 'call',
    auth: false,
    rpc: true,
    routes: [],
    services: [],
    input: 'In',
    output: 'Out',
    errors: [
      { code: 'ODD', status: 400, data: 'OddData' },
      { code: 'BARE', status: 400 },
    ],
    parsers: async () => {
      loaded.push('parsers')
      return { decodeIn: double, encodeOut: double, encodeOddData: double }
    },
    schemas: async () => {
      loaded.push('schemas')
      return { In: schema, Out: schema, OddData: schema }
    },
  }
  return { contract, loaded }
}

describe('the codecs of an operation', () => {
  it('take what fits through the parsers, and load no schema', async () => {
    const { contract, loaded } = contractThatCounts()
    const { decode, encode, errors } = await loadCodecs(contract, none)
    assert.deepEqual(decode?.(2), { success: true, data: 4 })
    assert.deepEqual(encode?.(3), { success: true, data: 6 })
    assert.deepEqual(errors.get('ODD')?.(4), { success: true, data: 8 })
    assert.equal(errors.has('BARE'), false)
    assert.deepEqual(loaded, ['parsers'])
  })
  it('ask the schemas what is wrong with what does not fit', async () => {
    const { contract, loaded } = contractThatCounts()
    const { decode } = await loadCodecs(contract, none)
    assert.deepEqual(await decode?.('x'), { success: false, error: { issues: [{ path: [], message: 'No number.' }] } })
    assert.deepEqual(loaded, ['parsers', 'schemas'])
  })
  it('name what the contracts lack, and take no inherited name for a schema', async () => {
    const { contract } = contractThatCounts()
    const stale = { ...contract, parsers: async () => ({}) }
    await assert.rejects(loadCodecs(stale, none), /have no decodeIn. Run `pikku contracts`/)
    const { parsers: _, ...bare } = { ...contract, input: 'constructor', output: 'Out' }
    const { decode } = await loadCodecs(bare, none)
    assert.throws(() => decode?.(1), /have no constructor/)
  })
})
