import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'node:test'
import { root } from '../../tests/tools.ts'
import { serve } from '../node.ts'
import { connect } from '../testing/conformance/socket.ts'
import app from '../testing/conformance/src/app.ts'
import { setup } from '../testing/conformance/src/setup.ts'
import { Target } from '../testing/conformance/target.ts'

it('a server answers as the transcript of docs/protocol.md says, frame by frame', async () => {
  const page = await readFile(join(root, 'docs', 'protocol.md'), 'utf8')
  const [, transcript = ''] = /```text\n(< .*?)```/s.exec(page) ?? []
  const lines = transcript.trimEnd().split('\n')
  assert.ok(lines.length > 30)
  const server = await serve(app, { ...setup(), port: 0, signals: false })
  const socket = connect(new Target(server.url), { headers: { authorization: 'Bearer bob-token' } })
  const texts: string[] = []
  let wake = () => {}
  socket.on('message', (data: Buffer) => {
    texts.push(String(data))
    wake()
  })
  try {
    for (const line of lines) {
      const text = line.slice(2)
      if (line.startsWith('>')) socket.send(text)
      else {
        while (texts.length === 0) await new Promise<void>((resolve) => (wake = resolve))
        assert.match(texts.shift() ?? '', toPattern(text))
      }
    }
    assert.deepEqual(texts, [])
  } finally {
    socket.close()
    await server.close()
  }
})

function toPattern(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '[^"]*')}$`)
}
