import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it, test } from 'node:test'
import { chromium, type Page } from 'playwright-core'
import { cleanEnvironment, findChromium, root, type Tool, tool } from '../tests/tools.ts'
import { appObjects, startWorkerd } from '../transports/testing/workerd.ts'
import { behaviours } from './testing/runtimes/behaviours.ts'
import { bundle, servePlace } from './testing/runtimes/place.ts'

const [node22, bun, deno, workers] = await Promise.all([tool('node22'), tool('bun'), tool('deno'), tool('workers')])
const browser = await findChromium()

type ServedPlace = Awaited<ReturnType<typeof servePlace>>

/** Begins the suite somewhere, and gives what ends it. */
type Start = (place: ServedPlace) => Promise<() => Promise<unknown>>

/** Where the client is tried: the rows of the table in docs/client.md, with the version where the tests bring it. */
const tried: [runtime: string, version: string][] = []

function client(runtime: string, version: string, skip: string | false, start: Start): void {
  tried.push([runtime, version])
  describe(`the client in ${runtime}`, { skip }, () => {
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
const onProcess =
  (program: string, args: readonly string[], script?: () => Promise<string>): Start =>
  async (place) => {
    const main = script ? '-' : join(import.meta.dirname, 'testing', 'runtimes', 'on-process.ts')
    const child = spawn(program, [...args, main, place.url], {
      stdio: ['pipe', 'inherit', 'inherit'],
      env: cleanEnvironment(),
    })
    child.stdin.end(await script?.())
    child.once('exit', (code) => place.fail(new Error(`It ended with ${code}.`)))
    return async () => child.kill()
  }

const program = ({ folder }: Tool, name: string) => join(folder, 'node_modules', '.bin', name)

async function versionOf({ folder }: Tool, name: string): Promise<string> {
  const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'))
  return lock.packages[`node_modules/${name}`].version
}

const sources = '--conditions=pikku-source'
const permissions = ['--allow-net', '--allow-read', '--allow-env']
const bundled = () => bundle('on-process.ts', ['node'])

client('Node', '24', false, onProcess(process.execPath, [sources]))
client(
  'the oldest Node',
  await versionOf(node22, 'node'),
  node22.skip,
  onProcess(program(node22, 'node'), ['--input-type=module'], bundled),
)
client('Bun', await versionOf(bun, 'bun'), bun.skip, onProcess(program(bun, 'bun'), [sources]))
client(
  'Deno',
  await versionOf(deno, 'deno'),
  deno.skip,
  onProcess(program(deno, 'deno'), ['run', ...permissions, sources]),
)

const startWorker = async (objects?: string) =>
  startWorkerd(workers, { text: await bundle('on-workerd.ts', ['workerd', 'worker']) }, objects)

const onWorkerd =
  (objects?: string): Start =>
  async (place) => {
    const served = await startWorker(objects)
    const over = fetch(`${served.url}/?${encodeURIComponent(place.url)}`).then(() => place.fail(new Error('It ended.')))
    return async () => {
      await over
      await served.close()
    }
  }

const workerd = await versionOf(workers, 'workerd')
client('a Cloudflare Worker', workerd, workers.skip, onWorkerd())
client('a Durable Object', workerd, workers.skip, onWorkerd(appObjects))

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

test('a Cloudflare Worker has a socket for one request, and says so to the next', { skip: workers.skip }, async () => {
  assert.deepEqual(await askTwice(), ['kept', 'UNREACHABLE'])
})

const inChromium =
  (begin: (page: Page) => Promise<unknown>): Start =>
  async ({ url, fail }) => {
    const chrome = await chromium.launch(browser.launch)
    const page = await chrome.newPage()
    page.on('pageerror', fail)
    await page.goto(`${url}/place/page`)
    await begin(page)
    return () => chrome.close()
  }
const script = { url: '/place/script.js' }
const evaluate = (code: string) => inChromium((page) => page.evaluate(code))

client(
  'a page of Chromium',
  '',
  browser.skip,
  inChromium((page) => page.addScriptTag(script)),
)
client('a Worker of Chromium', '', browser.skip, evaluate(`void new Worker('${script.url}')`))
client('a SharedWorker of Chromium', '', browser.skip, evaluate(`void new SharedWorker('${script.url}')`))
client('a ServiceWorker of Chromium', '', browser.skip, evaluate(`navigator.serviceWorker.register('${script.url}')`))

test('docs/client.md tells where the client is tried', async () => {
  const page = await readFile(join(root, 'docs', 'client.md'), 'utf8')
  const rows = [...page.matchAll(/^\| in (.+?) \| (.*?) ?\| .*$/gm)].map(([, runtime, version]) => [runtime, version])
  assert.deepEqual(rows, tried)
})
