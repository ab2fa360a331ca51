import type { Shape } from '../shape.ts'
import { memoize } from './memoize.ts'

/** The named types that a shape speaks of itself, each as often as it does. */
export const refsOf: (shape: Shape) => readonly string[] = memoize((shape) => {
  const found: string[] = []
  addRefs(shape, found)
  return found
})

function addRefs(shape: Shape, found: string[]): void {
  if (shape.kind === 'ref') found.push(shape.name)
  else for (const part of partsOf(shape)) addRefs(part, found)
}

/** The shapes that a shape is made of. */
export function partsOf(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case 'array':
    case 'set':
      return [shape.items]
    case 'tuple':
      return [
        ...shape.items.map((item) => item.shape),
        ...(shape.rest ? [shape.rest] : []),
        ...(shape.after ?? []).map((item) => item.shape),
      ]
    case 'object':
      return [
        ...shape.properties.map((property) => property.shape),
        ...(shape.index ? [shape.index.key, shape.index.value] : []),
      ]
    case 'keyed':
      return [
        ...shape.properties.map((property) => property.shape),
        ...shape.signatures.flatMap(({ key, value }) => [key, value]),
      ]
    case 'record':
    case 'map':
      return [shape.key, shape.value]
    case 'union':
      return shape.members
    case 'template':
      return shape.holes
    case 'schema':
      return [shape.shape]
    default:
      return []
  }
}
