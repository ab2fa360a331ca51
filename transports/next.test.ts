import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { printedUrl } from '../tests/readme.ts'
import { cleanEnvironment, finished, tool } from '../tests/tools.ts'
import { conformance, type Served } from './conformance.ts'

const { skip, folder } = await tool('next')
const next = join(folder, 'node_modules', 'next', 'dist', 'bin', 'next')
const env = { ...cleanEnvironment(), NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' }

/** The built app of `tests/tools/next`, served. */
async function start(): Promise<Served> {
  await built()
  const server = spawn(process.execPath, [next, 'start', '--port', '0'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await printedUrl(server.stdout)
  server.stdout.resume()
  return {
    url,
    async close() {
      const ended = once(server, 'exit')
      server.kill()
      await ended
    },
  }
}

let building: Promise<void> | undefined
function built(): Promise<void> {
  building ??= finished(process.execPath, [next, 'build'], { cwd: folder, env }).then(({ code, stdout, stderr }) =>
    assert.equal(code, 0, stdout + stderr),
  )
  return building
}

conformance('Next.js 16', { skip, start })

describe('a caller in Next.js', { skip }, () => {
  it('gives components values, typed errors and the session of the request; actions set cookies', async (context) => {
    const { url, close } = await start()
    context.after(close)
    const page = `${url}/page-of-notes`
    const read = async (headers: Record<string, string> = {}) => (await fetch(page, { headers })).text()
    assert.match(await read(), /date true, missing NOTE_MISSING none, user UNAUTHENTICATED/)
    assert.match(await read({ cookie: 'sid=ann' }), /user ann/)
    assert.match(await read({ authorization: 'Bearer bob-token', 'sec-fetch-site': 'cross-site' }), /user bob/)
    // Who follows a link of another site is signed in all the same.
    assert.match(await read({ cookie: 'sid=ann', 'sec-fetch-site': 'cross-site' }), /user ann/)

    const [signIn = '', write = ''] = (await read()).match(/\$ACTION_ID_\w+/g) ?? []
    const submit = (action: string, text: string, headers: Record<string, string> = {}) => {
      const body = new FormData()
      body.set(action, '')
      body.set('text', text)
      return fetch(page, { method: 'POST', body, headers: { origin: url, ...headers } })
    }
    const signedIn = await submit(signIn, '')
    assert.match(signedIn.headers.getSetCookie().join(), /^sid=ann; Path=\/; HttpOnly; SameSite=lax$/i)
    assert.match(await signedIn.text(), /user ann/)

    assert.equal((await submit(write, 'written', { cookie: 'sid=ann' })).status, 200)
    assert.deepEqual(await (await fetch(`${url}/notes/of-page`)).json(), { id: 'of-page', text: 'written' })
  })
})
