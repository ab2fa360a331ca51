import type { Shape } from '../shape.ts'
import { groupsOf } from './groups.ts'
import { memoize } from './memoize.ts'
import type { Types } from './overlap.ts'
import { partsOf, refsOf } from './parts.ts'

/** Tells which shapes are of some kind themselves, or have a part that is. */
export function having(isMeant: (shape: Shape) => boolean): (shape: Shape) => boolean {
  const has = (shape: Shape): boolean => isMeant(shape) || partsOf(shape).some(has)
  return memoize(has)
}

/** Tells which shapes have something, or lead to one that has. The types are walked once, however many shapes are asked about. */
export function leadsTo(types: Types, has: (shape: Shape) => boolean): (shape: Shape) => boolean {
  const leading = new Set<string>()
  const leads = (shape: Shape): boolean => has(shape) || refsOf(shape).some((name) => leading.has(name))
  // What a group leads to stands before it.
  for (const group of groupsOf(types)) {
    if (group.some(({ shape }) => leads(shape))) for (const { name } of group) leading.add(name)
  }
  return leads
}
