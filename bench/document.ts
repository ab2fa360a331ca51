import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './places.ts'

const file = join(root, 'docs', 'performance.md')

/** Puts the figures of a bench into `docs/performance.md`, between the two comments that carry its name. */
export async function writeFigures(name: string, markdown: string): Promise<void> {
  await writeFile(file, replaceFigures(await readFile(file, 'utf8'), name, markdown))
}

/** The page with new figures. */
export function replaceFigures(page: string, name: string, markdown: string): string {
  const [start, end] = [`<!-- bench ${name} -->`, `<!-- end of bench ${name} -->`]
  const from = page.indexOf(start)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for these figures: ${start} … ${end}`)
  return `${page.slice(0, from + start.length)}\n\n${markdown.trim()}\n\n${page.slice(to)}`
}
