import type { AnswerContract, BodyContract } from '../../core/index.ts'
import { bodyOf } from '../body.ts'
import { multipart } from '../media-types.ts'
import type { OperationModel } from '../model.ts'
import { resolve } from '../print/overlap.ts'
import { filePartOf } from '../raw-body.ts'
import type { Shape } from '../shape.ts'
import type { Components } from './components.ts'
import { isOptional, type JsonSchema } from './json-schema.ts'

/** What a body may be, by its media types. No interface, since the index signature of the assembler's type takes none. */
export type BodyContent = {
  [mediaType: string]: { schema: JsonSchema; encoding?: { [property: string]: { contentType: string } } }
}

/** What each item of a body is, by the media types of the body. */
export type ItemContent = { [mediaType: string]: { itemSchema: JsonSchema } }

/** The body of a request. No interface, for the same reason. */
export type RequestBody = { required: boolean; content: BodyContent }

/** The body of an operation, given the part of its input that stands there. */
export function requestBodyOf(operation: OperationModel, shape: Shape, components: Components): RequestBody {
  const { body } = bodyOf(operation, components.types)
  const schema = components.schema(shape, 'input')
  if (!body) return { required: !mayBeEmpty(shape, components), content: { 'application/json': { schema } } }
  return { required: true, content: contentOf(body, shape, schema, components) }
}

/** Whether `{}` is one of its values: a request without a body has that for its JSON. */
function mayBeEmpty(shape: Shape, { types }: Components): boolean {
  const object = resolve(shape, types)
  return object.kind === 'object' && object.properties.every((property) => isOptional(property, 'input', types))
}

function contentOf(body: BodyContract, shape: Shape, schema: JsonSchema, components: Components): BodyContent {
  if (body.kind === 'form') {
    const encoding = encodingOf(shape, components)
    return Object.fromEntries(
      body.types.map((type) => [type, type === multipart && encoding ? { schema, encoding } : { schema }]),
    )
  }
  // Tools that write a body know what to do with this type, and not with any of all.
  const types = body.types.flatMap((type) => (type === '*/*' ? [anyBytes, type] : [type]))
  return Object.fromEntries(types.map((type) => [type, { schema: bytesOf(type, body.kind, schema) }]))
}

/** An answer that is not JSON. */
export function answerContent({ kind, type = ownType(kind) }: AnswerContract): BodyContent {
  if (kind === 'response') return { [type]: { schema: {} } }
  return { [type]: { schema: bytesOf(type, kind, { type: 'string' }) } }
}

/** A file or a response says itself what it is. */
function ownType(kind: AnswerContract['kind']): string {
  return kind === 'bytes' || kind === 'stream' ? anyBytes : '*/*'
}

const anyBytes = 'application/octet-stream'

function bytesOf(type: string, kind: AnswerContract['kind'], schema: JsonSchema): JsonSchema {
  if (kind === 'text') return schema
  return { ...schema, contentMediaType: type === '*/*' ? anyBytes : type }
}

/** The media types that the files of a form are held to. */
function encodingOf(shape: Shape, { types }: Components): { [property: string]: { contentType: string } } | undefined {
  const object = resolve(shape, types)
  if (object.kind !== 'object') return undefined
  const entries = object.properties.flatMap((property) => {
    if (!filePartOf(property, types)) return []
    const value = resolve(property.shape, types)
    const file = value.kind === 'array' ? resolve(value.items, types) : value
    const taken = file.kind === 'file' || file.kind === 'blob' ? file.contentType : undefined
    return taken ? [[property.name, { contentType: taken.join(', ') }] as const] : []
  })
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}
