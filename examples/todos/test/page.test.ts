import assert from 'node:assert/strict'
import { mkdir, readFile } from 'node:fs/promises'
import { after, afterEach, before, describe, test } from 'node:test'
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../../tests/tools.ts'
import { makePglite } from './databases.ts'
import { ada, furnish } from './furnish.ts'
import { type RunningServer, startServer } from './server.ts'
import { createVisitor } from './visitor.ts'
import { add, call, firstList, focused, note, shows, signUp, tabTo, titles, todo } from './window.ts'

const found = await findChromium()

/** One transparent dot. */
const dotPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

describe('the page', { skip: found.skip, timeout: 300_000 }, () => {
  let database: Awaited<ReturnType<typeof makePglite>>
  let server: RunningServer
  let browser: Browser

  before(async () => {
    database = await makePglite()
    await furnish(database.address)
    server = await startServer(database.address)
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

  /** A window of its own, with its own cookies. */
  async function open(options: Parameters<Browser['newContext']>[0] = {}, url = server.url) {
    const context = await browser.newContext({ viewport: { width: 1180, height: 760 }, ...options })
    context.setDefaultTimeout(30_000)
    context.on('weberror', (error) => mistakes.push(String(error.error())))
    context.on('console', (message) => {
      // The browser itself tells of every answer that is no success.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) mistakes.push(message.text())
    })
    const page = await context.newPage()
    await page.goto(url)
    return { context, page }
  }

  /** Somebody who is signed in, in a window of their own. */
  async function person(name?: string, options?: Parameters<Browser['newContext']>[0]) {
    const window = await open(options)
    const email = await signUp(window.page, name)
    return { ...window, email }
  }

  test('a sign-up that cannot be says why beside each field, and works when put right', async () => {
    const { page } = await open()
    await page.getByRole('button', { name: 'Create an account' }).click()
    await page.getByLabel('Email').fill('nobody')
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText('What should we call you?').waitFor()
    await page.getByText('This is no email address.').waitFor()
    await page.getByText('Use at least 8 characters.').waitFor()
    const name = page.getByLabel('Name')
    assert.equal(await name.evaluate((element) => element === document.activeElement), true)
    assert.equal(await name.getAttribute('aria-invalid'), 'true')
    await name.fill('Ada')
    await page.getByText('What should we call you?').waitFor({ state: 'hidden' })
    await page.getByLabel('Email').fill(`${crypto.randomUUID()}@example.com`)
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('heading', { name: 'All todos' }).waitFor()
  })

  test('an email that is taken, and a wrong password, are told where they belong', async () => {
    const { email } = await person()
    const { page } = await open()
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill('wrong horse')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').filter({ hasText: 'The email or the password is not right.' }).waitFor()
    await page.getByRole('button', { name: 'Create an account' }).click()
    await page.getByLabel('Name').fill('Eve')
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText('Somebody has signed up with this email already.').waitFor()
    assert.equal(await page.getByLabel('Email').getAttribute('aria-invalid'), 'true')
  })

  test('a todo is added, edited, completed, taken back and deleted', async () => {
    const { page } = await person()
    await add(page, 'Water the <b>tomatoes</b>')
    await page.getByText('1 open', { exact: true }).waitFor()

    await todo(page, 'Water the <b>tomatoes</b>').click()
    await page.getByLabel('Title').fill('Water the roses')
    await page.getByLabel('Notes').fill('Both of them')
    await page.locator('.editor').getByLabel('Due', { exact: true }).fill('2020-01-02T03:04')
    await page.getByRole('button', { name: 'Save' }).click()
    await todo(page, 'Water the roses').waitFor()
    await page.getByText('Both of them').waitFor()
    await page.locator('.due-over', { hasText: 'overdue' }).waitFor()

    await page.getByRole('checkbox', { name: 'Done: Water the roses' }).click()
    await todo(page, 'Water the roses').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await todo(page, 'Water the roses').waitFor()

    await page.getByRole('button', { name: 'Delete Water the roses' }).click()
    await todo(page, 'Water the roses').waitFor({ state: 'detached' })
    await note(page, 'All clear').waitFor()
    await page.getByText('Deleted: Water the roses').waitFor()
    assert.deepEqual(await call(page, 'todos.list', {}), { items: [], total: 0 })
  })

  test('files are added to a todo, shown, saved under their names and taken away, in other windows too', async () => {
    const { page, context } = await person()
    await add(page, 'Book the ferry')
    const other = await context.newPage()
    await other.goto(server.url)
    await todo(other, 'Book the ferry').waitFor()
    await todo(page, 'Book the ferry').click()
    const files = page.getByRole('group', { name: 'Files' })
    const ticket = Buffer.from('%PDF-1.7 the ticket')
    await files.getByLabel('Add files').setInputFiles([
      { name: 'größe "1".pdf', mimeType: 'application/pdf', buffer: ticket },
      { name: 'dot.png', mimeType: 'image/png', buffer: dotPng },
    ])
    await files.getByRole('link', { name: 'dot.png' }).waitFor()
    assert.deepEqual(await files.locator('.attachment-name').allTextContents(), ['größe "1".pdf', 'dot.png'])
    assert.deepEqual(await files.locator('.attachment-size').allTextContents(), ['19 B', `${dotPng.length} B`])
    await page.waitForFunction(
      () => document.querySelector<HTMLImageElement>('.attachment-picture')?.naturalWidth === 1,
    )
    await other.getByText('2 files').waitFor()

    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      files.getByRole('link', { name: 'größe "1".pdf' }).click(),
    ])
    assert.match(saved.suggestedFilename(), /^größe .1.\.pdf$/)
    assert.deepEqual(await readFile(await saved.path()), ticket)

    await files.getByRole('button', { name: 'Remove dot.png' }).click()
    await files.getByRole('link', { name: 'dot.png' }).waitFor({ state: 'detached' })
    await other.getByText('1 file', { exact: true }).waitFor()
  })

  test('a file that is too large is refused, and says so', async () => {
    const { page } = await person()
    await add(page, 'Film the harbour')
    await todo(page, 'Film the harbour').click()
    const files = page.getByRole('group', { name: 'Files' })
    const film = { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(6_000_000) }
    await files.getByLabel('Add files').setInputFiles(film)
    await page.getByRole('alert').filter({ hasText: 'up to 5 MB' }).waitFor()
    assert.equal(await files.getByRole('link').count(), 0)
  })

  test('a title that is too long is refused beside its field, and what was written stays', async () => {
    const { page } = await person()
    await page.getByLabel('New todo').fill('x'.repeat(201))
    await page.getByLabel('New todo').press('Enter')
    await page.getByText('Use at most 200 characters.').waitFor()
    assert.equal(await page.getByLabel('New todo').inputValue(), 'x'.repeat(201))
    await page.getByLabel('New todo').fill('   ')
    await page.getByLabel('New todo').press('Enter')
    await page.getByText('What is to be done?').waitFor()
  })

  test('a due date is a Date of this time zone, and stays the same moment', async () => {
    const { page } = await person('Ada', { timezoneId: 'Pacific/Auckland', locale: 'en-GB' })
    await page.getByLabel('New todo').fill('Ferry')
    await page.locator('.composer').getByLabel('Due', { exact: true }).fill('2031-07-01T08:30')
    await page.getByLabel('New todo').press('Enter')
    await todo(page, 'Ferry').waitFor()
    const { items } = (await call(page, 'todos.list', {})) as { items: { due: string }[] }
    assert.equal(items[0]?.due, '2031-06-30T20:30:00.000Z')
    assert.match((await page.locator('.due').textContent()) ?? '', /1 Jul 2031, 8:30/)
    await todo(page, 'Ferry').click()
    assert.equal(await page.locator('.editor').getByLabel('Due', { exact: true }).inputValue(), '2031-07-01T08:30')
  })

  test('what the server refuses is taken back on the page', async () => {
    const { page } = await person()
    await add(page, 'Persistent')
    const { promise: asked, resolve } = Promise.withResolvers<void>()
    const { promise: answer, resolve: fail } = Promise.withResolvers<void>()
    await page.route('**/todos.complete', async (route) => {
      resolve()
      await answer
      const body = JSON.stringify({ code: 'INTERNAL', status: 500, detail: 'Something went wrong on the server.' })
      await route.fulfill({ status: 500, contentType: 'application/problem+json', body })
    })
    await page.route('**/todos/*/done', (route) => route.fallback())
    const check = page.getByRole('checkbox', { name: 'Done: Persistent' })
    await check.click()
    await asked
    assert.equal(await check.isChecked(), true)
    fail()
    await page.getByRole('alert').filter({ hasText: 'Something went wrong on the server.' }).waitFor()
    assert.equal(await check.isChecked(), false)
  })

  test('filters, search and order show what they say', async () => {
    const { page } = await person()
    const list = await firstList(page)
    const garden = (await call(page, 'lists.create', { name: 'Garden' })) as { id: string }
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    await call(page, 'todos.create', { list, title: 'Later', due: inDays(9) })
    await call(page, 'todos.create', { list, title: 'Sooner', due: inDays(3) })
    await call(page, 'todos.create', { list: garden.id, title: 'Overdue', due: inDays(-3) })
    const done = (await call(page, 'todos.create', { list, title: 'Finished' })) as { id: string }
    await call(page, 'todos.complete', { id: done.id })
    await todo(page, 'Finished').waitFor({ state: 'detached' })
    await shows(page, ['Overdue', 'Sooner', 'Later'])
    await page.getByLabel('Order').selectOption('By due date')
    await shows(page, ['Overdue', 'Sooner', 'Later'])
    await page.getByText('Done', { exact: true }).click()
    await shows(page, ['Finished'])
    await page.getByRole('radio', { name: 'All' }).press('Space')
    await page.getByLabel('Search').fill('OVER')
    await shows(page, ['Overdue'])
    await page.getByLabel('Search').fill('nothing like it')
    await note(page, 'Nothing here has “nothing like it” in it.').waitFor()
    await page.getByRole('link', { name: /^Today/ }).click()
    await shows(page, ['Overdue'])
    await page.getByRole('link', { name: /^Upcoming/ }).click()
    await shows(page, ['Sooner', 'Later'])
    await page.getByRole('link', { name: /^Garden/ }).click()
    await shows(page, ['Overdue'])
    assert.match(page.url(), new RegExp(`#/lists/${garden.id}$`))
  })

  test('long lists come page by page', async () => {
    const { page } = await person()
    const list = await firstList(page)
    await page.evaluate(async (list) => {
      for (let index = 1; index <= 65; index++) {
        const body = JSON.stringify({ list, title: `Todo ${index}` })
        await fetch('/rpc/todos.create', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
      }
    }, list)
    await page.reload()
    await page.getByText('65 open', { exact: true }).waitFor()
    await todo(page, 'Todo 36').waitFor()
    assert.equal((await titles(page)).length, 30)
    await page.getByRole('button', { name: 'Load more' }).click()
    await todo(page, 'Todo 6').waitFor()
    await page.getByRole('button', { name: 'Load more' }).click()
    await todo(page, 'Todo 1').waitFor()
    assert.deepEqual(
      await titles(page),
      Array.from({ length: 65 }, (_, index) => `Todo ${65 - index}`),
    )
    assert.equal(await page.getByRole('button', { name: 'Load more' }).isVisible(), false)
  })

  test('lists are made, renamed and deleted', async () => {
    const { page } = await person()
    await page.getByRole('button', { name: 'New list' }).click()
    await page.getByLabel('Name of the new list').press('Enter')
    await page.getByText('Give it a name.').waitFor()
    await page.getByLabel('Name of the new list').fill('Garden')
    await page.getByLabel('Name of the new list').press('Enter')
    await page.getByRole('heading', { name: 'Garden' }).waitFor()
    await add(page, 'Weed')
    await page.getByRole('link', { name: 'Garden 1' }).waitFor()
    await page.getByRole('button', { name: 'Rename list' }).click()
    await page.getByLabel('Name of the list').fill('Balcony')
    await page.getByLabel('Name of the list').press('Enter')
    await page.getByRole('heading', { name: 'Balcony' }).waitFor()
    await page.getByRole('button', { name: 'Delete list' }).click()
    await page.getByRole('dialog').getByText('Its todo goes with it, for good.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete list' }).click()
    await page.getByRole('heading', { name: 'All todos' }).waitFor()
    await page.getByRole('link', { name: /^Balcony/ }).waitFor({ state: 'detached' })
    await note(page, 'All clear').waitFor()
  })

  test('everything can be done from the keyboard', async () => {
    const { page } = await open()
    const { keyboard } = page
    await page.getByLabel('Email').waitFor()
    // From the email field over the password and the button to the link.
    for (let press = 0; press < 3; press++) await keyboard.press('Tab')
    await keyboard.press('Enter')
    await keyboard.type('Ada')
    await keyboard.press('Tab')
    await keyboard.type(`${crypto.randomUUID()}@example.com`)
    await keyboard.press('Tab')
    await keyboard.type('correct horse')
    await keyboard.press('Enter')
    await note(page, 'All clear').waitFor()

    await keyboard.press('n')
    await keyboard.type('First')
    await keyboard.press('Enter')
    await todo(page, 'First').waitFor()
    await keyboard.type('Second')
    await keyboard.press('Enter')
    await todo(page, 'Second').waitFor()
    await keyboard.press('Escape')

    await keyboard.press('/')
    await keyboard.type('fir')
    await todo(page, 'Second').waitFor({ state: 'detached' })
    await keyboard.press('Escape')
    await todo(page, 'Second').waitFor()
    await keyboard.press('Escape')

    await tabTo(page, 'Done: Second')
    await keyboard.press('ArrowDown')
    assert.equal(await focused(page), 'Done: First')
    await keyboard.press('Tab')
    await keyboard.press('Enter')
    assert.equal(await focused(page), 'Title')
    await keyboard.type('Never kept')
    await keyboard.press('Escape')
    assert.equal(await focused(page), 'First')
    await keyboard.press('Enter')
    await keyboard.type('The first')
    await keyboard.press('Enter')
    await todo(page, 'The first').waitFor()
    assert.equal(await focused(page), 'The first')

    await keyboard.press('Shift+Tab')
    await keyboard.press('Space')
    await todo(page, 'The first').waitFor({ state: 'detached' })
    assert.equal(await focused(page), 'Done: Second')
    await tabTo(page, 'Delete Second')
    await keyboard.press('Enter')
    await note(page, 'All clear').waitFor()

    await keyboard.press('l')
    await keyboard.type('Garden')
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Garden' }).waitFor()
    await tabTo(page, 'Sign out')
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })

  test('signing out leaves nothing, and a reload keeps who is signed in', async () => {
    const { page, email } = await person()
    await add(page, 'Stays')
    await page.reload()
    await todo(page, 'Stays').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    assert.equal((await page.textContent('body'))?.includes('Stays'), false)
    await page.reload()
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await todo(page, 'Stays').waitFor()
  })

  test('two windows of one person agree, and nobody sees what belongs to another', async () => {
    const ada = await person('Ada')
    const eve = await person('Eve')
    const second = await ada.context.newPage()
    await second.goto(server.url)
    await note(second, 'All clear').waitFor()
    await add(ada.page, 'Between us')
    await todo(second, 'Between us').waitFor()
    await second.getByRole('checkbox', { name: 'Done: Between us' }).click()
    await todo(ada.page, 'Between us').waitFor({ state: 'detached' })
    await add(ada.page, 'Only of Ada')
    await eve.page.reload()
    await note(eve.page, 'All clear').waitFor()
    assert.deepEqual(await titles(eve.page), [])
  })

  test('a window in the background lets go of its connection, and catches up when it is back', async () => {
    const { page, context } = await person()
    /** What the browser would do when another tab is chosen. */
    const show = (state: 'visible' | 'hidden') =>
      page.evaluate((state) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, value: state })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/todos/changes'))
    await show('hidden')
    await ended
    const second = await context.newPage()
    await second.goto(server.url)
    await add(second, 'Meanwhile')
    assert.deepEqual(await titles(page), [])
    await show('visible')
    await todo(page, 'Meanwhile').waitFor()
  })

  test('a page goes on by itself when the server was started again, and shows what changed meanwhile, once', async () => {
    const own = await makePglite()
    let running = await startServer(own.address)
    try {
      const { url } = running
      const { page, context } = await open({}, url)
      const email = await signUp(page)
      await add(page, 'Before')
      await page.evaluate(() => Object.assign(window, { opened: 'once' }))
      // Held until the change was made, so that no line of the page can have told of it.
      const { promise: changed, resolve: letThrough } = Promise.withResolvers<void>()
      await page.route('**/todos/changes', (route) => changed.then(() => route.continue()))

      assert.equal(await running.stop(), 0)
      running = await startServer(own.address, new URL(url).port)
      const { api } = createVisitor(url)
      await api.account.signIn({ email, password: 'correct horse' })
      const [list] = await api.lists.list()
      assert.ok(list)
      await api.todos.create({ list: list.id, title: 'Meanwhile' })
      letThrough()
      await shows(page, ['Meanwhile', 'Before'])
      await page.getByText('2 open', { exact: true }).waitFor()

      await api.todos.create({ list: list.id, title: 'After' })
      await shows(page, ['After', 'Meanwhile', 'Before'])
      await page.getByText('3 open', { exact: true }).waitFor()
      assert.equal(await page.evaluate(() => Reflect.get(window, 'opened')), 'once')
      await context.close()
    } finally {
      await running.stop()
      await own.drop()
    }
  })

  test('it fits into 360 pixels', async () => {
    const { page } = await person('Ada', { viewport: { width: 360, height: 640 } })
    await add(page, `A word that is long: ${'x'.repeat(120)}`)
    await page.locator('.todo-title').click()
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.equal(width, 360)
  })

  test('it is worth a picture, in the light and in the dark', async () => {
    const { page } = await open({ deviceScaleFactor: 1.5, locale: 'en-GB' })
    await page.getByLabel('Email').fill(ada.email)
    await page.getByLabel('Password').fill(ada.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await todo(page, 'Water the tomatoes').waitFor()
    await page.getByRole('link', { name: 'Work 2' }).waitFor()
    await page.getByText('17 done this week').waitFor()
    const folder = process.env.SCREENSHOTS
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const background = colorScheme === 'light' ? 'rgb(251, 251, 252)' : 'rgb(17, 17, 19)'
      await page.waitForFunction(
        (background) => getComputedStyle(document.documentElement).backgroundColor === background,
        background,
      )
      if (!folder) continue
      await mkdir(folder, { recursive: true })
      await page.screenshot({ path: `${folder}/todos${colorScheme === 'dark' ? '-dark' : ''}.png` })
    }
  })
})
