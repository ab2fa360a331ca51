import assert from 'node:assert/strict'
import { readEvents } from '../../../../clients/event-stream.ts'
import { group } from '../behaviour.ts'
import type { Frame } from '../socket.ts'
import type { Problem, Target } from '../target.ts'

type Headers = Readonly<Record<string, string>>
const bob: Headers = { authorization: 'Bearer bob-token' }
const path = '/rpc/socket'

function ask(target: Target, headers: Headers, method = 'GET'): Promise<Response> {
  return target.call(path, { method, headers: { accept: 'text/event-stream', ...headers } })
}

/** Opens a connection: its key, and what reads its frames. */
async function open(target: Target, headers = bob) {
  const response = await ask(target, headers)
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('cache-control'), 'no-store')
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const events = readEvents(() => reader.read())
  const { value } = await events.next()
  assert.equal(value?.event, 'open')
  const next = async (is: (frame: Frame) => boolean): Promise<Frame> => {
    for (;;) {
      const { value } = await events.next()
      assert.ok(value, 'closed')
      const frame = JSON.parse(value.data) as Frame
      if (is(frame)) return frame
    }
  }
  return { key: value?.data.trim() ?? '', next, leave: () => reader.cancel() }
}

async function post(target: Target, key: string, body: string, headers: Headers = bob): Promise<string> {
  const init = { method: 'POST', headers: { 'content-type': 'text/plain', ...headers }, body }
  return codeOf(await target.call(`${path}/${key}`, init))
}

/** `204`, or the status and code of a problem. */
async function codeOf(response: Response): Promise<string> {
  const text = await response.text()
  return text === '' ? `${response.status}` : `${response.status} ${(JSON.parse(text) as Problem).code}`
}

export const fallback = group('without sockets', (it) => {
  it('frames go by an event stream and requests', 'fallback', async (target) => {
    const room = crypto.randomUUID()
    const one = await open(target)
    const { ready } = await one.next(() => true)
    assert.equal(ready?.message, 65_536)
    assert.notEqual(ready?.id, one.key)
    const frames = [
      { open: 1, to: '/rooms/:room', input: { room } },
      { send: 2, on: 1, to: 'say', input: { text: 'Hello' } },
    ]
    assert.equal(await post(target, one.key, `${frames.map((frame) => JSON.stringify(frame)).join('\n')}\n`), '204')
    const { data } = await one.next(({ name }) => name === 'posted')
    assert.equal((data as { by: string }).by, 'bob')
    await one.next(({ done }) => done === 2)
    await target.forget(`left ${room}`)
    await one.leave()
    assert.equal(await target.untilNoted(`left ${room}`), 'bob')
    assert.equal(await post(target, one.key, '{"ping":0}'), '404 NOT_FOUND')
  })

  it('who may not open a connection is refused', 'fallback', async (target) => {
    const refused = async (headers: Headers) => codeOf(await ask(target, headers))
    assert.equal(await refused({ ...bob, origin: 'https://evil.example' }), '403 FORBIDDEN')
    assert.equal(await refused({ ...bob, origin: 'null' }), '403 FORBIDDEN')
    assert.equal(await refused({ authorization: 'Bearer wrong' }), '401 UNAUTHENTICATED')
    assert.equal(await refused({ ...bob, accept: 'text/html' }), '400 BAD_REQUEST')
    assert.equal((await ask(target, bob, 'HEAD')).status, 400)
    const allowed = await open(target, { origin: 'https://app.example.com', cookie: target.cookie('sid=ann') })
    await allowed.leave()
  })

  it('nobody else sends by a connection', 'fallback', async (target) => {
    const cookie = { cookie: target.cookie('sid=ann'), origin: target.url }
    const [one, two] = [await open(target), await open(target, cookie)]
    const frame = '{"call":1,"to":"notes.mine","input":{}}'
    assert.equal(await post(target, one.key, frame, {}), '403 FORBIDDEN')
    assert.equal(await post(target, one.key, frame, { 'x-api-key': 'key-of-carl' }), '403 FORBIDDEN')
    assert.equal(await post(target, one.key, frame, cookie), '403 FORBIDDEN')
    assert.equal(await post(target, two.key, frame, { ...cookie, origin: 'https://evil.example' }), '403 FORBIDDEN')
    assert.equal(await post(target, two.key, frame, bob), '403 FORBIDDEN')
    for (const key of ['x', '__proto__', crypto.randomUUID()])
      assert.equal(await post(target, key, frame), '404 NOT_FOUND')
    assert.equal(
      await post(target, one.key, frame, { ...bob, 'content-type': 'text/html' }),
      '415 UNSUPPORTED_MEDIA_TYPE',
    )
    // None of them was taken.
    assert.equal(await post(target, two.key, frame, cookie), '204')
    assert.deepEqual(await two.next(({ done }) => done === 1), { done: 1, output: 'ann' })
    await Promise.all([one.leave(), two.leave()])
  })
})
