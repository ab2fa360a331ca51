import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Page } from './markdown.ts'
import { cleanEnvironment, finished } from './tools.ts'

/** The address in the README, which a test replaces so that it needs no certain port. */
const port = 'port: 3000'
const address = 'http://localhost:3000'

/** What the README says its client prints: the text below it. */
export function promisedOutput({ fences }: Page): string {
  const client = fences.findIndex(({ file }) => file === 'web/main.ts')
  const output = fences[client + 1]
  assert.equal(output?.language, 'text', 'The README shows what its client prints right below the client.')
  return output.text
}

/** Starts the README's server in a folder that has its files, runs its client, and returns what the client printed. */
export async function runReadme(folder: string, node: string, flags: readonly string[] = []): Promise<string> {
  await replace(join(folder, 'src/server.ts'), port, 'port: 0')
  const env = cleanEnvironment()
  const server = spawn(node, [...flags, 'src/server.ts'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const url = await printedUrl(server.stdout)
    await replace(join(folder, 'web/main.ts'), address, url)
    const { code, stdout, stderr } = await finished(node, [...flags, 'web/main.ts'], { cwd: folder, env })
    assert.equal(code, 0, stderr)
    await replace(join(folder, 'web/main.ts'), url, address)
    return stdout
  } finally {
    await replace(join(folder, 'src/server.ts'), 'port: 0', port)
    if (server.exitCode === null) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
  }
}

/** The first address in what a process prints. */
export async function printedUrl(output: NodeJS.ReadableStream): Promise<string> {
  let printed = ''
  for await (const line of createInterface({ input: output })) {
    printed += `${line}\n`
    const [url] = /http:\/\/[\w.:-]+/.exec(line) ?? []
    if (url) return url
  }
  throw new Error(`The server ended without an address. It printed:\n${printed}`)
}

async function replace(file: string, what: string, by: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  assert.ok(text.includes(what), `${file} has ${what}`)
  await writeFile(file, text.replaceAll(what, by))
}
