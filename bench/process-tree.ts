import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** What a command and every process it started cost. */
export interface Cost {
  /** Milliseconds from start to end. */
  readonly wall: number
  /** Milliseconds of processor time, user and system; `undefined` where there is no `/proc`. */
  readonly cpu: number | undefined
  /** Bytes: the most that all of them held at one time; `undefined` where there is no `/proc`. */
  readonly memory: number | undefined
  readonly stdout: string
}

/** A command that failed or took too long, with what it printed last. */
export class CommandFailed extends Error {}

export interface CommandOptions {
  readonly cwd: string
  /** Milliseconds until it is ended. */
  readonly limit: number
  readonly env?: NodeJS.ProcessEnv
}

/** Runs a program to its end and measures the whole tree of processes. */
export async function measure(program: string, args: readonly string[], options: CommandOptions): Promise<Cost> {
  const { cwd, limit, env = process.env } = options
  const start = performance.now()
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const tree = new ProcessTree(child.pid)
  const sampling = setInterval(() => tree.sample(), 10)
  const deadline = setTimeout(() => tree.kill(), limit)
  const printed = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text))
  try {
    const { code, wall } = await new Promise<{ code: number | null; wall: number }>((resolve, reject) => {
      let wall = 0
      child.once('error', reject)
      child.once('exit', () => (wall = performance.now() - start))
      child.once('close', (code) => resolve({ code, wall }))
    })
    if (wall >= limit) throw new CommandFailed(`took more than ${limit / 1000} s`)
    if (code !== 0)
      throw new CommandFailed(lastLines(printed.stderr) || lastLines(printed.stdout) || `ended with ${code}`)
    return { wall, cpu: tree.cpu, memory: tree.memory, stdout: printed.stdout }
  } finally {
    clearInterval(sampling)
    clearTimeout(deadline)
  }
}

/** The processes that descend from one, as `/proc` shows them; what was seen of those that ended is kept. */
class ProcessTree {
  readonly #root: number | undefined
  readonly #cpu = new Map<number, number>()
  #memory = 0

  constructor(root: number | undefined) {
    this.#root = existsSync('/proc/self/status') ? root : undefined
  }

  get cpu(): number | undefined {
    return this.#root && sum(this.#cpu)
  }

  get memory(): number | undefined {
    return this.#root && this.#memory
  }

  sample(): void {
    let held = 0
    for (const pid of this.#processes()) {
      const stat = read(`/proc/${pid}/stat`)
      const now = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1]
      // The name stands in parentheses and may hold anything, so fields are counted from behind it (proc(5)).
      const [, , , , , , , , , , , user = 0, system = 0] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number)
      if (stat) this.#cpu.set(pid, (user + system) * millisecondsPerTick)
      if (now) held += Number(now) * 1024
    }
    this.#memory = Math.max(this.#memory, held)
  }

  kill(): void {
    for (const pid of this.#processes().reverse()) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It ended by itself meanwhile.
      }
    }
  }

  #processes(): number[] {
    const found = this.#root === undefined ? [] : [this.#root]
    for (const pid of found) {
      for (const thread of list(`/proc/${pid}/task`)) {
        found.push(...read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number))
      }
    }
    return found
  }
}

// The unit of /proc's times is fixed at 1/100 s for programs, whatever the kernel's own (time(7)).
const millisecondsPerTick = 10

function sum(values: ReadonlyMap<number, number>): number {
  return [...values.values()].reduce((total, value) => total + value, 0)
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

/** What a program printed last; of one that its runtime ended, why. */
function lastLines(text: string): string {
  const [fatal] = /^FATAL ERROR: .*$/m.exec(text) ?? []
  if (fatal) return fatal
  return text.trim().split('\n').slice(-3).join('\n')
}
