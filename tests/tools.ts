import { type SpawnOptions, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { connect as connectNats } from '@nats-io/transport-node'
import { Redis as RedisClient } from 'ioredis'
import { Client } from 'pg'

/** The top folder of the repository. */
export const root = dirname(import.meta.dirname)

/** The package folders under `tests/tools`: what only tests need, and is too heavy for `npm ci` at the root. */
const toolNames = [
  'asyncapi',
  'bun',
  'chromium',
  'corpus',
  'deno',
  'lambda',
  'lint',
  'mounts',
  'next',
  'node22',
  'openapi',
  'package',
  'prism',
  'schemas',
  'uws',
  'workers',
] as const

/** The name of one of them. */
export type ToolName = (typeof toolNames)[number]

/** Something a test needs beyond `npm ci`. Hand `skip` to the test: `test('…', { skip: openapi.skip }, …)`. */
export interface Needed {
  /** `false` when it is there, otherwise what is missing and the command that brings it. */
  readonly skip: string | false
}

/** A tool folder, installed. */
export interface Tool extends Needed {
  /** Its package folder. */
  readonly folder: string
  /** One of its packages; what it exports is for the caller to know. */
  load<Module>(name: string): Promise<Module>
  /** Runs one of its programs under the Node that runs the tests. */
  run(program: string, args: readonly string[], options?: SpawnOptions): Promise<Finished>
}

/** A process that ended. */
export interface Finished {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A browser to launch: `chromium.launch(browser.launch)` with playwright-core. */
export interface Browser extends Needed {
  readonly launch: {
    readonly executablePath: string
    readonly args: string[]
    readonly env?: Record<string, string>
  }
}

/** A PostgreSQL server that answers. */
export interface Postgres extends Needed {
  /** `postgres://user@host:port/database`; may create databases. */
  readonly url: string
}

/** A Redis server that answers. */
export interface Redis extends Needed {
  /** `redis://host:port` */
  readonly url: string
}

/** A NATS server that answers, with JetStream. */
export interface Nats extends Needed {
  /** `nats://host:port` */
  readonly url: string
}

/** Installs a tool folder when it is missing or out of date; one process does it, the others wait. */
export async function tool(name: ToolName): Promise<Tool> {
  const folder = join(root, 'tests', 'tools', name)
  const bin = join(folder, 'node_modules', '.bin')
  const path = [dirname(process.execPath), bin, process.env.PATH ?? ''].join(delimiter)
  return {
    folder,
    skip: await install(name, folder),
    load: (module) => import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve(module)).href),
    run: (program, args, options) =>
      finished(join(bin, program), args, {
        cwd: folder,
        ...options,
        env: { ...(options?.env ?? process.env), PATH: path },
      }),
  }
}

/**
 * A Chromium: the one that CHROMIUM names, the system's, or one that npm brings.
 * The last is a headless build for Linux on x64, and carries the libraries that a bare Debian lacks.
 */
export async function findChromium(): Promise<Browser> {
  const installed = [process.env.CHROMIUM, ...systemBrowsers].find((path) => path && existsSync(path))
  if (installed) return { skip: false, launch: { executablePath: installed, args: browserArguments } }
  const { folder, skip } = await tool('chromium')
  const reason =
    skip || (process.platform === 'linux' && process.arch === 'x64' ? false : 'npm has none for this machine')
  const command = 'Install Chromium (`apt-get install chromium`), or name one with CHROMIUM=/path/to/chrome.'
  if (reason) return { skip: `No Chromium: ${reason}. ${command}`, launch: { executablePath: '', args: [] } }
  return { skip: false, launch: await unpackChromium(folder) }
}

/** The server that DATABASE_URL names, otherwise one on this machine. */
export async function findPostgres(): Promise<Postgres> {
  const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    await client.query('select 1')
    return { url, skip: false }
  } catch (error) {
    const why = error instanceof Error ? error.message || ('code' in error && error.code) : error
    const command = 'Start one that lets `postgres` in, or name one with DATABASE_URL=postgres://user@host/database.'
    return { url, skip: `No PostgreSQL at ${new URL(url).host} (${why}). ${command}` }
  } finally {
    await client.end().catch(() => {})
  }
}

/** The server that REDIS_URL names, otherwise one on this machine. */
export async function findRedis(): Promise<Redis> {
  const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
  const client = new RedisClient(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 3000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return { url, skip: false }
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    return {
      url,
      skip: `No Redis at ${new URL(url).host} (${why}). Start one, or name one with REDIS_URL=redis://host.`,
    }
  } finally {
    client.disconnect()
  }
}

