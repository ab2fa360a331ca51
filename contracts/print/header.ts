import { posix } from 'node:path'
import { stringText } from './text.ts'

/** What every generated file of TypeScript begins with, and what tells it from a file of the user. */
export const firstLine = '// Written by `pikku contracts`. Do not edit: change the functions and run it again.'

/** The path by which one file of the folder imports another, in quotes. */
export function importPath(from: string, to: string, extension: string): string {
  const path = posix.relative(posix.dirname(from), to.replace(/\.ts$/, extension))
  return stringText(path.startsWith('.') ? path : `./${path}`)
}
