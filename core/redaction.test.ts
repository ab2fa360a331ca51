import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Burst } from './burst.ts'
import type { Log, LogFields } from './index.ts'
import { redacting } from './redaction.ts'

function logged(fields: LogFields, secrets: readonly string[] = []): LogFields[] {
  const lines: LogFields[] = []
  const keep = (fields: LogFields) => void lines.push(fields)
  const log: Log = redacting({ debug: keep, info: keep, warn: keep, error: keep }, secrets)
  log.debug(fields, '')
  log.info(fields, '')
  log.warn(fields, '')
  log.error(fields, '')
  return lines
}

describe('a log', () => {
  it('ends nothing by a line that cannot be written, and says what it can', () => {
    const circle: { self?: unknown } = {}
    circle.self = circle
    const lines: string[] = []
    const write = (fields: LogFields, message: string) => void lines.push(JSON.stringify({ message, ...fields }))
    const log = redacting({ debug: write, info: write, warn: write, error: write }, [])
    log.error(
      {
        error: new Error('lost'),
        session: new (class Session {
          circle = circle
        })(),
      },
      'call failed',
    )
    const [line = ''] = lines
    assert.match(line, /"call failed".*Error: lost.*circular/s)
    const broken = () => {
      throw new Error('no space left')
    }
    redacting({ debug: broken, info: broken, warn: broken, error: broken }, []).warn({}, 'unheard')
  })
  it('has no credentials and no secret fields, wherever they stand and however they are spelled', () => {
    const error = new Error('kept')
    const fields = {
      Authorization: 'Bearer hunter2',
      input: { user: 'ann', password: 'hunter2', list: [{ Password: 'hunter2' }, null, 1] },
      headers: new Headers({ cookie: 'sid=hunter2', accept: '*/*' }),
      error,
    }
    for (const line of logged(fields, ['password'])) {
      assert.doesNotMatch(JSON.stringify(line), /hunter2/)
      assert.equal(line.error, error)
      assert.deepEqual(line.input, { user: 'ann', password: '[secret]', list: [{ Password: '[secret]' }, null, 1] })
      assert.deepEqual(line.headers, { cookie: '[secret]', accept: '*/*' })
    }
    assert.equal(fields.input.password, 'hunter2')
  })
  it('takes values that contain themselves', () => {
    const loop: Record<string, unknown> = {}
    loop.self = loop
    assert.match(JSON.stringify(logged(loop)[0]), /\[deep\]/)
  })
})

describe('a burst', () => {
  it('is ten lines a second of each kind, and the count of the others', () => {
    let now = 1_000_500
    const burst = new Burst(() => now)
    const admitted = Array.from({ length: 25 }, () => burst.admits('a')).filter(Boolean)
    assert.equal(admitted.length, 10)
    assert.deepEqual(burst.admits('b'), {})
    now += 1_000
    assert.deepEqual(burst.admits('a'), { heldBack: 15 })
    assert.deepEqual(burst.admits('a'), {})
  })
})
