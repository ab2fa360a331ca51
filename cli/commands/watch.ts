import { existsSync } from 'node:fs'
import { basename, extname, join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { KnownFiles } from '../../contracts/write.ts'
import { createGenerator, type Generator, type SourceChanges } from '../generator.ts'
import { configNames } from '../load-config.ts'
import type { ExitCode } from '../main.ts'
import { Mistake } from '../mistake.ts'
import { findProject, type Project, show } from '../project.ts'
import { count, duration, painter, signedFiles } from '../report.ts'
import type { ContractsResult, Written } from '../result.ts'
import { TreeWatcher } from '../watch-tree.ts'
import { type ContractsOptions, finish, settle, tell, toMistake } from './settle.ts'

/** Milliseconds without an event after which a change is taken to be complete: editors save in several steps. */
const quiet = 40

/** Writes the contracts, and again at every change, until it is interrupted. */
export async function watchContracts(options: ContractsOptions): Promise<ExitCode> {
  const project = await findProject(options).catch(toMistake)
  if ('status' in project) {
    await tell(project, options, process.cwd())
    return 1
  }
  const { promise, resolve, reject } = Promise.withResolvers<ExitCode>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(0))
  const watch = new Watch(project, options, reject)
  try {
    await Promise.race([watch.start(), promise])
    return await promise
  } finally {
    watch.close()
  }
}

class Watch {
  #project: Project
  readonly #options: ContractsOptions
  readonly #fail: (error: unknown) => void
  readonly #watcher: TreeWatcher
  /** The sources that the compiler knows, to tell a new file from a changed one. */
  readonly #known: Set<string>
  readonly #touched = new Set<string>()
  /** The contracts as they are on the disk. */
  readonly #written: KnownFiles = new Map()
  #generator: Generator | undefined
  #timer: NodeJS.Timeout | undefined
  #working: Promise<void> = Promise.resolve()
  #closed = false

  constructor(project: Project, options: ContractsOptions, fail: (error: unknown) => void) {
    this.#project = project
    this.#options = options
    this.#fail = fail
    this.#watcher = new TreeWatcher(project.root, {
      ignores: (folder) => this.#ignores(folder),
      onChange: (files) => this.#touch(files),
      onError: fail,
    })
    this.#known = new Set(this.#watcher.files.filter(isSource))
  }

  /** Writes the contracts for the first time. What changes meanwhile has been heard already. */
  async start(): Promise<void> {
    await this.#queue(() => this.#restart(0))
    if (this.#options.json || this.#closed) return
    const paint = painter(process.stdout)
    process.stdout.write(`${paint('dim', `Watching ${show(this.#project.root)} for changes. Ctrl-C ends.`)}\n`)
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#watcher.close()
    this.#stop()
  }

  #touch(files: readonly string[]): void {
    for (const file of files) this.#touched.add(file)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#queue(() => this.#settle()), quiet)
  }

  #queue(work: () => Promise<void>): Promise<void> {
    this.#working = this.#working.then(work).catch(this.#fail)
    return this.#working
  }

  async #settle(): Promise<void> {
    const since = performance.now()
    const touched = [...this.#touched]
    this.#touched.clear()
    const changes = this.#classify(touched)
    const all = [...changes.changed, ...changes.created, ...changes.deleted]
    if (all.length === 0 || this.#closed) return
    if (!this.#generator || all.some((file) => isConfiguration(file, this.#project))) await this.#restart(since)
    else await this.#generate(since, changes)
  }

  #classify(touched: readonly string[]): SourceChanges {
    const changes = { changed: new Set<string>(), created: new Set<string>(), deleted: new Set<string>() }
    for (const path of touched) {
      if (existsSync(path)) {
        if (isSource(path)) changes[this.#known.has(path) ? 'changed' : 'created'].add(path)
      } else {
        // A folder that is gone says nothing of the files that were in it.
        for (const file of this.#known) if (file === path || file.startsWith(join(path, '/'))) changes.deleted.add(file)
      }
    }
    for (const file of changes.created) this.#known.add(file)
    for (const file of changes.deleted) this.#known.delete(file)
    return { changed: [...changes.changed], created: [...changes.created], deleted: [...changes.deleted] }
  }

  /** Reads everything again, with a new compiler. */
  async #restart(since: number): Promise<void> {
    this.#stop()
    try {
      this.#project = await findProject(this.#options)
      finish(this.#project)
      this.#generator = await createGenerator(this.#project)
    } catch (error) {
      return tell(toMistake(error), this.#options, this.#project.root)
    }
    await this.#generate(since)
  }

  async #generate(since: number, changes?: SourceChanges): Promise<void> {
    try {
      const generation = this.#generator?.generate(changes)
      if (!generation) return
      const result = await settle(this.#project, generation, this.#options, since, this.#written)
      if (since > 0 && result.status === 'written' && !this.#options.json) tellLine(result)
      else await tell(result, this.#options, this.#project.root)
      const diagnostics = (result.ok && this.#generator?.check()) || []
      if (diagnostics.length === 0) return
      const milliseconds = Math.round(performance.now() - since)
      const failed = { ok: false, status: 'failed', diagnostics, written: true, milliseconds } as const
      await tell(failed, this.#options, this.#project.root)
    } catch (error) {
      // Ctrl-C ends the compiler too, and this one hears of it only when its loop has come around.
      await setImmediate()
      await setImmediate()
      if (this.#closed) return
      // The compiler may have died between two edits; a new one knows no more of it.
      if (changes && !(error instanceof Mistake)) return this.#restart(since)
      this.#stop()
      await tell(error instanceof Mistake ? toMistake(error) : toCrash(error), this.#options, this.#project.root)
    }
  }

  #stop(): void {
    try {
      this.#generator?.dispose()
    } catch {
      // A compiler that has ended already cannot be told to.
    }
    this.#generator = undefined
  }

  #ignores(folder: string): boolean {
    const name = basename(folder)
    return folder === this.#project.out || name === 'node_modules' || name === 'dist' || /^\../.test(name)
  }
}

/** The compiler failed, or we did. The one who edits goes on, and so do we. */
function toCrash(error: unknown): ContractsResult {
  const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n', 1)
  return {
    ok: false,
    status: 'mistake',
    message: `The project could not be read (${reason}). The next change tries again.`,
  }
}

function tellLine(result: Written): void {
  const paint = painter(process.stdout)
  const files = signedFiles(result).map(({ sign, style, file }) => `${paint(style, sign)} ${file}`)
  const time = paint('dim', new Date().toTimeString().slice(0, 8))
  const what = files.length > 0 ? files.join('  ') : 'nothing changed'
  const doubts = result.warnings ? `${paint('yellow', count(result.warnings.length, 'warning'))} ` : ''
  const took = paint('dim', duration(result.milliseconds))
  process.stdout.write(`${time} ${paint('green', '✓')} ${what} ${doubts}${took}\n`)
}

const sourceExtensions: ReadonlySet<string> = new Set([
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.json',
])

function isSource(file: string): boolean {
  return sourceExtensions.has(extname(file))
}

/** Whether a file says how the project is to be read, so that all of it is read again. */
function isConfiguration(file: string, { root, tsconfig }: Project): boolean {
  const name = basename(file)
  return (
    file === tsconfig ||
    /^tsconfig\b.*\.json$/.test(name) ||
    (resolve(file, '..') === root && (name === 'package.json' || configNames.includes(name)))
  )
}
