import {
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, posix } from 'node:path'

// All of it is done at once: to hand each of so many small steps to a thread takes longer than the step.

/** The folder of what is decided and not yet in place. It comes by one rename, so that it is whole or not there. */
const decided = '.pikku-written'
/** The folders of what is being written, each with the id of its process. */
const undecided = '.pikku-writing-'

/**
 * Changes files of a folder, all of them or none: a process that is killed on the way leaves the folder as it was, or
 * as {@link finishWriting} makes it to be. A file is gone where the text is empty.
 *
 * @param onWritten is told of each file before it is moved to its place.
 */
export function replaceFiles(
  folder: string,
  texts: ReadonlyMap<string, string>,
  onWritten: (path: string, stats: Stats) => void,
): void {
  if (texts.size === 0) return
  mkdirSync(folder, { recursive: true })
  clearUndecided(folder)
  const staging = join(folder, undecided + process.pid)
  try {
    for (const path of foldersOf(texts.keys())) {
      mkdirSync(join(folder, path), { recursive: true })
      refuseLink(folder, path)
      mkdirSync(join(staging, path), { recursive: true })
    }
    for (const [path, text] of texts) {
      writeFileSync(join(staging, path), text, { flag: 'wx' })
      onWritten(path, statSync(join(staging, path)))
    }
    decide(folder, staging)
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    throw error
  }
  finishWriting(folder)
}

/** Puts what another process had decided into its place, if it was killed before it could. */
export function finishWriting(folder: string): void {
  const entries = entriesIn(join(folder, decided))
  const pathOf = (entry: { readonly name: string; readonly parentPath: string }) =>
    join(entry.parentPath, entry.name)
      .slice(join(folder, decided, '/').length)
      .replaceAll('\\', '/')
  const files = entries.filter((entry) => entry.isFile()).map(pathOf)
  for (const path of foldersOf(files)) {
    mkdirSync(join(folder, path), { recursive: true })
    refuseLink(folder, path)
  }
  for (const path of files) settle(folder, path)
  const folders = entries.filter((entry) => entry.isDirectory()).map(pathOf)
  // Only what is empty is removed: another process may have decided the next by now.
  for (const path of [...folders.toSorted().reverse(), '.']) removeEmpty(folder, posix.join(decided, path))
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Removes the folders that a file leaves empty behind it, up to the contracts folder itself. */
function removeEmpty(folder: string, path: string): void {
  for (let current = path; current !== '.'; current = posix.dirname(current)) {
    try {
      rmdirSync(join(folder, current))
    } catch {
      return
    }
  }
}

/** Moves a file to its place, or removes what is there. Another process may be at the same, so it may be done already. */
function settle(folder: string, path: string): void {
  const staged = join(folder, decided, path)
  const place = join(folder, path)
  const stats = statSync(staged, { throwIfNoEntry: false })
  if (!stats) return
  if (stats.size > 0) {
    // What replaces another file goes to the disk at once on some file systems. Documents are long, and nothing imports them.
    if (path.endsWith('.json')) rmSync(place, { force: true })
    try {
      renameSync(staged, place)
    } catch (error) {
      if (!isMissing(error)) throw error
    }
    return
  }
  rmSync(place, { force: true })
  rmSync(staged, { force: true })
  removeEmpty(folder, posix.dirname(path))
}

/** From here on the files are to change. What another process decided before comes first. */
function decide(folder: string, staging: string): void {
  for (let attempts = 1; ; attempts++) {
    finishWriting(folder)
    try {
      renameSync(staging, join(folder, decided))
      return
    } catch (error) {
      if (attempts === 5) throw error
    }
  }
}

/** Removes what processes left that were killed while they wrote. */
function clearUndecided(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(undecided)) continue
    const id = Number(name.slice(undecided.length))
    if (id === process.pid || !isRunning(id)) rmSync(join(folder, name), { recursive: true, force: true })
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
function refuseLink(folder: string, path: string): void {
  if (realpathSync(join(folder, path)) === join(realpathSync(folder), path)) return
  throw new Error(`${join(folder, path)} leads out of the contracts folder by a link. Remove the link.`)
}

/** Whether an error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
