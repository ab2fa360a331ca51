import { mkdir, readdir, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'

/** The folder of what is decided and not yet in place. It comes by one rename, so that it is whole or not there. */
const decided = '.pikku-written'
/** The folders of what is being written, each with the id of its process. */
const undecided = '.pikku-writing-'

/**
 * Changes files of a folder, all of them or none: a process that is killed on the way leaves the folder as it was, or
 * as {@link finishWriting} makes it to be. A file is gone where the text is empty.
 */
export async function replaceFiles(folder: string, texts: ReadonlyMap<string, string>): Promise<void> {
  if (texts.size === 0) return
  await mkdir(folder, { recursive: true })
  await clearUndecided(folder)
  const staging = join(folder, undecided + process.pid)
  try {
    // A folder is looked at once for all files in it.
    for (const path of foldersOf(texts.keys())) {
      await mkdir(join(folder, path), { recursive: true })
      await refuseLink(folder, path)
      await mkdir(join(staging, path), { recursive: true })
    }
    for (const [path, text] of texts) await writeFile(join(staging, path), text, { flag: 'wx' })
    await decide(folder, staging)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  }
  await finishWriting(folder)
}

/** Puts what another process had decided into its place, if it was killed before it could. */
export async function finishWriting(folder: string): Promise<void> {
  const entries = await readdir(join(folder, decided), { recursive: true, withFileTypes: true }).catch(nothing)
  const pathOf = (entry: { readonly name: string; readonly parentPath: string }) =>
    join(entry.parentPath, entry.name)
      .slice(join(folder, decided, '/').length)
      .replaceAll('\\', '/')
  for (const entry of entries) if (entry.isFile()) await settle(folder, pathOf(entry))
  const folders = entries.filter((entry) => entry.isDirectory()).map(pathOf)
  // Only what is empty is removed: another process may have decided the next by now.
  for (const path of [...folders.toSorted().reverse(), '.']) await removeEmpty(folder, posix.join(decided, path))
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

/** Moves a file to its place, or removes what is there. Another process may be at the same, so it may be done already. */
async function settle(folder: string, path: string): Promise<void> {
  const staged = join(folder, decided, path)
  const place = join(folder, path)
  const { size } = await stat(staged).catch(() => ({ size: undefined }))
  if (size === undefined) return
  await mkdir(dirname(place), { recursive: true })
  await refuseLink(folder, posix.dirname(path))
  if (size > 0) return rename(staged, place).catch(ignoreMissing)
  await rm(place, { force: true })
  await rm(staged, { force: true })
  await removeEmpty(folder, posix.dirname(path))
}

/** From here on the files are to change. What another process decided before comes first. */
async function decide(folder: string, staging: string): Promise<void> {
  for (let attempts = 1; ; attempts++) {
    await finishWriting(folder)
    try {
      return await rename(staging, join(folder, decided))
    } catch (error) {
      if (attempts === 5) throw error
    }
  }
}

/** Removes what processes left that were killed while they wrote. */
async function clearUndecided(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(undecided)) continue
    const id = Number(name.slice(undecided.length))
    if (id === process.pid || !isRunning(id)) await rm(join(folder, name), { recursive: true, force: true })
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The folders of files, each once. */
function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  return new Set(Array.from(paths, (path) => posix.dirname(path)))
}

/** A link within the folder would lead out of it. The folder itself may be one. */
async function refuseLink(folder: string, path: string): Promise<void> {
  if ((await realpath(join(folder, path))) === join(await realpath(folder), path)) return
  throw new Error(`${join(folder, path)} leads out of the contracts folder by a link. Remove the link.`)
}

/** Whether an error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error
}

function nothing(error: unknown): [] {
  ignoreMissing(error)
  return []
}
