import { styleText } from 'node:util'

/** Rows of text under a heading; the first column names the row. */
export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** What must be known to read it, a sentence each. */
  readonly notes?: readonly string[]
}

/** A table for a terminal. */
export function toTerminal({ title, columns, rows, notes = [] }: Table): string {
  const widths = columns.map((column, at) => Math.max(...[column, ...rows.map((row) => row[at] ?? '')].map(width)))
  const line = (cells: readonly string[]) =>
    widths
      .map((wide, at) => pad(cells[at] ?? '', wide, at > 0))
      .join('  ')
      .trimEnd()
  const rule = styleText('dim', widths.map((wide) => '─'.repeat(wide)).join('──'))
  return [
    styleText('bold', title),
    rule,
    styleText('dim', line(columns)),
    rule,
    ...rows.map((row) => (row[0]?.startsWith('pikku') ? styleText('green', line(row)) : line(row))),
    rule,
    ...notes.map((note) => styleText('dim', note)),
    '',
  ].join('\n')
}

/** The same table as Markdown. */
export function toMarkdown({ title, columns, rows, notes = [] }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [
    `### ${title}`,
    '',
    line(columns),
    `|${columns.map((_, at) => (at === 0 ? '---' : '---:')).join('|')}|`,
    ...rows.map(line),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `- ${note}`)] : []),
    '',
  ].join('\n')
}

function pad(text: string, wide: number, right: boolean): string {
  const space = ' '.repeat(wide - width(text))
  return right ? space + text : text + space
}

function width(text: string): number {
  return [...text].length
}
