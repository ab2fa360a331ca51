import { type Dirent, type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'

/** How a folder is watched. */
export interface TreeOptions {
  /** Whether a folder is passed over, with all that is in it. */
  readonly ignores: (folder: string) => boolean
  /** Told of files that were written, came or went: absolute paths. Several events of one save come as several calls. */
  readonly onChange: (files: readonly string[]) => void
  readonly onError: (error: unknown) => void
}

/**
 * Watches the files of a folder and of those in it. Each folder is watched by itself, since watching recursively
 * would go through `node_modules` too, and since a folder hears of files that an editor writes by renaming.
 */
export class TreeWatcher {
  /** The files that were there at the start. */
  readonly files: readonly string[]
  readonly #watchers = new Map<string, FSWatcher>()
  readonly #options: TreeOptions

  constructor(root: string, options: TreeOptions) {
    this.#options = options
    this.files = this.#add(root)
  }

  close(): void {
    for (const folder of [...this.#watchers.keys()]) this.#remove(folder)
  }

  /** Watches a folder and gives the files that it has already. */
  #add(folder: string): string[] {
    if (this.#watchers.has(folder) || this.#options.ignores(folder)) return []
    try {
      const watcher = watch(folder, (_event, name) => name && this.#happened(folder, join(folder, name)))
      // A folder that is removed ends its watcher with an error on some systems.
      watcher.on('error', () => this.#remove(folder))
      this.#watchers.set(folder, watcher)
      return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => this.#entry(folder, entry))
    } catch (error) {
      if (!isGone(error)) this.#options.onError(error)
      this.#remove(folder)
      return []
    }
  }

  #entry(folder: string, entry: Dirent): string[] {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? this.#add(path) : [path]
  }

  #happened(folder: string, path: string): void {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      const files = this.#add(path)
      if (files.length > 0) this.#options.onChange(files)
      return
    }
    const below = [...this.#watchers.keys()].filter((one) => one === path || one.startsWith(join(path, '/')))
    for (const gone of below) this.#remove(gone)
    if (this.#watchers.has(folder)) this.#options.onChange([path])
  }

  #remove(folder: string): void {
    this.#watchers.get(folder)?.close()
    this.#watchers.delete(folder)
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
