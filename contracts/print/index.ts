import type { AppModel } from '../model.ts'
import { clientText } from './client-text.ts'
import { declarationOrder } from './declaration-order.ts'
import { indexText } from './index-text.ts'
import { lockText } from './lock-text.ts'
import { moduleText } from './module-text.ts'
import { printParsers } from './parsers.ts'
import { type Places, place, sharedFile } from './places.ts'

export { checkRoutes } from './check.ts'
export { firstLine } from './header.ts'

/** How the contracts are printed. */
export interface PrintOptions {
  /** How generated files name each other: as Node and newer tools do, or as older compilers want. Default `.ts`. */
  readonly extension?: '.ts' | '.js' | ''
}

/**
 * The files of the contracts folder by their path in it, in forward slashes: the same text for the same model.
 * Expects a model in which `checkRoutes` finds nothing.
 */
export function printContracts(model: AppModel, { extension = '.ts' }: PrintOptions = {}): Map<string, string> {
  const places = place(model)
  const files = new Map<string, string>()
  const order = declarationOrder([...model.types.values()])
  for (const file of [...places.files, sharedFile]) {
    if (!hasContent(file, places)) continue
    files.set(file, moduleText(file, model, places, extension, order))
  }
  for (const [file, text] of printParsers(model, { extension, places })) files.set(file, text)
  files.set('index.ts', indexText(model, places, extension))
  files.set('client.ts', clientText(model, places, extension))
  files.set('contract.json', lockText(model))
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
