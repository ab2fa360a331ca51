import { groupsAmong } from '../circles.ts'
import type { NamedType } from '../model.ts'
import { memoize } from './memoize.ts'
import type { Types } from './overlap.ts'
import { refsOf } from './parts.ts'

/** The types that lead to each other, together; what a group leads to stands before it. */
export const groupsOf: (types: Types) => readonly (readonly NamedType[])[] = memoize((types) =>
  groupsAmong(types, ({ shape }) => refsOf(shape)),
)
