import type { Node } from 'typescript/ast'
import type { Diagnostic, Location } from '../diagnostic.ts'
import type { Code } from './codes.ts'
import { nameOf, placeOf } from './place.ts'

/** Collects what is wrong, so that one run tells everything. */
export class Problems {
  readonly #found = new Map<string, Diagnostic>()
  readonly #doubts = new Map<string, Diagnostic>()

  /** Reports a mistake at a node or a place. The same one at the same place is told once. */
  add(code: Code, where: Node | Location | undefined, message: string, path?: string): void {
    keep(this.#found, code, where, message, path)
  }

  /** Reports what may be meant, and keeps nothing from being written. */
  warn(code: Code, where: Node | Location | undefined, message: string, path?: string): void {
    keep(this.#doubts, code, where, message, path)
  }

  /** In the order of files and lines. */
  get all(): readonly Diagnostic[] {
    return [...this.#found.values()].sort(byPlace)
  }

  /** In the order of files and lines. */
  get warnings(): readonly Diagnostic[] {
    return [...this.#doubts.values()].sort(byPlace)
  }
}

function keep(
  into: Map<string, Diagnostic>,
  code: Code,
  where: Node | Location | undefined,
  message: string,
  path: string | undefined,
): void {
  const at = where && ('kind' in where ? placeOf(nameOf(where)) : where)
  const key = [code, at?.file, at?.line, at?.column, message].join('\n')
  if (!into.has(key)) into.set(key, { code, message, ...(at ? { at } : {}), ...(path === undefined ? {} : { path }) })
}

/** Orders diagnostics by file, line, column and code; those that stand in no file come first. */
export function byPlace(left: Diagnostic, right: Diagnostic): number {
  return (
    compare(left.at?.file ?? '', right.at?.file ?? '') ||
    (left.at?.line ?? 0) - (right.at?.line ?? 0) ||
    (left.at?.column ?? 0) - (right.at?.column ?? 0) ||
    compare(left.code, right.code)
  )
}

/** By code unit, the same on every machine. */
export function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
