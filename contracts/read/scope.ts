import type { CompilerSymbol } from './compiler.ts'
import type { LastingType } from './lasting-types.ts'
import { importersOf, reachedFrom } from './module-graph.ts'
import type { Reading } from './rereading.ts'
import { sourceFileOf, type Wired } from './wired.ts'

/** What has to be read again after an edit. */
export interface Scope {
  /** The files whose types may be others. */
  readonly files: ReadonlySet<string>
  /** The files in which channels may be others. */
  readonly channels: ReadonlySet<string>
  readonly isTouched: (wired: Pick<Wired, 'source' | 'exportName'>) => boolean
  /** Types that are read even where no operation leads to them that is. */
  readonly roots: readonly LastingType[]
  /** Whether a generic type, given types that are what they were, is what it was. */
  readonly isClear: (generic: CompilerSymbol) => boolean
}

/** Everything in the files that an edit can have touched. */
export function wideScope(touched: ReadonlySet<string>): Scope {
  const isTouched: Scope['isTouched'] = (wired) => touched.has(sourceFileOf(wired))
  return { files: touched, channels: touched, isTouched, roots: [], isClear: () => true }
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
