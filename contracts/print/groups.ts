import type { NamedType } from '../model.ts'
import { memoize } from './memoize.ts'
import type { Types } from './overlap.ts'
import { refsOf } from './parts.ts'

/** The types that lead to each other, together; what a group leads to stands before it (Tarjan 1972). */
export const groupsOf: (types: Types) => readonly (readonly NamedType[])[] = memoize((types) => {
  const groups: NamedType[][] = []
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: NamedType[] = []
  const onStack = new Set<string>()
  const visit = (type: NamedType): void => {
    const at = index.size
    index.set(type.name, at)
    low.set(type.name, at)
    stack.push(type)
    onStack.add(type.name)
    for (const name of refsOf(type.shape)) {
      const next = types.get(name)
      if (!next) continue
      if (!index.has(name)) visit(next)
      if (onStack.has(name)) low.set(type.name, Math.min(low.get(type.name) as number, low.get(name) as number))
    }
    if (low.get(type.name) !== at) return
    const from = stack.indexOf(type)
    const group = stack.splice(from)
    for (const { name } of group) onStack.delete(name)
    groups.push(group)
  }
  for (const type of types.values()) if (!index.has(type.name)) visit(type)
  return groups
})
