import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

const repository = dirname(dirname(import.meta.dirname))

/** How a command ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A project in a temporary folder, with this package installed, to run the real command in. */
export class TemporaryProject {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'pikku-cli-')))
  readonly #children = new Set<Child>()

  constructor(files: { readonly [path: string]: string } = smallApp) {
    mkdirSync(join(this.root, 'node_modules'))
    for (const name of ['zod', '@types', 'hono']) {
      symlinkSync(join(repository, 'node_modules', name), join(this.root, 'node_modules', name))
    }
    symlinkSync(repository, join(this.root, 'node_modules', 'pikku'))
    for (const [path, text] of Object.entries(files)) this.write(path, text)
  }

  path(path: string): string {
    return join(this.root, path)
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true })
    writeFileSync(this.path(path), text)
  }

  /** Runs `pikku` to its end. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const child = this.#spawn(args, options)
      const printed = { stdout: '', stderr: '' }
      child.stdout.on('data', (text: string) => (printed.stdout += text))
      child.stderr.on('data', (text: string) => (printed.stderr += text))
      child.once('error', reject)
      child.once('close', (code) => resolve({ code, ...printed }))
    })
  }

  /** Starts `pikku`, to be talked with while it runs. */
  start(args: readonly string[]): RunningCommand {
    return new RunningCommand(this.#spawn(args, {}))
  }

  /** Ends what still runs, and removes the folder. */
  [Symbol.dispose](): void {
    for (const child of this.#children) child.kill('SIGKILL')
    rmSync(this.root, { recursive: true, force: true })
  }

  #spawn(args: readonly string[], { cwd = '.', env = {}, bound = false }: RunOptions): Child {
    const { NODE_TEST_CONTEXT: _none, NODE_OPTIONS: _nothing, ...inherited } = process.env
    const command = [process.execPath, join(repository, 'cli', 'bin.js'), ...args]
    const [program = '', ...rest] = bound && process.getuid?.() === 0 ? [...withoutPowers, ...command] : command
    const child = spawn(program, rest, {
      cwd: join(this.root, cwd),
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#children.add(child)
    child.once('exit', () => this.#children.delete(child))
    child.stdout.setEncoding('utf8')
    child.stderr.setEncoding('utf8')
    return child
  }
}

/** How a command is run. */
export interface RunOptions {
  /** A folder in the project. */
  readonly cwd?: string
  readonly env?: { readonly [name: string]: string }
  /** Whether permissions of files hold for it, even when the tests run as root. */
  readonly bound?: boolean
}

/** Runs a command as root for whom the permissions of files hold. */
const withoutPowers = ['setpriv', '--bounding-set=-dac_override,-dac_read_search,-fowner', '--']

type Child = ChildProcessByStdio<null, Readable, Readable>

/** A command that goes on until it is told to end. */
export class RunningCommand {
  readonly #child: Child
  readonly #ended: Promise<Ended>
  #text = ''
  #read = 0
  #heard: () => void = () => {}

  constructor(child: Child) {
    this.#child = child
    const printed = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].on('data', (text: string) => {
        printed[stream] += text
        this.#text += text
        this.#heard()
      })
    }
    this.#ended = new Promise((resolve) =>
      child.once('close', (code) => {
        resolve({ code, ...printed })
        this.#heard()
      }),
    )
  }

  /** Waits until it prints this, and gives everything since the last wait. Fails when it ends before, or never does. */
  async until(pattern: RegExp): Promise<string> {
    const patience = AbortSignal.timeout(30_000)
    patience.addEventListener('abort', () => this.#heard())
    for (;;) {
      if (patience.aborted) throw new Error(`It never printed ${pattern}, but:\n${this.#text}`)
      const fresh = this.#text.slice(this.#read)
      const found = pattern.exec(fresh)
      if (found) {
        this.#read += found.index + found[0].length
        return fresh.slice(0, found.index + found[0].length)
      }
      if (this.#child.exitCode !== null) throw new Error(`It ended before it printed ${pattern}:\n${this.#text}`)
      await new Promise<void>((resolve) => (this.#heard = resolve))
    }
  }

  /** The processes that it started, where the system has /proc. */
  children(): number[] {
    const list = readFileSync(`/proc/${this.#child.pid}/task/${this.#child.pid}/children`, 'utf8')
    return list.trim().split(' ').map(Number)
  }

  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals = 'SIGINT'): Promise<Ended> {
    this.#child.kill(signal)
    return this.#ended
  }
}

/** The smallest app that has something of everything. */
export const smallApp: { readonly [path: string]: string } = {
  'package.json': JSON.stringify({ name: 'small', version: '1.2.3', type: 'module', description: 'A small app.' }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2023',
      module: 'nodenext',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      types: ['node'],
      customConditions: ['pikku-source'],
    },
    include: ['src', 'contracts'],
  }),
  'src/pikku.ts': `import { pikku } from 'pikku'

export interface Session { userId: string }
export const { func, app, session } = pikku<{}, Session>()
`,
  'src/functions/todos.ts': `import { func } from '../pikku.ts'

export interface Todo {
  id: string
  title: string
  due?: Date
}

/** Adds a todo. */
export const create = func(async (_services, input: { title: string; due?: Date }): Promise<Todo> => ({ id: '1', ...input }))

export const get = func({ auth: false }, async (_services, { id }: { id: string }): Promise<Todo> => ({ id, title: '' }))
`,
  'src/app.ts': `import * as todos from './functions/todos.ts'
import { app, session } from './pikku.ts'

export default app({
  session: session.bearer((_services, token) => ({ userId: token })),
  rpc: { todos },
  http: { 'GET /todos/:id': todos.get },
})
`,
}
