import { readdir, readFile } from 'node:fs/promises'
import type { Database } from './index.ts'

const folder = new URL('./migrations/', import.meta.url)

/** Any number of our own: whoever holds it migrates, and other processes that start meanwhile wait. */
const lock = 7_045_002

/** Runs the files of `migrations/` that this database has not seen, in order, all of them or none. */
export async function migrate(db: Database): Promise<void> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  await db.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [lock])
    await transaction.run(
      'create table if not exists migrations (file text primary key, ran_at timestamptz not null default now())',
    )
    const ran = new Set(
      (await transaction.query<{ file: string }>('select file from migrations')).map(({ file }) => file),
    )
    for (const file of files) {
      if (ran.has(file)) continue
      await transaction.run(await readFile(new URL(file, folder), 'utf8'))
      await transaction.query('insert into migrations (file) values ($1)', [file])
    }
  })
}
