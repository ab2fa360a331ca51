import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, posix } from 'node:path'
import { firstLine } from './print/header.ts'

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
  const texts = await Promise.all(
    [...files].map(async ([path, text]) => [path, text, await readText(inside(folder, path))] as const),
  )
  for (const [path, text, old] of texts) {
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
    const old = await readText(join(folder, path))
    if (old?.startsWith(firstLine)) removed.push(path)
  }
  return {
    created: changes.created.sort(),
    changed: changes.changed.sort(),
    removed: removed.sort(),
    unchanged: changes.unchanged.sort(),
  }
}

/**
 * Makes a folder hold these contracts, and says what was done. Every file is first written in full beside its
 * place and then moved there, so that nobody reads half of one; when writing fails, the old contracts stay.
 * Files that pikku did not write are left alone.
 */
export async function writeContracts(folder: string, files: ReadonlyMap<string, string>): Promise<ContractChanges> {
  const changes = await compareContracts(folder, files)
  const moves: { readonly from: string; readonly to: string }[] = []
  try {
    for (const path of [...changes.created, ...changes.changed]) {
      const to = inside(folder, path)
      const from = `${to}.${randomUUID().slice(0, 8)}.tmp`
      await mkdir(dirname(to), { recursive: true })
      await refuseLinks(folder, path)
      moves.push({ from, to })
      await writeFile(from, files.get(path) as string, { flag: 'wx' })
    }
    for (const { from, to } of moves) await rename(from, to)
  } catch (error) {
    await Promise.all(moves.map(({ from }) => rm(from, { force: true })))
    throw error
  }
  for (const path of changes.removed) {
    await rm(join(folder, path), { force: true })
    await removeEmpty(folder, posix.dirname(path))
  }
  return changes
}

/** The place of a file, which must be within the folder whatever it is called. */
function inside(folder: string, path: string): string {
  const normal = posix.normalize(path)
  if (normal !== path || isAbsolute(path) || path.startsWith('..') || /[\\:\0]/.test(path)) {
    throw new Error(`${JSON.stringify(path)} is no place within the contracts folder.`)
  }
  return join(folder, path)
}

/** A link within the folder would lead out of it. The folder itself may be one. */
async function refuseLinks(folder: string, path: string): Promise<void> {
  const expected = join(await realpath(folder), posix.dirname(path))
  if ((await realpath(dirname(join(folder, path)))) === expected) return
  throw new Error(`${join(folder, posix.dirname(path))} leads out of the contracts folder by a link. Remove the link.`)
}

/** JSON carries no comment, so of its files the name decides: none but ours is among the files to write. */
function isOurs(path: string, text: string): boolean {
  return path.endsWith('.json') || text.startsWith(firstLine)
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
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
      if (entry.isDirectory() && entry.name !== 'node_modules') found.push(...(await sourcesIn(folder, path)))
      else if (entry.isFile() && entry.name.endsWith('.ts')) found.push(path)
    }
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  return found
}

/** Removes the folders that a file leaves empty behind it, up to the contracts folder itself. */
async function removeEmpty(folder: string, path: string): Promise<void> {
  for (let current = path; current !== '.'; current = posix.dirname(current)) {
    try {
      await rmdir(join(folder, current))
    } catch {
      return
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
