import type { Shape } from '../shape.ts'
import { membersOf, resolve, type Types } from './overlap.ts'

/** Whether what is parsed may be `undefined`. */
export function mayBeUndefined(shape: Shape, types: Types): boolean {
  const kinds = membersOf(shape, types).map((member) => resolve(member, types).kind)
  return kinds.includes('undefined') || kinds.includes('unknown')
}

/** Whether `undefined` is one choice of several, so that nothing at all stands for it. */
export function mayBeMissing(shape: Shape, types: Types): boolean {
  const resolved = resolve(shape, types)
  if (resolved.kind !== 'union') return false
  return resolved.members.some((member) => resolve(member, types).kind === 'undefined' || mayBeMissing(member, types))
}
