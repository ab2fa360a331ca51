import type { Shape } from '../shape.ts'
import type { Types } from './overlap.ts'
import { partsOf } from './parts.ts'

/** Tells which shapes are of some kind, or lead to one that is. The types are walked once, however many shapes are asked about. */
export function leadsTo(types: Types, isMeant: (shape: Shape) => boolean): (shape: Shape) => boolean {
  const leading = new Set<string>()
  const leads = (shape: Shape): boolean =>
    isMeant(shape) || (shape.kind === 'ref' ? leading.has(shape.name) : partsOf(shape).some(leads))
  for (let before = -1; before < leading.size; ) {
    before = leading.size
    for (const { name, shape } of types.values()) if (!leading.has(name) && leads(shape)) leading.add(name)
  }
  return leads
}
