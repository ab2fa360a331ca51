import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The app, as `npm start` runs it. */
export interface RunningServer {
  readonly url: string
  /** Stops it as a terminal would, and gives the exit code. */
  stop(): Promise<number | null>
  /** Ends it at once, as a machine does that fails. */
  kill(): Promise<void>
}

const entry = fileURLToPath(new URL('../src/server.ts', import.meta.url))

/** Starts the server, on any free port unless the environment names one, and resolves when it says where. */
export async function startServer(environment: Readonly<Record<string, string>>): Promise<RunningServer> {
  const child = spawn(process.execPath, ['--conditions=pikku-source', entry], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: '0', ...environment },
  })
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
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
