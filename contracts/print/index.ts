import type { AppModel } from '../model.ts'
import { clientText } from './client-text.ts'
import { declarationOrder } from './declaration-order.ts'
import { indexText } from './index-text.ts'
import { fileKeys, type Kept, markTypes } from './kept.ts'
import { lockText } from './lock-text.ts'
import { moduleText } from './module-text.ts'
import { printParsers } from './parsers.ts'
import { type Places, place, sharedFile } from './places.ts'

export { checkRoutes } from './check.ts'
export { firstLine } from './header.ts'
export { createKept, type Kept } from './kept.ts'

/** How the contracts are printed. */
export interface PrintOptions {
  /** How generated files name each other: as Node and newer tools do, or as older compilers want. Default `.ts`. */
  readonly extension?: '.ts' | '.js' | ''
  /** What the last printing left: what has not changed since then is not printed again. Expects a lasting model. */
  readonly kept?: Kept
  /** The model with what schemas of the user's ask for, of which the lock speaks. Default: the model. */
  readonly documented?: AppModel
}

/**
 * The files of the contracts folder by their path in it, in forward slashes: the same text for the same model.
 * Expects a model in which `checkRoutes` finds nothing.
 */
export function printContracts(
  model: AppModel,
  { extension = '.ts', kept, documented = model }: PrintOptions = {},
): Map<string, string> {
  const places = place(model, kept?.places)
  const files = new Map<string, string>()
  const order = declarationOrder(model.types)
  const marks = kept && markTypes(model, places, order, kept.marks)
  const keyOf = kept && marks && fileKeys(places, order, extension, marks, kept.marks)
  for (const file of [...places.files, sharedFile]) {
    if (!hasContent(file, places)) continue
    const key = keyOf?.(file)
    const known = kept?.modules.get(file)
    if (known && known.key === key) {
      files.set(file, known.schemas)
      continue
    }
    const schemas = moduleText(file, model, places, extension, order, kept && marks && { texts: kept.texts, marks })
    files.set(file, schemas)
    if (key !== undefined) kept?.modules.set(file, { key, schemas })
  }
  for (const file of kept?.modules.keys() ?? []) if (!files.has(file)) kept?.modules.delete(file)
  for (const [file, text] of printParsers(model, {
    extension,
    places,
    ...(kept && marks ? { kept: { ...kept, marks } } : {}),
  }))
    files.set(file, text)
  files.set('index.ts', indexText(model, places, extension, kept?.entries))
  files.set('client.ts', clientText(model, places, extension, kept?.client))
  files.set('contract.json', lockText(documented, kept?.hashes))
  return files
}

/** A module of functions that take and give nothing has no schemas. */
function hasContent(file: string, places: Places): boolean {
  const { types = [], operations = [] } = places.contents.get(file) ?? {}
  if (types.length > 0) return true
  return operations.some((operation) => {
    const own = places.operations.get(operation)
    return own && (own.input !== undefined || own.output !== undefined || own.errors.size > 0)
  })
}
