import type { Node } from 'typescript/ast'
import type { Diagnostic, Location } from '../diagnostic.ts'
import type { Code } from './codes.ts'
import { nameOf, placeOf } from './place.ts'

/** What may not be meant, and what it is about: once that is read again, it is told again or not at all. */
export interface Warning extends Subject {
  readonly diagnostic: Diagnostic
}

/** What a warning is about. */
export interface Subject {
  /** The operation, where it is about one as a whole. */
  readonly operation?: string
  /** The lasting keys of the types it stands in: it is told while one of them is there. */
  readonly types?: readonly string[] | undefined
}

/** Collects what is wrong, so that one run tells everything. */
export class Problems {
  readonly #found = new Map<string, Diagnostic>()
  readonly #doubts = new Map<string, Warning>()

  /** Reports a mistake at a node or a place. The same one at the same place is told once. */
  add(code: Code, where: Node | Location | undefined, message: string, path?: string): void {
    const diagnostic = diagnosticOf(code, where, message, path)
    const key = keyOf(diagnostic)
    if (!this.#found.has(key)) this.#found.set(key, diagnostic)
  }

  /** Reports what may be meant, and keeps nothing from being written. */
  warn(code: Code, where: Node | Location | undefined, message: string, path?: string, subject: Subject = {}): void {
    this.warnAgain({ diagnostic: diagnosticOf(code, where, message, path), ...subject })
  }

  /** Reports what an earlier reading did. */
  warnAgain(warning: Warning): void {
    const key = keyOf(warning.diagnostic)
    const known = this.#doubts.get(key)
    const types = known?.types && warning.types && [...new Set([...known.types, ...warning.types])]
    this.#doubts.set(key, known ? { ...known, types } : warning)
  }

  /** In the order of files and lines. */
  get all(): readonly Diagnostic[] {
    return [...this.#found.values()].sort(byPlace)
  }

  /** In the order of files and lines. */
  get warnings(): readonly Warning[] {
    return [...this.#doubts.values()].sort((one, other) => byPlace(one.diagnostic, other.diagnostic))
  }
}

function diagnosticOf(
  code: Code,
  where: Node | Location | undefined,
  message: string,
  path: string | undefined,
): Diagnostic {
  const at = where && ('kind' in where ? placeOf(nameOf(where)) : where)
  return { code, message, ...(at ? { at } : {}), ...(path === undefined ? {} : { path }) }
}

function keyOf({ code, at, message }: Diagnostic): string {
  return [code, at?.file, at?.line, at?.column, message].join('\n')
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
