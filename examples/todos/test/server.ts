import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The app, as `npm start` runs it. */
export interface RunningServer {
  readonly url: string
  /** Stops it as a terminal would, and gives the exit code. */
  stop(): Promise<number | null>
}

const entry = fileURLToPath(new URL('../src/server.ts', import.meta.url))

/** Starts the server, on any free port when none is named, and resolves when it says where. */
export async function startServer(database: string, port = '0'): Promise<RunningServer> {
  const child = run({ PORT: port, DATABASE_URL: database })
  const exited = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    let printed = ''
    const listen = (text: string) => {
      printed += text
      const found = /http:\/\/localhost:\d+/.exec(printed)
      if (found) resolve(found[0])
    }
    child.stdout.setEncoding('utf8').on('data', listen)
    child.stderr.setEncoding('utf8').on('data', listen)
    exited.then(() => reject(new Error(`The server ended before it was ready:\n${printed}`)), reject)
  })
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      const [code] = await exited
      return code
    },
  }
}

/** Starts the server and gives what it printed when it has ended. */
export async function runToEnd(environment: Record<string, string>): Promise<{ code: number | null; printed: string }> {
  const child = run(environment)
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text))
  const [code] = await once(child, 'close')
  return { code, printed }
}

function run(environment: Record<string, string>) {
  return spawn(process.execPath, ['--conditions=pikku-source', entry], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
}
