import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { PikkuError } from 'pikku'
import { type Database, openDatabase } from '../src/database/index.ts'
import * as account from '../src/functions/account.ts'
import * as attachments from '../src/functions/attachments.ts'
import * as lists from '../src/functions/lists.ts'
import * as todos from '../src/functions/todos.ts'
import { Hub } from '../src/hub.ts'
import type { Services } from '../src/services.ts'
import { cookie } from '../src/session.ts'
import { callOf } from './call.ts'
import { testDatabases } from './databases.ts'

const nobody = '00000000-0000-4000-8000-000000000000'

for (const { name, skip, make } of await testDatabases()) {
  describe(`the functions on ${name}`, { skip }, () => {
    let services: Services
    let drop: () => Promise<void>
    let db: Database

    before(async () => {
      const made = await make()
      drop = made.drop
      db = await openDatabase(made.address)
      services = { db, hub: new Hub() }
    })
    after(async () => {
      await db?.[Symbol.asyncDispose]()
      await drop?.()
    })

    /** Somebody who has signed up, with what is needed to call on their behalf. */
    async function person(label: string) {
      const email = `${label}-${crypto.randomUUID()}@example.com`
      const call = callOf(undefined)
      const { id } = await account.signUp(services, { name: label, email, password: 'correct horse' }, call)
      const session = await cookie.resolve(services, call.reply.cookies[0]?.value ?? '', call)
      assert.ok(session)
      const [personal] = await lists.list(services, undefined, callOf(session))
      assert.ok(personal)
      return { id, email, session, list: personal.id, call: callOf(session) }
    }

    test('a sign-up makes an account, a session and a first list', async () => {
      const ada = await person('Ada')
      assert.equal(ada.session.userId, ada.id)
      const me = await account.me(services, undefined, ada.call)
      assert.deepEqual(me, { id: ada.id, name: 'Ada', email: ada.email })
      const own = await lists.list(services, undefined, ada.call)
      assert.deepEqual(own, [{ id: ada.list, name: 'Personal', open: 0, done: 0 }])
    })

    test('an email can be used once, in capitals or not', async () => {
      const { email } = await person('Ada')
      const again = { name: 'Eve', email: email.toUpperCase(), password: 'correct horse' }
      await fails('EMAIL_TAKEN', account.signUp(services, again, callOf(undefined)))
    })

    test('signing in takes the right email and the right password', async () => {
      const { email, id } = await person('Ada')
      const wrong = { email, password: 'wrong horse' }
      await fails('WRONG_CREDENTIALS', account.signIn(services, wrong, callOf(undefined)))
      const unknown = { email: 'nobody@example.com', password: 'correct horse' }
      await fails('WRONG_CREDENTIALS', account.signIn(services, unknown, callOf(undefined)))
      const call = callOf(undefined)
      const signedIn = await account.signIn(services, { email: email.toUpperCase(), password: 'correct horse' }, call)
      assert.equal(signedIn.id, id)
      assert.equal((await cookie.resolve(services, call.reply.cookies[0]?.value ?? '', call))?.userId, id)
    })

    test('neither the password nor the token is stored', async () => {
      const call = callOf(undefined)
      const email = `${crypto.randomUUID()}@example.com`
      await account.signUp(services, { name: 'Ada', email, password: 'correct horse' }, call)
      const token = call.reply.cookies[0]?.value
      assert.ok(token && token.length >= 43)
      const stored = JSON.stringify([await db.query('select * from users'), await db.query('select * from sessions')])
      assert.ok(!stored.includes('correct horse'))
      assert.ok(!stored.includes(token))
    })

    test('signing out ends the session, and time ends it too', async () => {
      const call = callOf(undefined)
      const email = `${crypto.randomUUID()}@example.com`
      await account.signUp(services, { name: 'Ada', email, password: 'correct horse' }, call)
      const token = call.reply.cookies[0]?.value ?? ''
      const session = await cookie.resolve(services, token, callOf(undefined))
      assert.ok(session)
      const out = callOf(session)
      await account.signOut(services, undefined, out)
      assert.equal(await cookie.resolve(services, token, callOf(undefined)), undefined)
      assert.equal(out.reply.cookies[0]?.maxAge, 0)

      const later = callOf(undefined)
      await account.signIn(services, { email, password: 'correct horse' }, later)
      await db.query('update sessions set expires_at = now() where user_id = $1', [session.userId])
      assert.equal(await cookie.resolve(services, later.reply.cookies[0]?.value ?? '', later), undefined)
    })

    test('signing in ends the session that was there before', async () => {
      const { email, session } = await person('Ada')
      const call = callOf(session)
      await account.signIn(services, { email, password: 'correct horse' }, call)
      const token = call.reply.cookies[0]?.value ?? ''
      assert.equal((await cookie.resolve(services, token, call))?.userId, session.userId)
      const open = await db.query('select id from sessions where user_id = $1', [session.userId])
      assert.equal(open.length, 1)
    })

    test('a session that is used in its second half lasts as long again', async () => {
      const call = callOf(undefined)
      const email = `${crypto.randomUUID()}@example.com`
      const { id } = await account.signUp(services, { name: 'Ada', email, password: 'correct horse' }, call)
      const token = call.reply.cookies[0]?.value ?? ''
      const left = async () => {
        const days = 'select round(extract(epoch from expires_at - now()) / 86400)::int as days from sessions'
        return (await db.query<{ days: number }>(`${days} where user_id = $1`, [id]))[0]?.days
      }
      const early = callOf(undefined)
      await cookie.resolve(services, token, early)
      assert.deepEqual([early.reply.cookies.length, await left()], [0, 30])
      await db.query(`update sessions set expires_at = now() + interval '14 days' where user_id = $1`, [id])
      const late = callOf(undefined)
      await cookie.resolve(services, token, late)
      assert.deepEqual([late.reply.cookies[0]?.value, await left()], [token, 30])
    })

    test('a todo comes back as it was given, with its date to the millisecond', async () => {
      const { call, list } = await person('Ada')
      const due = new Date('2026-12-24T18:30:00.123Z')
      const made = await todos.create(services, { list, title: '  Tree ', notes: 'a green one', due }, call)
      assert.equal(made.title, 'Tree')
      assert.deepEqual(made.due, due)
      assert.equal(made.done, false)
      assert.ok(made.createdAt instanceof Date)
      assert.deepEqual(await todos.get(services, { id: made.id }, call), made)
    })

    test('texts and dates at the edge of what PostgreSQL knows are stored', async () => {
      const { call, list } = await person('Ada')
      const due = new Date('0000-01-01T00:00:00.000Z')
      const { id } = await todos.create(services, { list, title: `nul \0 and 'quote'; -- 🌍`, due }, call)
      const { title, due: stored } = await todos.get(services, { id }, call)
      assert.equal(title, `nul  and 'quote'; -- 🌍`)
      assert.equal(stored?.getTime(), due.getTime())
    })

    test('a patch changes what it names, and null takes the date away', async () => {
      const { call, list } = await person('Ada')
      const { id, ...before } = await todos.create(services, { list, title: 'Tree', due: new Date(0) }, call)
      assert.deepEqual(await todos.update(services, { id, notes: 'small' }, call), { id, ...before, notes: 'small' })
      const renamed = await todos.update(services, { id, title: 'Bush', due: null }, call)
      assert.equal(renamed.title, 'Bush')
      assert.equal('due' in renamed, false)
      assert.equal(renamed.notes, 'small')
      const other = await lists.create(services, { name: 'Garden' }, call)
      assert.equal((await todos.update(services, { id, list: other.id }, call)).list, other.id)
    })

    test('a todo is completed once, and can be reopened', async () => {
      const { call, list } = await person('Ada')
      const { id } = await todos.create(services, { list, title: 'Tree' }, call)
      const done = await todos.complete(services, { id }, call)
      assert.ok(done.done && done.doneAt)
      assert.deepEqual(await todos.complete(services, { id }, call), done)
      const reopened = await todos.reopen(services, { id }, call)
      assert.equal(reopened.done, false)
      assert.equal('doneAt' in reopened, false)
    })

    test('filters narrow the list down', async () => {
      const { call, list } = await person('Ada')
      const garden = await lists.create(services, { name: 'Garden' }, call)
      const day = (number: number) => new Date(Date.UTC(2026, 11, number))
      await todos.create(services, { list, title: 'Buy 100% milk', due: day(1) }, call)
      const bread = await todos.create(services, { list, title: 'Bread', notes: 'from MILKA', due: day(2) }, call)
      await todos.create(services, { list: garden.id, title: 'Water it', due: day(3) }, call)
      await todos.complete(services, { id: bread.id }, call)
      const titles = async (query: todos.TodoQuery) =>
        (await todos.list(services, query, call)).items.map(({ title }) => title)
      // What was added at one moment, or before the clock was set back, stands in any order.
      const found = async (query: todos.TodoQuery) => (await titles(query)).sort()
      assert.deepEqual(await found({}), ['Bread', 'Buy 100% milk', 'Water it'])
      assert.deepEqual(await titles({ list: garden.id }), ['Water it'])
      assert.deepEqual(await titles({ done: true }), ['Bread'])
      assert.deepEqual(await found({ done: false }), ['Buy 100% milk', 'Water it'])
      assert.deepEqual(await found({ search: 'milk' }), ['Bread', 'Buy 100% milk'])
      assert.deepEqual(await titles({ search: '0%' }), ['Buy 100% milk'])
      assert.deepEqual(await titles({ search: '_' }), [])
      assert.deepEqual(await titles({ dueFrom: day(2), dueBefore: day(3) }), ['Bread'])
      assert.deepEqual(await titles({ sort: 'due' }), ['Buy 100% milk', 'Bread', 'Water it'])
    })

    for (const sort of ['added', 'due'] as const) {
      test(`pages sorted by ${sort} have every todo once, even when others come and go meanwhile`, async () => {
        const { call, list } = await person('Ada')
        const made: string[] = []
        for (let index = 0; index < 7; index++) {
          // Some share their date, some have none: the order must hold all the same.
          const due = index % 3 === 0 ? {} : { due: new Date(Date.UTC(2026, 11, 1 + (index % 2))) }
          made.push((await todos.create(services, { list, title: `Todo ${index}`, ...due }, call)).id)
        }
        const seen: string[] = []
        let cursor: string | undefined
        do {
          const page: todos.Page<todos.Todo> = await todos.list(
            services,
            { sort, limit: 2, ...(cursor && { cursor }) },
            call,
          )
          if (cursor === undefined) assert.equal(page.total, 7)
          seen.push(...page.items.map(({ id }) => id))
          cursor = page.next
          // The one that the cursor points at goes away.
          if (seen.length === 2) await todos.remove(services, { id: seen[1] ?? '' }, call)
        } while (cursor)
        assert.equal(seen.length, 7)
        assert.deepEqual(seen.toSorted(), made.toSorted())
      })
    }

    test('a cursor that was tampered with, or of another order, is refused', async () => {
      const { call, list } = await person('Ada')
      for (const title of ['One', 'Two']) await todos.create(services, { list, title }, call)
      const { next } = await todos.list(services, { limit: 1 }, call)
      assert.ok(next)
      const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      for (const cursor of [
        '',
        'x',
        '💥',
        forged(['added', 'now()', nobody]),
        forged(['added', 'infinity', `'`]),
        forged(1),
      ]) {
        await fails('INVALID_CURSOR', todos.list(services, { cursor }, call))
      }
      await fails('INVALID_CURSOR', todos.list(services, { cursor: next, sort: 'due' }, call))
    })

    test('a list holds 500 todos', async () => {
      const { call, list, id } = await person('Ada')
      await db.query(
        `insert into todos (user_id, list_id, title) select $1, $2, 'Todo ' || n from generate_series(1, 499) n`,
        [id, list],
      )
      const last = await todos.create(services, { list, title: 'The last' }, call)
      const error = await fails('LIST_FULL', todos.create(services, { list, title: 'One too many' }, call))
      assert.deepEqual(error.data, { limit: 500 })
      assert.equal((await todos.update(services, { id: last.id, list }, call)).id, last.id)
      const other = await lists.create(services, { name: 'Other' }, call)
      const { id: moving } = await todos.create(services, { list: other.id, title: 'Moving' }, call)
      await fails('LIST_FULL', todos.update(services, { id: moving, list }, call))
    })

    test('lists are made, renamed, counted and removed with what is in them', async () => {
      const { call } = await person('Ada')
      const garden = await lists.create(services, { name: ' Garden ' }, call)
      assert.deepEqual(garden, { id: garden.id, name: 'Garden', open: 0, done: 0 })
      for (const title of ['Water', 'Weed']) await todos.create(services, { list: garden.id, title }, call)
      const [weed] = (await todos.list(services, { search: 'weed' }, call)).items
      await todos.complete(services, { id: weed?.id ?? '' }, call)
      const renamed = await lists.rename(services, { id: garden.id, name: 'Balcony' }, call)
      assert.deepEqual(renamed, { id: garden.id, name: 'Balcony', open: 1, done: 1 })
      await lists.remove(services, { id: garden.id }, call)
      assert.deepEqual((await todos.list(services, {}, call)).items, [])
      await fails('NOT_FOUND', lists.remove(services, { id: garden.id }, call))
    })

    test('there are at most 50 lists', async () => {
      const { call, id } = await person('Ada')
      await db.query(`insert into lists (user_id, name) select $1, 'List ' || n from generate_series(1, 49) n`, [id])
      const error = await fails('TOO_MANY_LISTS', lists.create(services, { name: 'One more' }, call))
      assert.deepEqual(error.data, { limit: 50 })
    })

    test('nobody reads or changes what belongs to somebody else', async () => {
      const ada = await person('Ada')
      const eve = await person('Eve')
      const { id } = await todos.create(services, { list: ada.list, title: 'Secret' }, ada.call)
      const before = await todos.get(services, { id }, ada.call)
      assert.deepEqual((await todos.list(services, {}, eve.call)).items, [])
      assert.deepEqual((await todos.list(services, { list: ada.list }, eve.call)).items, [])
      for (const call of [todos.get, todos.complete, todos.reopen]) {
        const error = await fails('NOT_FOUND', call(services, { id }, eve.call))
        assert.deepEqual(error.data, { id })
      }
      await fails('NOT_FOUND', todos.remove(services, { id }, eve.call))
      await fails('NOT_FOUND', todos.update(services, { id, title: 'Mine' }, eve.call))
      await fails('NOT_FOUND', todos.update(services, { id, list: eve.list }, eve.call))
      await fails('NOT_FOUND', todos.create(services, { list: ada.list, title: 'Planted' }, eve.call))
      await fails('NOT_FOUND', lists.rename(services, { id: ada.list, name: 'Mine' }, eve.call))
      await fails('NOT_FOUND', lists.remove(services, { id: ada.list }, eve.call))
      const own = await todos.create(services, { list: eve.list, title: 'Own' }, eve.call)
      await fails('NOT_FOUND', todos.update(services, { id: own.id, list: ada.list }, eve.call))
      assert.deepEqual(await todos.get(services, { id }, ada.call), before)
    })

    test('the figures count what is open, overdue and done by day of a time zone', async () => {
      const { call, list } = await person('Ada')
      for (const due of [new Date(0), new Date('9999-01-01')])
        await todos.create(services, { list, title: 'Open', due }, call)
      const { id } = await todos.create(services, { list, title: 'Done' }, call)
      const { doneAt } = await todos.complete(services, { id }, call)
      const timeZone = 'Pacific/Kiritimati'
      const day = new Intl.DateTimeFormat('sv', { timeZone }).format(doneAt)
      const stats = await todos.stats(services, { timeZone }, call)
      assert.deepEqual(stats, { open: 2, overdue: 1, doneByDay: new Map([[day, 1]]) })
      const error = await fails('UNKNOWN_TIME_ZONE', todos.stats(services, { timeZone: 'Mars/Base' }, call))
      assert.deepEqual(error.data, { timeZone: 'Mars/Base' })
    })

    test('who watches sees their own changes, and the end of the call ends it', async () => {
      const ada = await person('Ada')
      const eve = await person('Eve')
      const leaving = new AbortController()
      const changes = todos.watch(services, undefined, { ...ada.call, signal: leaving.signal })
      assert.deepEqual((await changes.next()).value?.value, { type: 'ready' })
      const first = changes.next()
      await todos.create(services, { list: eve.list, title: 'Of Eve' }, eve.call)
      const todo = await todos.create(services, { list: ada.list, title: 'Of Ada' }, ada.call)
      assert.deepEqual((await first).value?.value, { type: 'saved', todo })
      await todos.remove(services, { id: todo.id }, ada.call)
      assert.deepEqual((await changes.next()).value?.value, { type: 'removed', id: todo.id })
      const last = changes.next()
      leaving.abort()
      assert.equal((await last).done, true)
    })

    test('files of a todo are kept as they are, counted with it, and nobody else reaches them', async () => {
      const ada = await person('Ada')
      const eve = await person('Eve')
      const todo = await todos.create(services, { list: ada.list, title: 'Ferry' }, ada.call)
      assert.equal(todo.attachments, 0)
      const bytes = Uint8Array.from({ length: 300 }, (_, at) => at % 256)
      const file = new File([bytes], 'ü/x.bin', { type: 'application/x-own' })
      const added = await attachments.add(services, { todo: todo.id, file }, ada.call)
      assert.deepEqual(added, { id: added.id, name: 'ü/x.bin', type: 'application/x-own', size: 300 })
      assert.deepEqual(await attachments.list(services, { todo: todo.id }, ada.call), [added])
      assert.equal((await todos.get(services, { id: todo.id }, ada.call)).attachments, 1)
      const found = await attachments.download(services, { id: added.id }, ada.call)
      assert.deepEqual([found.name, found.type], ['ü/x.bin', 'application/x-own'])
      assert.deepEqual(new Uint8Array(await found.arrayBuffer()), bytes)

      await fails('NOT_FOUND', attachments.add(services, { todo: todo.id, file }, eve.call))
      await fails('NOT_FOUND', attachments.list(services, { todo: todo.id }, eve.call))
      await fails('NOT_FOUND', attachments.download(services, { id: added.id }, eve.call))
      await fails('NOT_FOUND', attachments.remove(services, { id: added.id }, eve.call))

      for (let more = 1; more < attachments.attachmentLimit; more++) {
        await attachments.add(services, { todo: todo.id, file }, ada.call)
      }
      await fails('TOO_MANY_ATTACHMENTS', attachments.add(services, { todo: todo.id, file }, ada.call))
      await attachments.remove(services, { id: added.id }, ada.call)
      await fails('NOT_FOUND', attachments.download(services, { id: added.id }, ada.call))
      assert.equal((await todos.get(services, { id: todo.id }, ada.call)).attachments, 9)
      await todos.remove(services, { id: todo.id }, ada.call)
      await fails('NOT_FOUND', attachments.list(services, { todo: todo.id }, ada.call))
    })
  })
}

async function fails(code: string, promise: Promise<unknown>): Promise<PikkuError> {
  const error = await promise.then(
    () => assert.fail(`It worked, and should have answered ${code}.`),
    (error: unknown) => error,
  )
  assert.ok(error instanceof PikkuError, String(error))
  assert.equal(error.code, code)
  return error
}
