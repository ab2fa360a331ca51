import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { smallApp, TemporaryProject } from './testing/project.ts'

const limit = { timeout: 90_000 }
const rooms = `import { type } from 'pikku'
import { channel, func } from '../pikku.ts'

/** A room, where people talk. */
export const room = channel({
  events: type<{ posted: { text: string; at: Date } }>(),
  connect: async (_services, _params: { room: string }) => {},
  messages: {
    say: async (_services, { text }: { text: string }, { channel }) => {
      await channel.send('posted', { text, at: new Date() })
      return { room: channel.params.room }
    },
    clear: func({ idempotency: true }, async () => {}),
  },
})
`
const app = `import * as rooms from './functions/rooms.ts'
${smallApp['src/app.ts']?.replace('rpc: { todos }', "rpc: { todos, rooms },\n  channels: { '/rooms/:room': rooms.room }")}`
const files = {
  ...smallApp,
  'src/pikku.ts': smallApp['src/pikku.ts']?.replace('{ func,', '{ func, channel,') ?? '',
  'src/functions/rooms.ts': rooms,
  'src/app.ts': app,
}

describe('pikku contracts of an app with channels', { concurrency: 2 }, () => {
  test('writes their contracts, a client that opens them and an AsyncAPI document', limit, async () => {
    using project = new TemporaryProject(files)
    const { code, stdout, stderr } = await project.run(['contracts'])
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^✓ 2 operations, 1 channel, 1 type: /m)
    const read = (name: string): string => readFileSync(project.path(`contracts/${name}`), 'utf8')
    assert.match(read('index.ts'), /name: 'rooms\.room\.say'/)
    assert.match(read('rooms.ts'), /export interface RoomPostedEvent/)
    assert.match(read('client.ts'), /'\/rooms\/:room': \{ e: \{ posted: \['o', \{ at: 'd' \}\] \}/)
    assert.equal(JSON.parse(read('asyncapi.json')).info.title, 'small')
    assert.deepEqual(Object.keys(JSON.parse(read('contract.json')).channels), ['rooms.room'])
    // What uses the client is checked with the rest of the project.
    project.write(
      'src/page.ts',
      `import { createClient } from '../contracts/client.ts'
const room = createClient('').channel('/rooms/:room', { room: '7' })
room.on('posted', ({ at }) => at.getTime())
export const said: Promise<{ room: string }> = room.send('say', { text: 'hello' })
`,
    )
    assert.equal((await project.run(['contracts', '--check'])).code, 0)

    project.write('src/app.ts', smallApp['src/app.ts'] ?? '')
    project.write('src/page.ts', '')
    const without = await project.run(['contracts'])
    assert.match(without.stdout, /^ {2}- contracts\/asyncapi\.json$/m)
    assert.ok(!existsSync(project.path('contracts/asyncapi.json')))
  })

  test('are written again when the file of one is edited', limit, async () => {
    using project = new TemporaryProject(files)
    const watch = project.start(['contracts', '--watch'])
    await watch.until(/Watching/)
    project.write('src/functions/rooms.ts', rooms.replace('{ room: channel.params.room }', '{ said: text }'))
    await watch.until(/✓ .*~ asyncapi\.json .*~ rooms\.ts.*\n/)
    assert.match(readFileSync(project.path('contracts/rooms.ts'), 'utf8'), /said: string/)
    project.write('src/functions/rooms.ts', rooms.replace('clear:', 'connect:'))
    await watch.until(/PK1011[\s\S]*Nothing was written\.\n/)
    project.write('src/functions/rooms.ts', rooms.replace('at: Date }', 'at: Date; more?: Date | string }'))
    await watch.until(/PK2008[\s\S]*Nothing was written\.\n/)
    project.write('src/functions/rooms.ts', rooms.replace('clear:', 'purge:'))
    await watch.until(/✓ .*~ index\.ts.*\n/)
    assert.match(readFileSync(project.path('contracts/index.ts'), 'utf8'), /rooms\.room\.purge/)
    assert.equal((await watch.stop()).code, 0)
  })
})
