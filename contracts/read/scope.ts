import type { Node } from 'typescript/ast'
import type { CompilerSymbol } from './compiler.ts'
import type { FunctionSource } from './functions.ts'
import type { LastingType } from './lasting-types.ts'
import { importersOf, reachedFrom } from './module-graph.ts'
import type { Reading } from './rereading.ts'
import { sourceFileOf, type Wired } from './wired.ts'

/** What has to be read again after an edit. */
export interface Scope {
  /** The files that may declare or export something else. */
  readonly files: ReadonlySet<string>
  /** The files in which channels may be others. */
  readonly channels: ReadonlySet<string>
  readonly isTouched: (wired: Wired) => boolean
  /** Whether the type of a name in a file may be another one. */
  readonly isTouchedType: (file: string, name: string) => boolean
  /** Where functions stand now that are not read again, by their position. */
  readonly moved: ReadonlyMap<number, FunctionSource>
  /** Types that are read even where no operation leads to them that is. */
  readonly roots: readonly Root[]
  /** Whether a generic type, given types that are what they were, is what it was. */
  readonly isClear: (generic: CompilerSymbol) => boolean
}

/** A type of the last reading, and how it is declared now. */
export interface Root {
  readonly type: LastingType
  readonly declaration: Node
}

/** Everything in the files that an edit can have touched. */
export function wideScope(touched: ReadonlySet<string>): Scope {
  const isTouched: Scope['isTouched'] = (wired) => touched.has(sourceFileOf(wired))
  const isTouchedType = typesOf(touched)
  return {
    files: touched,
    channels: touched,
    isTouched,
    isTouchedType,
    moved: new Map(),
    roots: [],
    isClear: () => true,
  }
}

/** All types of some files. Paths of declarations are in lower case where file systems do not tell cases apart. */
export function typesOf(files: ReadonlySet<string>): (file: string) => boolean {
  const places = new Set([...files].map((file) => file.toLowerCase()))
  return (file) => places.has(file.toLowerCase())
}

/** The files whose operations an edit can have touched; nothing when it can have touched the wiring itself. */
export function touchedFiles(
  reading: Reading,
  changed: readonly string[],
  app: string,
): ReadonlySet<string> | undefined {
  const { graph, places } = reading
  const around = places && reachedFrom([app, ...places.surroundings], new Map([...graph.imports, [app, []]]))
  if (!around || changed.some((file) => around.has(file))) return undefined
  const touched = reachedFrom(changed, importersOf(graph))
  // What speaks of others without being imported by them can reach any of them.
  return [...touched].some((file) => graph.global.has(file)) ? undefined : touched
}
