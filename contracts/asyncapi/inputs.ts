import type { OperationModel } from '../model.ts'
import { resolve, type Types } from '../print/overlap.ts'
import { filePartOf } from '../raw-body.ts'
import type { Property, Shape } from '../shape.ts'

/** What a frame has for the input of an operation: `null` where a file stands, whose bytes follow. */
export function inputOnSocket({ input }: OperationModel, types: Types): Shape | undefined {
  const shape = input && resolve(input, types)
  if (shape?.kind !== 'object') return input
  const parts = shape.properties.map((property) => ({ property, file: filePartOf(property, types) }))
  if (parts.every(({ file }) => !file)) return input
  const properties = parts.map(({ property, file }): Property => {
    if (!file) return property
    const { description } = property.shape
    const place: Shape = file.many ? { kind: 'array', items: { kind: 'null' } } : { kind: 'null' }
    return { ...property, shape: { ...place, ...(description === undefined ? {} : { description }) } }
  })
  return { ...shape, properties }
}
