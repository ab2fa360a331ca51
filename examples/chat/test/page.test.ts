import assert from 'node:assert/strict'
import { mkdir, readFile } from 'node:fs/promises'
import { after, afterEach, before, describe, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../../tests/tools.ts'
import { makePglite } from './databases.ts'
import { drawing, elsewhere, furnish } from './furnish.ts'
import { type RunningServer, startServer } from './server.ts'
import { comeIn, field, message, present, said, say, shows } from './window.ts'

const found = await findChromium()

describe('the page', { skip: found.skip, timeout: 300_000 }, () => {
  let database: Awaited<ReturnType<typeof makePglite>>
  let server: RunningServer
  let browser: Browser

  before(async () => {
    database = await makePglite()
    await furnish(database.address)
    server = await startServer({ DATABASE_URL: database.address })
    browser = await chromium.launch(found.launch)
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    assert.deepEqual(mistakes.splice(0), [])
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
    await database?.drop()
  })

  /** What went wrong in any window. */
  const mistakes: string[] = []

  const enter: typeof comeIn = async (...all) => {
    const page = await comeIn(...all)
    page.context().on('weberror', (error) => mistakes.push(String(error.error())))
    return page
  }
  const open = (name: string) => enter(browser, server.url, name)

  /** A room where nobody has been, shown in these windows. */
  async function newRoom(...pages: readonly Page[]): Promise<string> {
    const name = `Room ${crypto.randomUUID().slice(0, 8)}`
    const [first] = pages
    await first?.getByRole('button', { name: 'New room' }).click()
    await first?.getByLabel('Name of the new room').fill(name)
    await first?.getByLabel('Name of the new room').press('Enter')
    for (const page of pages) {
      // Those who are there hear of it.
      await page.getByRole('link', { name }).click()
      await field(page, name).waitFor()
      await page.getByText('Nothing has been said here yet.').waitFor()
    }
    return name
  }

  // First, while there are no other rooms.
  test('looks right in the light and in the dark', async () => {
    const ada = await enter(browser, server.url, 'Ada Lovelace', { deviceScaleFactor: 1.5 })
    const [grace, katherine] = [await open('Grace Hopper'), await open('Katherine Johnson')]
    await ada
      .getByLabel('Share files')
      .setInputFiles([{ name: 'two-servers.png', mimeType: 'image/png', buffer: await picturePng(browser) }])
    await ada.getByRole('img', { name: 'two-servers.png' }).waitFor()
    await say(ada, 'Nobody should lose a word, and nobody should read one twice.')
    await say(katherine, 'Then let me count the messages.')
    await message(ada, 'Then let me count the messages.').waitFor()
    const room = grace.getByRole('link', { name: 'Design' })
    await room.click()
    await say(grace, 'The new icons are here', 'Design')
    await grace.getByRole('link', { name: 'General' }).click()
    await ada.mouse.move(0, 0)
    const folder = process.env.SCREENSHOTS
    for (const colorScheme of ['light', 'dark'] as const) {
      await field(grace).pressSequentially('I ')
      await ada.getByText('Grace Hopper is writing…').waitFor()
      await ada.getByRole('link', { name: 'Design 1 new' }).waitFor()
      await ada.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const background = colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(19, 21, 23)'
      await ada.waitForFunction(
        (background) => getComputedStyle(document.documentElement).backgroundColor === background,
        background,
      )
      if (folder) {
        await mkdir(folder, { recursive: true })
        await ada.screenshot({ path: `${folder}/chat${colorScheme === 'dark' ? '-dark' : ''}.png` })
      }
      // Who says no more is forgotten after some seconds.
      await ada.getByText('Grace Hopper is writing…').waitFor({ state: 'hidden' })
    }
  })

  test('a name is all it takes, and has to be one', async () => {
    const page = await browser.newPage()
    await page.goto(server.url)
    await page.getByRole('button', { name: 'Come in' }).click()
    await page.getByText('Type a name of 1 to 40 letters.').waitFor()
    assert.equal(await page.getByLabel('Your name').getAttribute('aria-invalid'), 'true')
    await page.getByLabel('Your name').fill('Ada')
    await page.getByLabel('Your name').press('Enter')
    await field(page).waitFor()
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
    await page.reload()
    await field(page).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Your name').waitFor()
  })

  test('two people see who is there, who writes, and what is said', async () => {
    const [ada, grace] = [await open('Ada'), await open('Grace')]
    const room = await newRoom(ada, grace)
    await ada.getByText('Grace', { exact: true }).waitFor()
    assert.deepEqual(await present(ada), ['Ada (you)', 'Grace'])
    await field(grace, room).pressSequentially('H')
    await ada.getByText('Grace is writing…').waitFor()
    await say(grace, 'Hello', room)
    await message(ada, 'Hello').waitFor()
    await ada.getByText('Grace is writing…').waitFor({ state: 'hidden' })
    await say(ada, 'Hello yourself', room)
    await message(grace, 'Hello yourself').waitFor()
    assert.deepEqual(await said(grace), ['Grace: Hello', 'Ada: Hello yourself'])
    await grace.close()
    await ada.getByText('One here').waitFor()
  })

  test('who writes before the room is open is seen writing', async () => {
    const [ada, grace] = [await open('Ada'), await open('Grace')]
    await grace.context().routeWebSocket(/./, (page) => {
      const server = page.connectToServer()
      page.onMessage((frame) => setTimeout(() => server.send(frame), 300))
    })
    await grace.reload()
    await field(grace).pressSequentially('H')
    await ada.getByText('Grace is writing…').waitFor()
  })

  test('a room that is opened while the list of all is on its way is seen', async () => {
    const [ada, grace] = [await open('Ada'), await open('Grace')]
    const [asked, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    await grace.route(/rooms\.list/, async (route) => {
      const response = await route.fetch()
      asked.resolve()
      await opened.promise
      await route.fulfill({ response })
    })
    await grace.reload()
    await asked.promise
    const room = await newRoom(ada)
    await grace.getByRole('link', { name: room }).waitFor()
    opened.resolve()
    await grace.getByRole('link', { name: 'Design' }).waitFor()
    assert.equal(await grace.getByRole('link', { name: room }).count(), 1)
  })

  test('what is said elsewhere is counted until one goes there', async () => {
    const [ada, grace] = [await open('Ada'), await open('Grace')]
    const room = await newRoom(ada, grace)
    await ada.getByRole('link', { name: 'General' }).click()
    await field(ada).waitFor()
    for (const text of ['One', 'Two']) await say(grace, text, room)
    await ada.getByRole('link', { name: `${room} 2 new` }).waitFor()
    assert.equal(await ada.title(), '(2) General · Chat')
    await ada.getByRole('link', { name: room }).click()
    await message(ada, 'Two').waitFor()
    await ada.getByRole('link', { name: `${room} 2 new` }).waitFor({ state: 'detached' })
    assert.equal(await ada.title(), `${room} · Chat`)
  })

  test('texts are texts: lines stay, markup is shown, addresses become links', async () => {
    const ada = await open('Ada <b>')
    const room = await newRoom(ada)
    await field(ada, room).fill('<img src=x onerror=alert(1)>')
    await field(ada, room).press('Shift+Enter')
    await field(ada, room).pressSequentially('see https://example.com/a?b=1.')
    await field(ada, room).press('Enter')
    await shows(ada, 1)
    const link = ada.getByRole('link', { name: 'https://example.com/a?b=1', exact: true })
    assert.equal(await link.getAttribute('rel'), 'noopener noreferrer')
    assert.deepEqual(await said(ada), ['Ada <b>: <img src=x onerror=alert(1)>\nsee https://example.com/a?b=1.'])
    assert.equal(await ada.locator('.messages img').count(), 0)
  })

  test('files are shared by a press or by dropping them, shown, and saved under their names', async () => {
    const [ada, grace] = [await open('Ada'), await open('Grace')]
    await newRoom(ada, grace)
    const notes = Buffer.from('%PDF-1.7 the notes')
    const picture = await picturePng(browser)
    await ada.getByLabel('Share files').setInputFiles([
      { name: 'größe "1".pdf', mimeType: 'application/pdf', buffer: notes },
      { name: 'servers.png', mimeType: 'image/png', buffer: picture },
    ])
    await grace.getByRole('img', { name: 'servers.png' }).waitFor()
    const width = await grace
      .getByRole('img')
      .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))
    assert.ok(width > 0)
    const saved = grace.waitForEvent('download')
    await grace.getByRole('link', { name: 'größe "1".pdf' }).click()
    const download = await saved
    assert.deepEqual(await readFile(await download.path()), notes)

    await drop(grace, 'dropped.txt', 'from a desk')
    await ada.getByRole('link', { name: 'dropped.txt 11 B' }).waitFor()
  })

  test('a file that is too large says so, and can be let go', async () => {
    const ada = await open('Ada')
    await newRoom(ada)
    const large = { name: 'large.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(5_000_001) }
    await ada.getByLabel('Share files').setInputFiles([large])
    await ada.getByText('It is too large: files may have 5 MB.').waitFor()
    await ada.getByRole('button', { name: 'Discard' }).click()
    await ada.getByText('Nothing has been said here yet.').waitFor()
  })

  test('older messages come when they are asked for, and nothing jumps', async () => {
    const ada = await open('Ada')
    const room = await newRoom(ada)
    for (let number = 1; number <= 60; number++) await say(ada, `${number}`, room)
    await shows(ada, 60)
    await ada.reload()
    await shows(ada, 50)
    assert.equal((await said(ada))[0], 'Ada: 11')
    await ada.locator('.scroller').evaluate((scroller) => scroller.scrollTo(0, 0))
    const text = ada.getByText('11', { exact: true })
    const before = await text.boundingBox()
    await ada.getByRole('button', { name: 'Show older messages' }).evaluate((button: HTMLElement) => button.click())
    await shows(ada, 60)
    const after = await text.boundingBox()
    assert.ok(before && after && Math.abs(after.y - before.y) < 2, `${before?.y} → ${after?.y}`)
    assert.deepEqual(
      await said(ada),
      Array.from({ length: 60 }, (_, index) => `Ada: ${index + 1}`),
    )
    await ada.getByRole('button', { name: 'Show older messages' }).waitFor({ state: 'hidden' })
  })

  test('what is written without a server waits, outlives the page, and is said once when there is one', async () => {
    const [ada, grace] = [await open('Ada'), await open('Grace')]
    const room = await newRoom(ada, grace)
    await say(ada, 'before', room)
    await message(grace, 'before').waitFor()
    await shows(ada, 1)
    await server.kill()
    await ada.getByText('No connection. What you write is kept').waitFor()
    await ada.getByText('Connecting…').waitFor()
    for (const text of ['first', 'second']) await say(ada, text, room)
    assert.equal(await ada.getByText('Not sent yet').count(), 2)
    await ada.getByRole('button', { name: 'Sign out' }).click()
    await ada.getByRole('alert').filter({ hasText: 'The server cannot be reached just now.' }).waitFor()
    await ada.close()
    server = await startServer({ DATABASE_URL: database.address, PORT: new URL(server.url).port })
    await grace.getByText('Connected').waitFor()

    const again = await ada.context().newPage()
    await again.goto(server.url)
    await message(grace, 'second').waitFor()
    await again.getByRole('link', { name: room }).click()
    await message(again, 'second').waitFor()
    const expected = ['Ada: before', 'Ada: first', 'Ada: second']
    assert.deepEqual([await said(grace), await said(again)], [expected, expected])
  })

  test('what a server that was started again knows no more is read again', async () => {
    const ada = await open('Ada')
    const room = await newRoom(ada)
    await say(ada, 'before', room)
    await shows(ada, 1)
    await server.kill()
    // Said while nobody could tell her, and not in the history of any hub.
    await elsewhere(database.address, new URL(ada.url()).hash.slice(1), 'meanwhile')
    server = await startServer({ DATABASE_URL: database.address, PORT: new URL(server.url).port })
    await message(ada, 'meanwhile').waitFor()
    assert.deepEqual(await said(ada), ['Ada: before', 'Katherine: meanwhile'])
  })

  test('Alt and the arrows lead from room to room, and a draft waits where it was begun', async () => {
    const ada = await open('Ada')
    await ada.getByRole('link', { name: 'Lunch' }).waitFor()
    await field(ada).fill('half a')
    await ada.keyboard.press('Alt+ArrowDown')
    await field(ada, 'Lunch').waitFor()
    assert.equal(await field(ada, 'Lunch').inputValue(), '')
    assert.equal(await ada.evaluate(() => document.activeElement?.ariaLabel), 'Write to Lunch')
    await ada.keyboard.press('Alt+ArrowUp')
    await field(ada).waitFor()
    assert.equal(await field(ada).inputValue(), 'half a')
  })
})

/** A picture of what the app is about. */
async function picturePng(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 720, height: 360 } })
  await page.setContent(drawing)
  const picture = await page.screenshot()
  await page.context().close()
  return picture
}

/** Drops a file onto the room. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([name, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], name, { type: 'text/plain' }))
      return transfer
    },
    [name, content] as const,
  )
  const main = page.getByRole('main')
  await main.dispatchEvent('dragenter', { dataTransfer })
  await page.getByText('Drop to share').waitFor()
  await main.dispatchEvent('drop', { dataTransfer })
  await page.getByText('Drop to share').waitFor({ state: 'hidden' })
}
