import type { Shape } from '../shape.ts'
import { declarationOrder } from './declaration-order.ts'
import { memoize } from './memoize.ts'
import { resolve, type Types } from './overlap.ts'
import { type Arranged, arrange } from './union.ts'

/** Gives how the members of a union are arranged, in schemas and in parsers alike, and works it out once. */
export const arrangementsOf: (types: Types) => (union: Shape) => Arranged = memoize((types) => {
  const isOpen = openTypes(types)
  return memoize((union) => arrange(union, types, isOpen))
})

/** Tells whether the schema of a named type is one of `z.object`, as it must be to look at its properties. */
function openTypes(types: Types): (type: string) => boolean {
  const { lazy } = declarationOrder(types)
  const isLazy = (type: string): boolean => {
    const shape = types.get(type)?.shape
    return lazy.has(type) || (shape?.kind === 'ref' && isLazy(shape.name))
  }
  return (type) => resolve({ kind: 'ref', name: type }, types).kind === 'object' && !isLazy(type)
}
