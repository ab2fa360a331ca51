import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type ContractChanges,
  compareContracts,
  finishWriting,
  type KnownFiles,
  writeContracts,
} from '../../contracts/write.ts'
import type { Generation } from '../generator.ts'
import { diffLines } from '../line-diff.ts'
import { Mistake } from '../mistake.ts'
import type { contractsOptions, OptionValues } from '../options.ts'
import { type Project, show } from '../project.ts'
import { report } from '../report.ts'
import type { ContractsResult, FileDifference } from '../result.ts'

/** What was given to `pikku contracts`. */
export type ContractsOptions = OptionValues<typeof contractsOptions>

/** Prints a result as the options ask. */
export async function tell(result: ContractsResult, { json = false }: ContractsOptions, root: string): Promise<void> {
  const { formatDiagnostic } = await import('../../contracts/read/index.ts')
  report(result, { json, root, formatDiagnostic })
}

/** A mistake as a result; what is none goes on being thrown. */
export function toMistake(error: unknown): ContractsResult {
  if (error instanceof Mistake) return { ok: false, status: 'mistake', message: error.message }
  throw error
}

/**
 * Writes what was generated, or compares it with what is there. `since` is when the work began, and `known` what is known
 * of the files there.
 */
export async function settle(
  project: Project,
  generation: Generation,
  options: ContractsOptions,
  since: number,
  known?: KnownFiles,
): Promise<ContractsResult> {
  const milliseconds = () => Math.round(performance.now() - since)
  if (!generation.ok) {
    return { ok: false, status: 'failed', diagnostics: generation.diagnostics, milliseconds: milliseconds() }
  }
  const { files, operations, channels, types, warnings } = generation
  const found = {
    operations,
    ...(channels > 0 ? { channels } : {}),
    types,
    ...(warnings.length > 0 ? { warnings } : {}),
  }
  const folder = show(project.out)
  if (!options.check) {
    const changes = inFolder(project.out, () => writeContracts(project.out, files, known))
    return {
      ok: true,
      status: 'written',
      folder,
      ...found,
      milliseconds: milliseconds(),
      ...changes,
    }
  }
  const changes = inFolder(project.out, () => compareContracts(project.out, files))
  const counts = { folder, ...found, milliseconds: milliseconds() }
  if (isCurrent(changes)) return { ok: true, status: 'current', ...counts }
  const differences = await differencesOf(project.out, files, changes.changed)
  return { ok: false, status: 'stale', ...counts, ...changes, differences, command: commandOf(options) }
}

/** Finishes what a run that was killed had begun to write, before anything is read. */
export function finish({ out }: Project): void {
  inFolder(out, () => finishWriting(out))
}

function isCurrent({ created, changed, removed }: ContractChanges): boolean {
  return created.length + changed.length + removed.length === 0
}

/** Says in one line why a folder cannot be read or written. */
function inFolder<Result>(folder: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const reason = 'code' in error ? reasons.get(String(error.code)) : error.message
    throw reason ? new Mistake(`Cannot write to ${show(folder)}: ${reason}`) : error
  }
}

/** Why a folder cannot be written, in words. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'you have no permission to.'],
  ['EPERM', 'you have no permission to.'],
  ['EROFS', 'the file system is read-only.'],
  ['ENOSPC', 'the disk is full.'],
  ['ENOTDIR', 'a file stands where the folder would be.'],
  ['EEXIST', 'a file stands where the folder would be.'],
])

async function differencesOf(
  folder: string,
  files: ReadonlyMap<string, string>,
  changed: readonly string[],
): Promise<FileDifference[]> {
  // What is in the lock are hashes, which tell a reader nothing.
  const readable = changed.filter((file) => file !== 'contract.json')
  const differences = readable.map(async (file) => {
    const before = await readFile(join(folder, file), 'utf8')
    return { file, ...diffLines(before, files.get(file) ?? '', 8) }
  })
  return Promise.all(differences)
}

/** The command that writes what this one checked. */
function commandOf({ app, out, tsconfig }: ContractsOptions): string {
  const given = Object.entries({ app, out, tsconfig }).flatMap(([name, value]) =>
    value ? [`--${name}`, quote(value)] : [],
  )
  return ['npx pikku contracts', ...given].join(' ')
}

function quote(text: string): string {
  return /^[\w./\\:@-]+$/.test(text) ? text : JSON.stringify(text)
}
