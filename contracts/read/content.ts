import type { Node } from 'typescript/ast'
import { type Type, TypeFlags } from 'typescript/sync'
import type { AnswerContract } from '../../core/index.ts'
import { isMediaRange, isMediaType } from '../media-types.ts'
import type { OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import type { Ask } from './compiler.ts'
import { typeArgumentsOf } from './named.ts'
import type { ShapeReader } from './shapes.ts'

/** What a function gives, and whether as a stream of items. */
interface Output {
  readonly kind: 'call' | 'stream'
  readonly shape: Shape | undefined
}

/** A function, for diagnostics. */
interface Place {
  readonly name: string
  readonly declaration: Node
}

/** What an operation gives, and the media types that its options name. */
export function* readContent(
  reader: ShapeReader,
  options: ReadonlyMap<string, Type>,
  { kind, shape }: Output,
  place: Place,
): Ask<Pick<OperationModel, 'output' | 'consumes' | 'answer'>> {
  const consumes = yield* readTypes(reader, 'consumes', options.get('consumes'), place)
  const produces = yield* readTypes(reader, 'produces', options.get('produces'), place)
  const answer = kind === 'call' ? answerOf(reader, shape, produces?.[0]) : undefined
  if (produces && !answer && produces[0] !== 'application/json') {
    const message = `What ${place.name} gives goes out as JSON. Give a string, bytes, a Blob or a stream for ${produces[0]}.`
    reader.problems.add('PK2012', place.declaration, message, `${place.name} output`)
  }
  return { ...(consumes ? { consumes } : {}), ...(answer ? { answer } : shape ? { output: shape } : {}) }
}

/** How an output travels that is not JSON. */
function answerOf(
  reader: ShapeReader,
  shape: Shape | undefined,
  produces: string | undefined,
): AnswerContract | undefined {
  const type = produces === undefined ? {} : { type: produces }
  switch (shape?.kind) {
    case 'file':
    case 'blob': {
      const [only, ...others] = shape.contentType ?? []
      const named = only !== undefined && others.length === 0 && isMediaType(only) ? { type: only } : {}
      return { kind: shape.kind, ...named, ...type }
    }
    case 'stream':
    case 'response':
      return { kind: shape.kind, ...type }
    case 'bytes':
      return isJson(produces) || shape.buffer ? undefined : { kind: 'bytes', ...type }
    default:
      return !isJson(produces) && isText(reader, shape) ? { kind: 'text', ...type } : undefined
  }
}

function isJson(type: string | undefined): boolean {
  return type === undefined || type === 'application/json'
}

function isText(reader: ShapeReader, shape: Shape | undefined): boolean {
  switch (shape?.kind) {
    case 'string':
    case 'template':
      return true
    case 'literal':
      return typeof shape.value === 'string'
    case 'union':
      return shape.members.every((member) => isText(reader, member))
    case 'ref':
      return isText(reader, reader.registry.get(shape.name).shape)
    default:
      return false
  }
}

/** The media types that an option names: only what is written out can be in a contract. */
function* readTypes(
  reader: ShapeReader,
  option: 'consumes' | 'produces',
  type: Type | undefined,
  { name, declaration }: Place,
): Ask<readonly string[] | undefined> {
  if (!type || type.flags & TypeFlags.VoidLike) return undefined
  const types = type.isTupleType() ? yield* typeArgumentsOf(reader.compiler, type) : [type]
  const texts = types.map((one) => (one.isStringLiteralType() ? one.value.toLowerCase() : undefined))
  const isMeant = option === 'consumes' ? isMediaRange : isMediaType
  const read = texts.filter((text): text is string => text !== undefined && isMeant(text))
  if (read.length === types.length && read.length > 0) return read
  const wrong = texts.find((text) => text === undefined || !isMeant(text))
  const what = wrong === undefined ? 'is not written out' : `is "${wrong}", which is no media type`
  const example = option === 'consumes' ? "'text/csv' or ['image/png', 'image/*']" : "'text/csv'"
  reader.problems.add(
    'PK1008',
    declaration,
    `\`${option}\` of ${name} ${what}. Write it in the options: ${example}.`,
    name,
  )
  return undefined
}
