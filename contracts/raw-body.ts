import type { BodyContract } from '../core/index.ts'
import { multipart, urlencoded } from './media-types.ts'
import type { OperationModel } from './model.ts'
import { membersOf, resolve, type Types } from './print/overlap.ts'
import type { Property, Shape } from './shape.ts'

/** A body that is one value. */
export type RawBody = Exclude<BodyContract, { kind: 'form' }>

/**
 * Whether the body of an operation is one value, and which. It is when the whole input, or its property `body`, is a
 * `File`, a `Blob` or a stream; or a text or bytes and `consumes` names a media type for it. `consumes` with the type
 * of a form makes it a form instead.
 */
export function rawBodyOf({ input, consumes }: OperationModel, types: Types): RawBody | undefined {
  const shape = input && resolve(input, types)
  if (!shape || consumes?.some(isOfForm)) return undefined
  const property = shape.kind === 'object' ? shape.properties.find(({ name }) => name === 'body') : undefined
  const value = property ? resolve(property.shape, types) : shape
  const kind = rawKind(value, types, isRaw(consumes))
  if (!kind) return undefined
  const narrowed = (value.kind === 'file' || value.kind === 'blob') && value.contentType
  return { kind, types: consumes ?? (narrowed || ['*/*']), ...(property ? { property: property.name } : {}) }
}

/** An operation whose body, if that is an array of bytes, is one that no JSON carries. */
export function withRawBytes(operation: OperationModel, types: Types): OperationModel {
  const raw = rawBodyOf(operation, types)
  if (raw?.kind !== 'bytes' || !operation.input) return operation
  const shape = resolve(operation.input, types)
  if (shape.kind !== 'object') return { ...operation, input: { ...shape, kind: 'bytes', raw: true } }
  const properties = shape.properties.map((property): Property => {
    if (property.name !== raw.property) return property
    return { ...property, shape: { ...property.shape, kind: 'bytes', raw: true } }
  })
  return { ...operation, input: { ...shape, properties } }
}

/** A part of a form that is a file: what it is, and whether there may be several. */
export interface FilePart {
  readonly type: 'file' | 'blob' | 'stream'
  readonly many: boolean
}

/** Whether a property of an input is a file, or an array of files. */
export function filePartOf({ shape }: Property, types: Types): FilePart | undefined {
  const resolved = resolve(shape, types)
  const { kind } = resolved
  if (kind === 'file' || kind === 'blob' || kind === 'stream') return { type: kind, many: false }
  const items = kind === 'array' ? resolve(resolved.items, types) : undefined
  return items?.kind === 'file' || items?.kind === 'blob' ? { type: items.kind, many: true } : undefined
}

/** Whether a media type is one of those that forms are sent as. */
export function isOfForm(type: string): boolean {
  return type === multipart || type === urlencoded
}

/** Whether these name something else than JSON and forms. */
export function isRaw(consumes: readonly string[] | undefined): boolean {
  return consumes?.some((type) => type !== 'application/json' && !isOfForm(type)) ?? false
}

/** Whether every value of a shape is a text that is in JSON as it is. */
export function isPlainText(shape: Shape, types: Types): boolean {
  return membersOf(shape, types).every((member) => {
    const { kind, ...rest } = resolve(member, types)
    return (
      kind === 'string' ||
      kind === 'template' ||
      (kind === 'literal' && 'value' in rest && typeof rest.value === 'string')
    )
  })
}

function rawKind(shape: Shape, types: Types, isNamed: boolean): RawBody['kind'] | undefined {
  const { kind } = shape
  if (kind === 'file' || kind === 'blob' || kind === 'stream') return kind
  if (!isNamed) return undefined
  if (kind === 'bytes' && !shape.buffer) return 'bytes'
  return isPlainText(shape, types) ? 'text' : undefined
}
