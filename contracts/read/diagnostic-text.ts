import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { styleText } from 'node:util'
import type { Diagnostic, Location } from '../diagnostic.ts'
import { type Code, codes } from './codes.ts'

/** How a diagnostic is written. */
export interface FormatOptions {
  readonly color: boolean
  /** The folder that file names are told from. */
  readonly root: string
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string

/**
 * A diagnostic as a person reads it: the place, what is wrong and what to write instead, and the line it stands on.
 *
 * ```text
 * src/functions/todos.ts:12:3 PK1101 The type is `any`
 *
 *   11 │ export interface Filter {
 *   12 │   when: any
 *      │   ~~~~ todos.list input.filter.when
 *
 *   `any` would let everything through unchecked. Write the type, or unknown where it may be anything.
 * ```
 */
export function formatDiagnostic(diagnostic: Diagnostic, { color, root }: FormatOptions): string {
  const paint: Paint = color ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text
  const { at, code, message } = diagnostic
  const path = diagnostic.path && visible(diagnostic.path)
  const place = at ? `${paint('cyan', relative(root, at.file))}:${paint('yellow', `${at.line}:${at.column}`)} ` : ''
  const title = isCode(code) ? ` ${paint('bold', codes[code])}` : ''
  const head = `${place}${paint('red', code)}${title}`
  const frame = at ? frameOf(at, path, paint) : path && `  ${path}\n`
  const text = visible(message)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
  return [head, ...(frame ? [frame] : []), text].join('\n\n').replace(/\n{3,}/g, '\n\n')
}

function isCode(code: string): code is Code {
  return Object.hasOwn(codes, code)
}

/** The line, the one before it, and a mark under what is meant. */
function frameOf(at: Location, path: string | undefined, paint: Paint): string | undefined {
  const lines = readLines(at.file)
  const line = lines?.[at.line - 1]
  if (!lines || line === undefined) return undefined
  const width = String(at.line).length
  const before = lines[at.line - 2]?.trim() ? [row(at.line - 1, lines[at.line - 2] ?? '', width, paint)] : []
  // Tabs stay tabs, so that the mark stands under what is meant in every editor.
  const margin = line.slice(0, at.column - 1).replaceAll(/[^\t]/g, ' ')
  const mark = paint('red', '~'.repeat(Math.max(1, Math.min(at.length, line.length - at.column + 1))))
  const under = `  ${' '.repeat(width)} ${paint('dim', '│')} ${margin}${mark}${path ? ` ${paint('dim', path)}` : ''}`
  return [...before, row(at.line, line, width, paint), under].join('\n')
}

function row(number: number, text: string, width: number, paint: Paint): string {
  return `  ${paint('dim', `${String(number).padStart(width)} │`)} ${text}`.trimEnd()
}

/** What a file or a type says must not steer the terminal. */
function visible(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '\ufffd')
}

function readLines(file: string): readonly string[] | undefined {
  try {
    return visible(readFileSync(file, 'utf8').replaceAll('\r\n', '\n')).split('\n')
  } catch {
    return undefined
  }
}
