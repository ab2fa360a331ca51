import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Tool } from '../../../tests/tools.ts'

/** Prism in front of a server: it compares what passes with the server's document. */
export interface PrismProxy {
  readonly url: string
  stop(): Promise<void>
}

/** Starts Prism on any free port. With `--errors` it refuses what the document does not describe. */
export async function startPrism(
  prism: Tool,
  document: string,
  server: string,
  flags: string[] = [],
): Promise<PrismProxy> {
  const program = join(prism.folder, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js')
  const child = spawn(process.execPath, [program, 'proxy', document, server, '--port', '0', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    let printed = ''
    const listen = (text: string) => {
      printed += text
      const [found] = /(?<=listening on )http:\S+:[1-9]\d*/.exec(printed) ?? []
      if (found) resolve(found)
    }
    child.stdout.setEncoding('utf8').on('data', listen)
    child.stderr.setEncoding('utf8').on('data', listen)
    exited.then(() => reject(new Error(`Prism ended before it was ready:\n${printed}`)), reject)
  })
  return {
    url,
    async stop() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** What the document does not describe: `request.path.id must match format "uuid"`. */
export async function violationsOf(response: Response): Promise<string[]> {
  const told = response.headers.get('sl-violations')
  const found: Violation[] = told === null ? await refusalOf(response) : JSON.parse(told)
  return found.map(({ location, message }) => `${location.join('.')} ${message}`)
}

/** Of a request that Prism lets not through it says in the body what is wrong. */
async function refusalOf(response: Response): Promise<Violation[]> {
  if (response.headers.get('content-type') !== 'application/problem+json') return []
  const { type, title, validation = [{ location: ['request'], message: title }] } = await response.clone().json()
  return type.startsWith('https://stoplight.io/') ? validation : []
}

interface Violation {
  readonly location: readonly string[]
  readonly message: string
}
