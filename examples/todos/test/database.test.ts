import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { access, readdir, writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { type Database, openDatabase } from '../src/database/index.ts'
import { makePglite, testDatabases } from './databases.ts'

for (const { name, skip, make } of await testDatabases()) {
  describe(`the database on ${name}`, { skip }, () => {
    let db: Database
    let address: string
    let drop: () => Promise<void>
    before(async () => {
      ;({ address, drop } = await make())
      db = await openDatabase(address)
    })
    after(async () => {
      await db?.[Symbol.asyncDispose]()
      await drop?.()
    })

    test('bigints, numerics and dates come alike, in a transaction or not', async () => {
      const sql = `select 9007199254740993::bigint as big, 1.50::numeric as numeric, 'epoch'::timestamptz as date, null as nothing`
      const expected = [{ big: 9007199254740993n, numeric: '1.50', date: new Date(0), nothing: null }]
      assert.deepEqual(await db.query(sql), expected)
      assert.deepEqual(await db.transaction((db) => db.query(sql)), expected)
    })

    test('dates, nothing and text go in as they come out', async () => {
      const date = new Date('2026-11-22T21:22:23.456Z')
      const rows = await db.query('select $1::timestamptz as date, $2::text as nothing, $3::text as text', [
        date,
        undefined,
        `'; drop table users; --`,
      ])
      assert.deepEqual(rows, [{ date, nothing: null, text: `'; drop table users; --` }])
    })

    test('a transaction that throws leaves nothing behind', async () => {
      const work = db.transaction(async (db) => {
        await db.query(`insert into users (name, email, password) values ('Ada', 'ada@example.com', '')`)
        throw new Error('no')
      })
      await assert.rejects(work, /^Error: no$/)
      assert.deepEqual(await db.query('select id from users'), [])
    })

    test('a todo cannot stand in the list of somebody else', async () => {
      const insert = `insert into users (name, email, password) values ($1, $1, '') returning id`
      const [[ada], [eve]] = [
        await db.query<{ id: string }>(insert, ['ada']),
        await db.query<{ id: string }>(insert, ['eve']),
      ]
      const [list] = await db.query<{ id: string }>(
        `insert into lists (user_id, name) values ($1, 'Ada') returning id`,
        [ada?.id],
      )
      const planted = db.query(`insert into todos (user_id, list_id, title) values ($1, $2, 'Planted')`, [
        eve?.id,
        list?.id,
      ])
      await assert.rejects(planted, /foreign key/)
    })
  })
}

const [, postgres] = await testDatabases()

test('servers that start at once on a new PostgreSQL migrate it once', { skip: postgres?.skip }, async () => {
  assert.ok(postgres)
  const { address, drop } = await postgres.make()
  try {
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase(address)))
    const files = await databases[0]?.query('select file from migrations order by file')
    for (const database of databases) await database[Symbol.asyncDispose]()
    const all = await readdir(new URL('../src/database/migrations', import.meta.url))
    assert.deepEqual(
      files,
      all.sort().map((file) => ({ file })),
    )
  } finally {
    await drop()
  }
})

test('a lock that a killed process left behind keeps nobody out of the folder', async () => {
  const { address, drop } = await makePglite()
  try {
    const { pid } = spawnSync(process.execPath, ['--version'])
    await writeFile(`${address}.lock`, String(pid))
    const db = await openDatabase(address)
    assert.deepEqual(await db.query('select 1 as one'), [{ one: 1 }])
    await db[Symbol.asyncDispose]()
    await assert.rejects(access(`${address}.lock`))
  } finally {
    await drop()
  }
})
