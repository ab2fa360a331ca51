import type { Shape } from '../shape.ts'

/** The named types that a shape speaks of itself. */
export function refsOf(shape: Shape): string[] {
  return shape.kind === 'ref' ? [shape.name] : partsOf(shape).flatMap(refsOf)
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
