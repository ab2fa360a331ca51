import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { root } from './tools.ts'

/** A fenced block of a page. */
export interface Fence {
  /** `sh`, `ts`, `json`, … as the page says. */
  readonly language: string
  readonly text: string
  /** `docs/http.md:12` */
  readonly place: string
  /** The file it stands for: named by its first line, `// src/app.ts`, or by `<!-- file: src/app.ts -->` above it. */
  readonly file: string | undefined
}

/** A page, read. */
export interface Page {
  /** `docs/http.md` */
  readonly name: string
  readonly fences: readonly Fence[]
  /** The page whose files this one goes on with: `<!-- continues functions.md -->`, which no reader sees. */
  readonly continues: string | undefined
  /** The folders of `tests/tools` that have packages which the page imports: `<!-- packages: mounts, next -->`. */
  readonly tools: readonly string[]
}

/** Reads a page of this repository. `<!-- before: … -->` above a fence is code that goes before it, unseen. */
export async function readPage(name: string): Promise<Page> {
  const text = await readFile(join(root, name), 'utf8')
  const continued = /^<!-- continues (\S+) -->$/m.exec(text)?.[1]
  const fences: Fence[] = []
  const pattern = /((?:^<!--[\s\S]*?-->\n+)*)^```(\w*)\n([\s\S]*?)^```$/gm
  for (const { index, 0: whole, 1: comments = '', 2: language = '', 3: shown = '' } of text.matchAll(pattern)) {
    const before = /<!-- before:\s([\s\S]*?)-->/.exec(comments)?.[1] ?? ''
    const line = text.slice(0, index + whole.indexOf('```')).split('\n').length
    const file = /<!-- file: (\S+) -->/.exec(comments)?.[1] ?? /^\/\/ ([\w./[\]-]+\.\w+)(?::.*)?\n/.exec(shown)?.[1]
    fences.push({ language, text: before + shown, place: `${name}:${line}`, file })
  }
  const tools = /^<!-- packages: (.+) -->$/m.exec(text)?.[1]?.split(', ') ?? []
  return { name, fences, continues: continued && join(dirname(name), continued), tools }
}

/**
 * Writes the files of a page, and before them those of the pages it goes on with, into a folder.
 * TypeScript without a file name is put beside the others, so that it can import them as `web/` would.
 *
 * @returns where each file comes from, by its path in the folder.
 */
export async function writeFiles(page: Page, folder: string): Promise<Map<string, string>> {
  const places = page.continues ? await writeFiles(await readPage(page.continues), folder) : new Map<string, string>()
  for (const { language, text, place, file } of page.fences) {
    if (language !== 'ts' && !file) continue
    const path = file ?? join('snippets', `${basename(page.name, '.md')}-${place.split(':')[1]}.ts`)
    await mkdir(join(folder, dirname(path)), { recursive: true })
    await writeFile(join(folder, path), file ? text : `${text}\nexport {}\n`)
    places.set(path, place)
  }
  return places
}

/** An empty folder inside the repository, so that `pikku` means this checkout there. */
export async function emptyProject(name: string): Promise<string> {
  const folder = join(root, 'tests', '.projects', name)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  return folder
}
