import type { NamedType } from '../model.ts'
import type { Shape } from '../shape.ts'
import { groupsOf } from './groups.ts'
import { memoize } from './memoize.ts'
import type { Types } from './overlap.ts'
import { eagerParts } from './zod-text.ts'

/** An order of named types in which their schemas can be made. */
export interface DeclarationOrder {
  /** The place of each type in that order, by its name. */
  readonly positions: ReadonlyMap<string, number>
  /** Those that need themselves to be made, and so hide behind `z.lazy`. */
  readonly lazy: ReadonlySet<string>
}

/**
 * Puts what a schema needs before it. Types that lead to each other through properties wait behind getters;
 * those that lead to themselves otherwise, as a JSON value does, are lazy as a whole.
 */
export const declarationOrder: (types: Types) => DeclarationOrder = memoize((types) => {
  const lazy = lazyTypes(types)
  const eager = (type: NamedType) => (lazy.has(type.name) ? [] : eagerRefs(type.shape))
  const ordered: NamedType[] = []
  const done = new Set<string>()
  const visit = (type: NamedType): void => {
    if (done.has(type.name)) return
    done.add(type.name)
    for (const name of eager(type)) {
      const next = types.get(name)
      if (next) visit(next)
    }
    ordered.push(type)
  }
  // What a group leads to stands before it, so only types of its own are still to be visited from it.
  for (const group of groupsOf(types)) for (const type of group) visit(type)
  return { positions: new Map(ordered.map(({ name }, at) => [name, at])), lazy }
})

/** One type of each circle that goes through no property. */
function lazyTypes(types: Types): Set<string> {
  const lazy = new Set<string>()
  const state = new Map<string, 'under way' | 'done'>()
  const visit = (type: NamedType): void => {
    state.set(type.name, 'under way')
    for (const name of eagerRefs(type.shape)) {
      const next = types.get(name)
      if (!next || lazy.has(name)) continue
      if (state.get(name) === 'under way') lazy.add(name)
      else if (!state.has(name)) visit(next)
    }
    state.set(type.name, 'done')
  }
  for (const type of types.values()) if (!state.has(type.name)) visit(type)
  return lazy
}

const eagerRefs: (shape: Shape) => readonly string[] = memoize(findEagerRefs)

function findEagerRefs(shape: Shape): string[] {
  return shape.kind === 'ref' ? [shape.name] : eagerParts(shape).flatMap(findEagerRefs)
}
