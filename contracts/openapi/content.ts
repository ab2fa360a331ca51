import type { AnswerContract } from '../../core/index.ts'
import { bodyOf } from '../body.ts'
import { multipart } from '../media-types.ts'
import type { OperationModel } from '../model.ts'
import { resolve } from '../print/overlap.ts'
import { filePartOf } from '../raw-body.ts'
import type { Shape } from '../shape.ts'
import type { Components } from './components.ts'
import type { JsonSchema } from './json-schema.ts'

/** What a body may be, by its media types. No interface, since the index signature of the assembler's type takes none. */
export type BodyContent = {
  [mediaType: string]: { schema: JsonSchema; encoding?: { [property: string]: { contentType: string } } }
}

/** The body of an operation, given the part of its input that stands there. */
export function contentOf(operation: OperationModel, shape: Shape, components: Components): BodyContent {
  const { body } = bodyOf(operation, components.types)
  const schema = components.schema(shape, 'input')
  if (!body) return { 'application/json': { schema } }
  if (body.kind === 'form') {
    const encoding = encodingOf(shape, components)
    return Object.fromEntries(
      body.types.map((type) => [type, type === multipart && encoding ? { schema, encoding } : { schema }]),
    )
  }
  return Object.fromEntries(body.types.map((type) => bytesOf(type, body.kind, schema)))
}

/** An answer that is not JSON. */
export function answerContent({ kind, type = '*/*' }: AnswerContract): BodyContent {
  if (kind === 'response') return { [type]: { schema: {} } }
  const schema: JsonSchema = kind === 'text' ? { type: 'string' } : { type: 'string', contentMediaType: defaultType }
  return Object.fromEntries([bytesOf(type, kind, schema)])
}

const defaultType = 'application/octet-stream'

/** Tools know a media type better than any of all. */
function bytesOf(type: string, kind: AnswerContract['kind'], schema: JsonSchema): [string, { schema: JsonSchema }] {
  const named = type === '*/*' ? defaultType : type
  return [named, { schema: kind === 'text' ? schema : { ...schema, contentMediaType: named } }]
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
