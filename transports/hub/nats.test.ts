import { randomUUID } from 'node:crypto'
import { after } from 'node:test'
import { connect } from '@nats-io/transport-node'
import { findNats } from '../../tests/tools.ts'
import type { HubOptions } from './create-hub.ts'
import { connects } from './testing/connect.ts'
import { startProcess } from './testing/process.ts'
import { testHub } from './testing/suite.ts'
import { patient } from './testing/under-test.ts'

const { url, skip } = await findNats()
const run = randomUUID().slice(0, 8)
/** Hubs with settings of their own have streams of their own: those of a stream are one for all who use it. */
const prefixes = new Map<string, string>()

function toPrefix({ history, presence }: HubOptions = {}): string {
  const key = JSON.stringify([history, presence])
  const prefix = prefixes.get(key) ?? `test_${run}_${prefixes.size}`
  prefixes.set(key, prefix)
  return prefix
}

async function empty(): Promise<void> {
  await using connection = await connect({ servers: url })
  for (const name of [...prefixes.values()].flatMap((prefix) => [prefix, `${prefix}_nodes`, `${prefix}_lists`])) {
    await connection.request(`$JS.API.STREAM.DELETE.${name}`)
  }
}
after(() => skip || empty())

testHub('the hub on NATS', {
  skip,
  idsNameTopics: false,
  async create(options) {
    const { hub, connection, close } = await connects.nats(url, toPrefix(options), options)
    return { hub, close, cut: () => connection.reconnect() }
  },
  outage: {
    url,
    connect: (proxy, options) => connects.nats(proxy, toPrefix(options), { ...patient, ...options }),
    empty,
  },
  enterElsewhere: (topic, member) => startProcess('nats', url, toPrefix({ presence: 1 }), topic, member),
})