/** The server that NATS_URL names, otherwise one on this machine. */
export async function findNats(): Promise<Nats> {
  const url = process.env.NATS_URL ?? 'nats://127.0.0.1:4222'
  const command = 'Start one (`nats-server --jetstream`), or name one with NATS_URL=nats://host.'
  try {
    const connection = await connectNats({ servers: url, timeout: 3000, reconnect: false })
    const hasJetStream = connection.info?.jetstream === true
    await connection.close()
    return { url, skip: hasJetStream ? false : `The NATS at ${new URL(url).host} has no JetStream. ${command}` }
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    return { url, skip: `No NATS at ${new URL(url).host} (${why}). ${command}` }
  }
}

/** Runs a program to its end and keeps what it printed. It never reads from the terminal. */
export function finished(program: string, args: readonly string[], options: SpawnOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    const printed = { stdout: '', stderr: '' }
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, ...printed }))
  })
}

/** The environment without what npm and the test runner put into it, which would steer those inside of them. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept =
    /^npm_config_(registry|userconfig|globalconfig|cache|cafile|proxy|https_proxy|noproxy|offline|prefer_offline)$/i
  const dropped = /^(npm_|INIT_CWD$|NODE_TEST_CONTEXT$|NODE_OPTIONS$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name) || !dropped.test(name)))
}

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

async function install(name: ToolName, folder: string): Promise<string | false> {
  const stamp = join(folder, 'node_modules', '.installed')
  const wanted = createHash('sha256')
    .update(await readFile(join(folder, 'package-lock.json')))
    .digest('hex')
  const isThere = async () => (await readFile(stamp, 'utf8').catch(() => '')) === wanted
  if (await isThere()) return false
  return await alone(join(folder, '.installing'), async () => {
    if (await isThere()) return false
    const { code, stderr } = await finished('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: folder,
      env: cleanEnvironment(),
      shell: process.platform === 'win32',
    })
    if (code !== 0) {
      const [why = `npm ended with ${code}`] = stderr.match(/(?<=^npm error (?!code ))\S.+$/m) ?? []
      return `tests/tools/${name} could not be installed (${why}): run \`cd tests/tools/${name} && npm ci\``
    }
    await writeFile(stamp, wanted)
    return false
  })
}

/** Runs `work` while no other process does; a lock whose owner has died is taken over. */
async function alone<Result>(lock: string, work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' })
      break
    } catch {
      const owner = Number(await readFile(lock, 'utf8').catch(() => 0))
      if (owner && !isAlive(owner)) await rm(lock, { force: true })
      else await delay(200)
    }
  }
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Unpacks the browser beside its package rather than into the shared temporary folder, where another version may lie. */
async function unpackChromium(folder: string): Promise<Browser['launch']> {
  const unpacked = join(folder, 'node_modules', '.unpacked')
  const executablePath = join(unpacked, 'chromium')
  const done = join(unpacked, 'done')
  await alone(join(folder, '.installing'), async () => {
    if (existsSync(done)) return
    await mkdir(unpacked, { recursive: true })
    const code = `const { default: chromium, inflate } = await import('@sparticuz/chromium')
      await inflate('node_modules/@sparticuz/chromium/bin/al2023.tar.br')
      await chromium.executablePath()`
    const env = { ...cleanEnvironment(), TMPDIR: unpacked }
    const { code: exit, stderr } = await finished(process.execPath, ['--input-type=module', '-e', code], {
      cwd: folder,
      env,
    })
    if (exit !== 0) throw new Error(`Chromium could not be unpacked: ${stderr}`)
    // The one that comes along names folders of Amazon's Lambda, where this is made for.
    const fonts = `<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${unpacked}/fonts</dir>`
    await writeFile(
      join(unpacked, 'fonts.conf'),
      `<fontconfig>${fonts}<cachedir>${unpacked}/cache</cachedir></fontconfig>`,
    )
    await writeFile(done, '')
  })
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const libraries = [join(unpacked, 'al2023', 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter)
  return {
    executablePath,
    args: browserArguments,
    env: { ...env, FONTCONFIG_FILE: join(unpacked, 'fonts.conf'), LD_LIBRARY_PATH: libraries },
  }
}

// `node tests/tools.ts lint biome check .` installs the folder when it is missing and runs its program.
if (import.meta.main) {
  const [name, program, ...args] = process.argv.slice(2)
  const names: readonly string[] = toolNames
  if (!name || !program || !names.includes(name)) {
    console.error(`Usage: node ${fileURLToPath(import.meta.url)} <${names.join('|')}> <program> [arguments]`)
    process.exit(2)
  }
  const { skip, run } = await tool(name as ToolName)
  if (skip) console.error(skip)
  process.exitCode = skip ? 1 : (await run(program, args, { cwd: root, stdio: 'inherit' })).code
}
