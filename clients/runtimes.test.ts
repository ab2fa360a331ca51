import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { after, before, describe, it, test } from 'node:test'
import { chromium, type Page } from 'playwright-core'
import { cleanEnvironment, findChromium, type Tool, tool } from '../tests/tools.ts'
import { appObjects, startWorkerd } from '../transports/testing/workerd.ts'
import { behaviours } from './testing/runtimes/behaviours.ts'
import { bundle, servePlace } from './testing/runtimes/place.ts'

const [node22, bun, deno, workers] = await Promise.all((['node22', 'bun', 'deno', 'workers'] as const).map(tool))
const browser = await findChromium()

type ServedPlace = Awaited<ReturnType<typeof servePlace>>

/** Runs something with the address of the app, and holds the client there to what it does everywhere. */
function client(runtime: string, skip: string | false, start: (place: ServedPlace) => Promise<() => Promise<unknown>>): void {
  describe(`the client on ${runtime}`, { skip }, () => {
    let place: ServedPlace
    let stop: (() => Promise<unknown>) | undefined
    before(async () => {
      place = await servePlace()
      stop = await start(place)
    })
    after(async () => {
      await stop?.()
      await place[Symbol.asyncDispose]()
    })
    for (const { name } of behaviours) {
      it(name, async () => {
        const result = (await place.reported).find((result) => result.name === name)
        assert.ok(result && !result.error, result?.error)
      })
    }
  })
}

/** @param script what is handed to it in place of the sources. */
const onProcess = (program: string, args: readonly string[], script?: () => Promise<string>) => async (place: ServedPlace) => {
  const main = script ? '-' : join(import.meta.dirname, 'testing', 'runtimes', 'on-process.ts')
  const child = spawn(program, [...args, main, place.url], { stdio: ['pipe', 'inherit', 'inherit'], env: cleanEnvironment() })
  child.stdin.end(await script?.())
  child.once('exit', (code) => place.fail(new Error(`It ended with ${code}.`)))
  return async () => child.kill()
}

const program = ({ folder }: Tool, name: string) => join(folder, 'node_modules', '.bin', name)
const sources = '--conditions=pikku-source'
const permissions = ['--allow-net', '--allow-read', '--allow-env']

client('Node 24', false, onProcess(process.execPath, [sources]))
client(
  'Node 22',
  node22.skip,
  onProcess(program(node22, 'node'), ['--input-type=module'], () => bundle('on-process.ts', ['node'])),
)
client('Bun', bun.skip, onProcess(program(bun, 'bun'), [sources]))
client('Deno', deno.skip, onProcess(program(deno, 'deno'), ['run', ...permissions, sources]))

const startWorker = async (objects?: string) =>
  startWorkerd(workers, { text: await bundle('on-workerd.ts', ['workerd', 'worker']) }, objects)

const onWorkerd = (objects?: string) => async ({ url }: ServedPlace) => {
  const served = await startWorker(objects)
  const answer = fetch(`${served.url}/?${encodeURIComponent(url)}`)
  return async () => {
    await answer.catch(() => {})
    await served.close()
  }
}

client('Cloudflare Workers', workers.skip, onWorkerd())
client('Cloudflare Workers, in a Durable Object', workers.skip, onWorkerd(appObjects))

/** What one client says in two requests. */
async function askTwice(objects?: string): Promise<string[]> {
  await using place = await servePlace()
  const served = await startWorker(objects)
  const ask = async () => (await fetch(`${served.url}/kept?${encodeURIComponent(place.url)}`)).text()
  const answers = [await ask(), await ask()]
  await served.close()
  return answers
}

test('a Durable Object keeps a socket for all of its requests', { skip: workers.skip }, async () => {
  assert.deepEqual(await askTwice(appObjects), ['kept', 'kept'])
})

test('a Worker has a socket for one request, and says so to the next', { skip: workers.skip }, async () => {
  assert.deepEqual(await askTwice(), ['kept', 'UNREACHABLE'])
})

const inChromium = (begin: (page: Page) => Promise<unknown>) => async ({ url }: ServedPlace) => {
  const chrome = await chromium.launch(browser.launch)
  const page = await chrome.newPage()
  await page.goto(`${url}/place/page`)
  await begin(page)
  return () => chrome.close()
}
const evaluate = (code: string) => inChromium((page) => page.evaluate(code))

client(
  'a page',
  browser.skip,
  inChromium((page) => page.addScriptTag({ url: '/place/script.js' })),
)
client('a Worker', browser.skip, evaluate(`void new Worker('/place/script.js')`))
client('a SharedWorker', browser.skip, evaluate(`void new SharedWorker('/place/script.js')`))
client('a ServiceWorker', browser.skip, evaluate(`navigator.serviceWorker.register('/place/script.js')`))
