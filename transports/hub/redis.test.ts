import { randomUUID } from 'node:crypto'
import { after } from 'node:test'
import { Redis } from 'ioredis'
import { findRedis } from '../../tests/tools.ts'
import { connects } from './testing/connect.ts'
import { startProcess } from './testing/process.ts'
import { testHub } from './testing/suite.ts'
import { patient } from './testing/under-test.ts'

const { url, skip } = await findRedis()
const admin = new Redis(url, { lazyConnect: true })
after(() => admin.disconnect())

for (const client of ['ioredis', 'redis'] as const) {
  const prefix = `test:${randomUUID()}`
  testHub(`the hub on Redis, by ${client}`, {
    skip,
    idsNameTopics: true,
    create(options) {
      const { hub, name } = connects[client](url, prefix, options)
      return { hub, cut: () => cut(name) }
    },
    outage: {
      url,
      connect: (proxy, options) => connects[client](proxy, prefix, { ...patient, ...options }),
      async empty() {
        for (const key of await admin.keys(`${prefix}:*`)) await admin.del(key)
      },
    },
    enterElsewhere: (topic, member) => startProcess(client, url, prefix, topic, member),
  })
}

/** Cuts all connections of a name. */
async function cut(name: string): Promise<void> {
  const list = String(await admin.client('LIST'))
  for (const line of list.split('\n')) {
    const id = /^id=(\d+)/.exec(line)?.[1]
    if (id && line.includes(`name=${name} `)) await admin.client('KILL', 'ID', id)
  }
}
