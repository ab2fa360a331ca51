import assert from 'node:assert/strict'
import { group } from '../behaviour.ts'
import { problem } from '../target.ts'

export const errors = group('errors', (it) => {
  it('answers a declared error with its data', async (target) => {
    const body = await problem(await target.call('/notes/9'), 404, 'NOTE_MISSING')
    assert.deepEqual(body.data, { id: '9' })
  })
  it('keeps what an unknown error says on the server', async (target) => {
    const body = await problem(await target.rpc('failures.unknown', {}), 500, 'INTERNAL')
    assert.doesNotMatch(JSON.stringify(body), /hunter2|stack|\.ts/)
    const lines = await target.logged(body.requestId)
    assert.ok(lines.some((line) => line.includes('hunter2')))
  })
  it('answers 500 when a handler returns what its contract does not allow', async (target) => {
    const body = await problem(await target.rpc('failures.lie', {}), 500, 'INTERNAL')
    assert.doesNotMatch(JSON.stringify(body), /no number|expected/)
  })
  it('cuts a handler at its deadline', async (target) => {
    await problem(await target.rpc('failures.slow', {}), 504, 'TIMEOUT')
  })
})
