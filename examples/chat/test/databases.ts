import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { findPostgres } from '../../../tests/tools.ts'

/** A database to run tests on. */
export interface TestDatabase {
  readonly name: string
  /** `false` when it is there, otherwise what is missing. */
  readonly skip: string | false
  /** Makes a new, empty one, and gives its address and what removes it. */
  make(): Promise<{ address: string; drop: () => Promise<void> }>
}

/** PGlite, and PostgreSQL where there is one: everything must be the same on both. */
export async function testDatabases(): Promise<readonly TestDatabase[]> {
  const postgres = await findPostgres()
  return [
    { name: 'PGlite', skip: false, make: makePglite },
    { name: 'PostgreSQL', skip: postgres.skip, make: () => makePostgres(postgres.url) },
  ]
}

/** A folder of its own for PGlite. */
export async function makePglite() {
  const folder = await mkdtemp(join(tmpdir(), 'chat-'))
  return { address: join(folder, 'data'), drop: () => rm(folder, { recursive: true, force: true }) }
}

async function makePostgres(server: string) {
  const name = `chat_${randomUUID().replaceAll('-', '')}`
  await run(server, `create database ${name}`)
  const address = new URL(server)
  address.pathname = name
  return { address: address.href, drop: () => run(server, `drop database ${name} with (force)`) }
}

async function run(server: string, sql: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  await client.query(sql)
  await client.end()
}
