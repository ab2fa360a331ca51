import { styleText } from 'node:util'
import type { Diagnostic } from '../contracts/diagnostic.ts'
import type { ContractChanges } from '../contracts/write.ts'
import { show } from './project.ts'
import type { ContractsResult, Current, Failed, Stale, Written } from './result.ts'

type Style = Parameters<typeof styleText>[0]
type Paint = (style: Style, text: string) => string

/** How a result is told. */
export interface ReportOptions {
  /** One JSON object on one line, for programs. */
  readonly json: boolean
  /** Prints a mistake in the sources with its place. */
  readonly formatDiagnostic: (diagnostic: Diagnostic, options: { color: boolean; root: string }) => string
  readonly root: string
}

/** Tells how a run ended: success on the standard output, failure on the error output, JSON always on the former. */
export function report(result: ContractsResult, options: ReportOptions): void {
  if (!options.json && 'warnings' in result) process.stderr.write(warningsText(result.warnings ?? []))
  if (options.json) process.stdout.write(`${JSON.stringify(toJson(result))}\n`)
  else if (result.ok) process.stdout.write(`${toText(result, painter(process.stdout), options)}\n`)
  else process.stderr.write(`${toText(result, painter(process.stderr), options)}\n`)
}

/** Paints text for a stream: not at all where that is no terminal, or when NO_COLOR says so. */
export function painter(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream })
}

/** Whether text for this stream is painted. */
export function isColored(stream: NodeJS.WriteStream): boolean {
  return painter(stream)('red', 'x') !== 'x'
}

function toJson(result: ContractsResult): object {
  if (result.status === 'failed') return { ...result, diagnostics: result.diagnostics.map(placed) }
  if ('warnings' in result) return { ...result, warnings: result.warnings?.map(placed) }
  return result
}

/** A diagnostic whose file is told from the working directory. */
function placed({ code, message, path, at }: Diagnostic): object {
  return { code, message, ...(path ? { path } : {}), ...(at ? { at: { ...at, file: show(at.file) } } : {}) }
}

/** One line for each. */
function warningsText(warnings: readonly Diagnostic[]): string {
  const paint = painter(process.stderr)
  const lines = warnings.map(({ code, at, message }) => {
    const place = at ? `${show(at.file)}:${at.line}:${at.column} ` : ''
    return `${paint('yellow', 'warning:')} ${`${place}${code} ${message}`.replaceAll(/\p{Cc}/gu, ' ')}\n`
  })
  return lines.join('')
}

function toText(result: ContractsResult, paint: Paint, options: ReportOptions): string {
  switch (result.status) {
    case 'written':
      return writtenText(result, paint)
    case 'current':
      return `${paint('green', '✓')} ${result.folder}/ is up to date: ${counted(result)}`
    case 'stale':
      return staleText(result, paint)
    case 'failed':
      return failedText(result, paint, options)
    case 'mistake':
      return `${paint('red', 'error:')} ${result.message}`
  }
}

function writtenText(result: Written, paint: Paint): string {
  const files = signedFiles(result).map(({ sign, style, file }) => `  ${paint(style, sign)} ${result.folder}/${file}`)
  const what = summarize(result) || 'nothing changed'
  const counts = `${counted(result)}, ${count(result.types, 'type')}`
  const last = `${paint('green', '✓')} ${counts}: ${what} in ${result.folder}/ ${paint('dim', duration(result.milliseconds))}`
  return [...files, ...(files.length > 0 ? [''] : []), last].join('\n')
}

function counted({ operations, channels }: Written | Current): string {
  const text = count(operations, 'operation')
  return channels === undefined ? text : `${text}, ${count(channels, 'channel')}`
}

function staleText(result: Stale, paint: Paint): string {
  const lines = signedFiles(result).flatMap(({ sign, style, file }) => {
    const difference = result.differences.find((one) => one.file === file)
    const shown = difference?.lines.map(({ sign, line, text }) => {
      const style = sign === '-' ? 'red' : 'green'
      return `    ${paint('dim', String(line).padStart(4))} ${paint(style, `${sign} ${text}`)}`
    })
    const more = difference?.more ? [paint('dim', `         and ${count(difference.more, 'more line')}`)] : []
    return [`  ${paint(style, sign)} ${result.folder}/${file}`, ...(shown ?? []), ...more]
  })
  const files = lines.length > 0 ? signedFiles(result).length : 0
  const verb = files === 1 ? 'is' : 'are'
  const last = `${count(files, 'file')} in ${result.folder}/ ${verb} out of date. Run \`${result.command}\` and commit what it writes.`
  return [...lines, '', `${paint('red', '✗')} ${last}`].join('\n')
}

function failedText({ diagnostics, written }: Failed, paint: Paint, { formatDiagnostic, root }: ReportOptions): string {
  const color = isColored(process.stderr)
  const told = diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, { color, root }).trimEnd())
  const outcome = written ? 'The contracts are written all the same.' : 'Nothing was written.'
  return [...told, `${paint('red', '✗')} ${countErrors(diagnostics)}. ${outcome}`].join('\n\n')
}

/** `3 errors in 2 files` */
function countErrors(diagnostics: readonly Diagnostic[]): string {
  const files = new Set(diagnostics.flatMap(({ at }) => at?.file ?? []))
  return `${count(diagnostics.length, 'error')}${files.size > 0 ? ` in ${count(files.size, 'file')}` : ''}`
}

/** `1 file`, `2 files` */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** `412 ms`, `1.2 s` */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

/** The files that are not as they were, each with its sign: `+` created, `~` changed, `-` removed. */
export function signedFiles({
  created,
  changed,
  removed,
}: ContractChanges): { sign: string; style: Style; file: string }[] {
  return [
    ...created.map((file) => ({ sign: '+', style: 'green', file }) as const),
    ...changed.map((file) => ({ sign: '~', style: 'yellow', file }) as const),
    ...removed.map((file) => ({ sign: '-', style: 'red', file }) as const),
  ].sort((left, right) => (left.file < right.file ? -1 : 1))
}

/** `1 file created, 2 changed` */
function summarize({ created, changed, removed }: ContractChanges): string {
  const parts = [
    [created.length, 'created'],
    [changed.length, 'changed'],
    [removed.length, 'removed'],
  ] as const
  const told = parts.filter(([number]) => number > 0)
  return told.map(([number, what], position) => `${position === 0 ? count(number, 'file') : number} ${what}`).join(', ')
}
