import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs'
import { isAbsolute, join, posix } from 'node:path'
import { firstLine } from './print/header.ts'
import { finishWriting, isMissing, replaceFiles } from './staging.ts'

export { finishWriting } from './staging.ts'

/** What writing would do, by path in the folder, each list in alphabetical order. */
export interface ContractChanges {
  readonly created: readonly string[]
  readonly changed: readonly string[]
  /** Files that were written before and are not made any more. */
  readonly removed: readonly string[]
  readonly unchanged: readonly string[]
}

/** The texts of files as they were last read or written, and what tells that they are still the same. */
export type KnownFiles = Map<string, { readonly stamp: string; readonly text: string }>

/**
 * Compares the contracts that were printed with those in a folder, which need not be there. Writes nothing.
 *
 * @param known what is known of the files: only those that have changed since then are read. It is brought up to date.
 */
export function compareContracts(
  folder: string,
  files: ReadonlyMap<string, string>,
  known?: KnownFiles,
): ContractChanges {
  const changes = { created: [] as string[], changed: [] as string[], unchanged: [] as string[] }
  for (const [path, text] of files) {
    const old = readKnown(inside(folder, path), known)
    if (old !== undefined && old !== text && !isOurs(path, old)) {
      throw new Error(
        `${join(folder, path)} is not a file that pikku wrote. Move it, or give the contracts another folder.`,
      )
    }
    changes[old === undefined ? 'created' : old === text ? 'unchanged' : 'changed'].push(path)
  }
  const removed: string[] = []
  for (const path of sourcesIn(folder)) {
    if (files.has(path)) continue
    const old = readText(join(folder, path))
    if (old?.startsWith(firstLine)) removed.push(path)
  }
  if (!files.has(asyncApi) && readText(join(folder, asyncApi)) !== undefined) removed.push(asyncApi)
  return {
    created: changes.created.sort(),
    changed: changes.changed.sort(),
    removed: removed.sort(),
    unchanged: changes.unchanged.sort(),
  }
}

/**
 * Makes a folder hold these contracts, and says what was done. All of it is done or nothing, even when the process is
 * killed on the way: the next one finishes what was decided. Files that pikku did not write are left alone.
 */
export function writeContracts(
  folder: string,
  files: ReadonlyMap<string, string>,
  known?: KnownFiles,
): ContractChanges {
  finishWriting(folder)
  const changes = compareContracts(folder, files, known)
  const written = [...changes.created, ...changes.changed].map((path) => [path, files.get(path) as string] as const)
  const texts = new Map([...written, ...changes.removed.map((path) => [path, ''] as const)])
  replaceFiles(folder, texts, (path, stats) => {
    known?.set(join(folder, path), { stamp: stampOf(stats), text: files.get(path) ?? '' })
  })
  return changes
}

/** Of the JSON files the one that is not made of every app. */
const asyncApi = 'asyncapi.json'

/** The place of a file, which must be within the folder whatever it is called. */
function inside(folder: string, path: string): string {
  const normal = posix.normalize(path)
  if (normal !== path || isAbsolute(path) || path.startsWith('..') || /[\\:\0]/.test(path)) {
    throw new Error(`${JSON.stringify(path)} is no place within the contracts folder.`)
  }
  return join(folder, path)
}

/** JSON carries no comment, so of its files the name decides: none but ours is among the files to write. */
function isOurs(path: string, text: string): boolean {
  return path.endsWith('.json') || text.startsWith(firstLine)
}

/** The text of a file, which is read where it is not known. */
function readKnown(file: string, known: KnownFiles | undefined): string | undefined {
  const stats = known && statSync(file, { throwIfNoEntry: false })
  const last = known?.get(file)
  if (stats && last?.stamp === stampOf(stats)) return last.text
  const text = readText(file)
  if (stats && text !== undefined) known?.set(file, { stamp: stampOf(stats), text })
  return text
}

/** What a file that is written again has not any more. It stays the same when it is moved. */
function stampOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs}`
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Every TypeScript file under the folder, as paths with forward slashes. Links are not followed. */
function sourcesIn(folder: string, prefix = ''): string[] {
  const found: string[] = []
  try {
    for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
      const path = posix.join(prefix, entry.name)
      // What is being written is not there yet.
      if (entry.name === 'node_modules' || entry.name.startsWith('.pikku-')) continue
      if (entry.isDirectory()) found.push(...sourcesIn(folder, path))
      else if (entry.isFile() && entry.name.endsWith('.ts')) found.push(path)
    }
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  return found
}
