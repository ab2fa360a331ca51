import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type Connect, connects } from './connect.ts'

/** Starts another process, in which somebody enters a topic. */
export async function startProcess(
  kind: keyof typeof connects,
  ...args: [url: string, prefix: string, topic: string, member: string]
): Promise<ChildProcess> {
  const child = fork(import.meta.filename, [kind, ...args], { execArgv: ['--conditions=pikku-source'] })
  await once(child, 'message')
  return child
}

if (import.meta.main) {
  const [kind = '', url = '', prefix = '', topic = '', member = ''] = process.argv.slice(2)
  const connect: Connect | undefined = Object.entries(connects).find(([name]) => name === kind)?.[1]
  if (!connect) throw new Error(`There is no ${kind}.`)
  const { hub } = await connect(url, prefix, { presence: 1 })
  await hub.enter(topic, member, new AbortController())
  process.send?.('entered')
  setInterval(() => {}, 60_000)
}
