import assert from 'node:assert/strict'
import { group } from '../behaviour.ts'
import { problem, type Target } from '../target.ts'

/** The statuses that a server answers to these bytes, in the order they came. */
async function statuses(target: Target, bytes: string, enough?: RegExp): Promise<string[]> {
  // A server that refuses by closing the connection has answered nothing.
  const answer = await target.send(bytes, enough).catch(() => '')
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status)
}

async function assertAlive(target: Target): Promise<void> {
  assert.equal((await target.call('/notes/1')).status, 200)
}

export const hostileConnections = group('hostile connections', (it) => {
  it('lives through headers that are far too long', 'rawTargets', async (target) => {
    const head = `GET /notes/1 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-long: ${'x'.repeat(500_000)}\r\n\r\n`
    for (const status of await statuses(target, head)) assert.match(status, /^[24]/)
    await assertAlive(target)
  })
  it('answers requests that were sent at once in their order', 'pipelining', async (target) => {
    const slow =
      'POST /rpc/failures.slow HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}'
    const missing = 'GET /notes/9 HTTP/1.1\r\nhost: localhost\r\n\r\n'
    const last = 'GET /notes/1 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n'
    assert.deepEqual(await statuses(target, slow + missing + last), ['504', '404', '200'])
  })
  it('switches protocols for nobody', 'rawTargets', async (target) => {
    const key = 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n'
    for (const path of ['/notes/1', '/nothing', '//', 'http://[']) {
      for (const fields of ['', key]) {
        const head = `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n${fields}\r\n`
        assert.ok(!(await statuses(target, head, /HTTP\/1\.1 \d/)).includes('101'), path)
      }
    }
    await assertAlive(target)
  })
  it('takes names of prototypes in queries, headers and paths for names', async (target) => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']
    for (const name of names) {
      await problem(await target.call(`/notes/${name}`), 404, 'NOTE_MISSING')
      const query = await target.call(`/notes/find?page=1&${name}=x&${name}[polluted]=1`)
      assert.deepEqual(await query.json(), { page: 1 }, name)
      const headers = { [name.toLowerCase()]: 'polluted', accept: '*/*' }
      assert.equal(
        (await target.call('/notes/1', { headers: Object.entries(headers) as [string, string][] })).status,
        200,
      )
    }
    assert.equal(await target.ask('probe.polluted', {}), false)
  })
  it('tells browsers of no origin but the allowed ones that they may read', async (target) => {
    for (const origin of [
      'null',
      'https://evil.example',
      'http://app.example.com',
      'https://app.example.com:8443',
      'https://app.example.com.evil.example',
      'https://evil-app.example.com',
      'https://APP.example.com',
    ]) {
      for (const [path, method] of [
        ['/notes/1', 'GET'],
        ['/notes/9', 'GET'],
        ['/rpc/notes.mine', 'OPTIONS'],
        ['/nothing', 'GET'],
      ] as const) {
        const headers = { origin, 'access-control-request-method': 'POST' }
        const answer = await target.call(path, { method, headers })
        assert.equal(answer.headers.get('access-control-allow-origin'), null, `${method} ${path} from ${origin}`)
        await answer.text()
      }
    }
  })
})
