import type { OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'

/** The shapes directly inside of one. */
export function* partsOfShape(shape: Shape): Generator<Shape> {
  switch (shape.kind) {
    case 'array':
    case 'set':
      yield shape.items
      break
    case 'tuple':
      for (const item of shape.items) yield item.shape
      if (shape.rest) yield shape.rest
      for (const item of shape.after ?? []) yield item.shape
      break
    case 'object':
      for (const property of shape.properties) yield property.shape
      if (shape.index) yield* [shape.index.key, shape.index.value]
      break
    case 'keyed':
      for (const property of shape.properties) yield property.shape
      for (const { key, value } of shape.signatures) yield* [key, value]
      break
    case 'record':
    case 'map':
      yield* [shape.key, shape.value]
      break
    case 'union':
      yield* shape.members
      break
    case 'template':
      yield* shape.holes
      break
    case 'schema':
      yield shape.shape
      break
  }
}

/** The shapes of an operation. */
export function* shapesOf(operation: OperationModel): Generator<Shape> {
  if (operation.input) yield operation.input
  if (operation.output) yield operation.output
  for (const error of operation.errors) if (error.data) yield error.data
}

/** A shape with each of its parts replaced. */
export function mapParts(shape: Shape, map: (part: Shape) => Shape): Shape {
  switch (shape.kind) {
    case 'array':
    case 'set':
      return { ...shape, items: map(shape.items) }
    case 'tuple': {
      const items = shape.items.map((item) => ({ ...item, shape: map(item.shape) }))
      const after = shape.after?.map((item) => ({ ...item, shape: map(item.shape) }))
      return { ...shape, items, ...(shape.rest ? { rest: map(shape.rest) } : {}), ...(after ? { after } : {}) }
    }
    case 'object': {
      const properties = shape.properties.map((property) => ({ ...property, shape: map(property.shape) }))
      const { index } = shape
      return { ...shape, properties, ...(index ? { index: { key: map(index.key), value: map(index.value) } } : {}) }
    }
    case 'keyed': {
      const properties = shape.properties.map((property) => ({ ...property, shape: map(property.shape) }))
      const signatures = shape.signatures.map(({ key, value }) => ({ key: map(key), value: map(value) }))
      return { ...shape, properties, signatures }
    }
    case 'record':
    case 'map':
      return { ...shape, key: map(shape.key), value: map(shape.value) }
    case 'union':
      return { ...shape, members: shape.members.map(map) }
    case 'template':
      return { ...shape, holes: shape.holes.map(map) }
    case 'schema':
      return { ...shape, shape: map(shape.shape) }
    default:
      return shape
  }
}

/** The names a shape refers to, in order and once each. */
export function refsIn(shape: Shape, found = new Set<string>()): Set<string> {
  if (shape.kind === 'ref') found.add(shape.name)
  for (const part of partsOfShape(shape)) refsIn(part, found)
  return found
}
