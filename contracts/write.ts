import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
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

/** Compares the contracts that were printed with those in a folder, which need not be there. Writes nothing. */
export async function compareContracts(folder: string, files: ReadonlyMap<string, string>): Promise<ContractChanges> {
  const changes = { created: [] as string[], changed: [] as string[], unchanged: [] as string[] }
  for (const [path, text] of files) {
    const old = readText(inside(folder, path))
    if (old !== undefined && old !== text && !isOurs(path, old)) {
      throw new Error(
        `${join(folder, path)} is not a file that pikku wrote. Move it, or give the contracts another folder.`,
      )
    }
    changes[old === undefined ? 'created' : old === text ? 'unchanged' : 'changed'].push(path)
  }
  const removed: string[] = []
  for (const path of await sourcesIn(folder)) {
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
export async function writeContracts(folder: string, files: ReadonlyMap<string, string>): Promise<ContractChanges> {
  await finishWriting(folder)
  const changes = await compareContracts(folder, files)
  const written = [...changes.created, ...changes.changed].map((path) => [path, files.get(path) as string] as const)
  await replaceFiles(folder, new Map([...written, ...changes.removed.map((path) => [path, ''] as const)]))
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

/** Read at once: to hand each of so many small files to a thread takes twice the processor time. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Every TypeScript file under the folder, as paths with forward slashes. Links are not followed. */
async function sourcesIn(folder: string, prefix = ''): Promise<string[]> {
  const found: string[] = []
  try {
    for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
      const path = posix.join(prefix, entry.name)
      // What is being written is not there yet.
      if (entry.name === 'node_modules' || entry.name.startsWith('.pikku-')) continue
      if (entry.isDirectory()) found.push(...(await sourcesIn(folder, path)))
      else if (entry.isFile() && entry.name.endsWith('.ts')) found.push(path)
    }
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  return found
}
