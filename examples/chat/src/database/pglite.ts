import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { PGlite, type Transaction, types } from '@electric-sql/pglite'
import type { Database, Queryable } from './index.ts'
import { toParameters } from './parameters.ts'

/** PostgreSQL inside this process, with its data in a folder; `memory://` keeps nothing. */
export async function openPglite(folder: string): Promise<Database> {
  const unlock = folder.startsWith('memory://') ? async () => {} : await lock(folder)
  const pglite = await PGlite.create(folder, { parsers: { [types.INT8]: BigInt, [types.TIMESTAMPTZ]: toDate } })
  return {
    ...queryable(pglite),
    transaction: (work) => pglite.transaction((transaction) => work(queryable(transaction))),
    async [Symbol.asyncDispose]() {
      await pglite.close()
      await unlock()
    },
  }
}

function queryable(client: PGlite | Transaction): Queryable {
  return {
    async query<Row>(sql: string, parameters?: readonly unknown[]) {
      const { rows } = await client.query<Row>(sql, toParameters(parameters))
      return rows
    },
    async run(script) {
      await client.exec(script)
    },
  }
}

/** `2026-11-22 19:20:32.803+00`; the year 1 BC of PostgreSQL is the year 0 of ISO 8601. */
function toDate(text: string): Date {
  const iso = text.replace(' ', 'T').replace(/\+00\b/, 'Z')
  return new Date(iso.endsWith(' BC') ? iso.replace(/^0001/, '0000').slice(0, -' BC'.length) : iso)
}

/** Keeps a second process out of the folder: two of them would spoil the data. Gives what lets go of it. */
async function lock(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true })
  const path = `${folder}.lock`
  for (;;) {
    try {
      await using file = await open(path, 'wx')
      await file.writeFile(String(process.pid))
      return () => rm(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = Number(await readFile(path, 'utf8').catch(() => ''))
      // A container gives its main process the same number each time, so our own number is one that was left behind.
      if (owner !== process.pid && isRunning(owner)) {
        throw new Error(`The database in ${folder} is open in process ${owner}. Stop that one, or set DATABASE_URL.`)
      }
      // Its process was killed before it could clean up.
      await rm(path, { force: true })
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
