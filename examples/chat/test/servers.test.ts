import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findChromium, findPostgres, findRedis } from '../../../tests/tools.ts'
import { openDatabase } from '../src/database/index.ts'
import { testDatabases } from './databases.ts'
import { openProxy } from './proxy.ts'
import { startServer } from './server.ts'
import { comeIn, present, said, say, shows } from './window.ts'

const [chrome, postgres, redis] = await Promise.all([findChromium(), findPostgres(), findRedis()])
const [, database] = await testDatabases()

/** How many messages each of the two writes between what happens to the servers. */
const some = 20

for (const hub of [
  { name: 'PostgreSQL', skip: chrome.skip || postgres.skip, environment: {} },
  { name: 'Redis', skip: chrome.skip || postgres.skip || redis.skip, environment: { REDIS_URL: redis.url } },
]) {
  describe(`two servers joined by ${hub.name}`, { skip: hub.skip, timeout: 300_000 }, () => {
    let browser: Browser
    before(async () => {
      browser = await chromium.launch(chrome.launch)
    })
    after(() => browser?.close())

    test('one of them is killed, and then the other: no message is lost, doubled or out of order', async () => {
      assert.ok(database)
      const { address, drop } = await database.make()
      const start = (port?: string) =>
        startServer({ DATABASE_URL: address, ...hub.environment, ...(port && { PORT: port }) })
      let first = await start()
      let second = await start()
      const again = (url: string) => start(new URL(url).port)
      try {
        await using toFirst = await openProxy([first.url, second.url])
        await using toSecond = await openProxy([second.url, first.url])
        const ada = await comeIn(browser, toFirst.url, 'Ada')
        const grace = await comeIn(browser, toSecond.url, 'Grace')
        const both = [ada, grace]
        await meets(both, ['Ada (you)', 'Grace'], ['Ada', 'Grace (you)'])

        const talk = talker(both)
        await talk()
        // Somewhere in the middle.
        await Promise.all([talk(), shows(grace, 3 * some).then(() => first.kill())])
        await Promise.all([talk(), again(first.url).then((server) => (first = server))])
        await Promise.all(both.map((page) => shows(page, 6 * some)))

        // Both are with the second one now. What Ada says arrives there, but neither its answer nor the event.
        toFirst.mute()
        await Promise.all([talk(), shows(grace, 7 * some + 1)])
        toSecond.mute()
        await second.kill()
        await talk()
        second = await again(second.url)
        await talk()

        const expected = Array.from({ length: talk.count() }, (_, index) => `${index + 1}`)
        await Promise.all(both.map((page) => shows(page, 2 * expected.length)))
        await using db = await openDatabase(address)
        const rows = await db.query<{ line: string }>(
          `select author || ': ' || text as line from messages order by number`,
        )
        const stored = rows.map(({ line }) => line)
        for (const page of both) assert.deepEqual(await said(page), stored)
        for (const name of ['Ada', 'Grace']) {
          const own = stored.filter((line) => line.startsWith(`${name}: `))
          assert.deepEqual(
            own,
            expected.map((number) => `${name}: ${number}`),
          )
        }
        await meets(both, ['Ada (you)', 'Grace'], ['Ada', 'Grace (you)'])
        await ada.close()
        await meets([grace], ['Grace (you)'])
        assert.deepEqual([await first.stop(), await second.stop()], [0, 0])
      } finally {
        for (const context of browser.contexts()) await context.close()
        await first.kill()
        await second.kill()
        await drop()
      }
    })
  })
}

/** Both write some numbers, at the same time, and go on with the next ones when they are asked again. */
function talker(pages: readonly Page[]) {
  let last = 0
  const talk = async () => {
    const from = last
    last += some
    await Promise.all(
      pages.map(async (page) => {
        for (let number = from + 1; number <= from + some; number++) await say(page, `${number}`)
      }),
    )
  }
  return Object.assign(talk, { count: () => last })
}

/** Waits until each page shows that these are there. */
async function meets(pages: readonly Page[], ...people: readonly string[][]): Promise<void> {
  for (const [index, page] of pages.entries()) {
    await page.waitForFunction(
      (expected) =>
        JSON.stringify([...document.querySelectorAll('.person-name')].map((person) => person.textContent)) === expected,
      JSON.stringify(people[index]),
    )
    assert.deepEqual(await present(page), people[index])
  }
}
