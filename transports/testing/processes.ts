import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { cleanEnvironment } from '../../tests/tools.ts'
import type { Served } from '../conformance.ts'

/** Runs a server, and resolves when it has printed where it listens. Closing it asks it to end, and holds it to that. */
export async function startProcess(
  program: string,
  args: readonly string[],
  exitCode: number | null = 0,
): Promise<Served> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...cleanEnvironment(), NO_COLOR: '1' },
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  const ended = once(child, 'exit')
  const port = await printedPort(child.stdout)
  assert.ok(port, `The server ended without saying where it listens.\n${complaints}`)
  child.stdout.resume()
  return {
    url: `http://localhost:${port}`,
    async close() {
      child.kill('SIGTERM')
      const [code] = await ended
      assert.equal(code, exitCode, complaints)
    },
  }
}

/** From an address, or from what workerd says of itself: `{"event":"listen","socket":"http","port":8080}`. */
async function printedPort(output: NodeJS.ReadableStream): Promise<string | undefined> {
  for await (const line of createInterface({ input: output })) {
    const [, port] = /(?:"port":|:\/\/[^/\s]+:)(\d+)/.exec(line) ?? []
    if (port) return port
  }
  return undefined
}
