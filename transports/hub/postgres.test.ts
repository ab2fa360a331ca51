import { randomUUID } from 'node:crypto'
import { after, before } from 'node:test'
import { PGlite } from '@electric-sql/pglite'
import { Client } from 'pg'
import { findPostgres } from '../../tests/tools.ts'
import { postgresHub } from './postgres.ts'
import { connects } from './testing/connect.ts'
import { startProcess } from './testing/process.ts'
import { testHub } from './testing/suite.ts'
import { patient } from './testing/under-test.ts'

const { url, skip } = await findPostgres()
const admin = new Client({ connectionString: url })
const prefix = `test_${randomUUID().replaceAll('-', '')}`
const tables = ['topics', 'entries', 'nodes', 'lists'].map((table) => `${prefix}_${table}`).join()
before(async () => {
  if (!skip) await admin.connect()
})
after(async () => {
  if (skip) return
  await admin.query(`drop table if exists ${tables}`)
  await admin.end()
})

testHub('the hub on PostgreSQL', {
  skip,
  idsNameTopics: true,
  create(options) {
    const { hub, name, close } = connects.postgres(url, prefix, options)
    const cut = async () => {
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [name])
    }
    return { hub, close, cut }
  },
  outage: {
    url,
    connect: (proxy, options) => connects.postgres(proxy, prefix, { ...patient, ...options }),
    empty: async () => void (await admin.query(`truncate ${tables}`)),
  },
  enterElsewhere: (topic, member) => startProcess('postgres', url, prefix, topic, member),
})

const pglite = await PGlite.create()
after(() => pglite.close())

testHub('the hub on PGlite', {
  skip: false,
  idsNameTopics: true,
  create: (options) => ({ hub: postgresHub(pglite, options) }),
})
