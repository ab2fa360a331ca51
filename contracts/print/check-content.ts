import { bodyOf } from '../body.ts'
import { everyOperation } from '../channels.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { AppModel, OperationModel } from '../model.ts'
import { filePartOf, rawBodyOf } from '../raw-body.ts'
import type { Shape } from '../shape.ts'
import { having, leadsTo } from './leading.ts'
import { resolve, type Types } from './overlap.ts'
import { partsOf } from './parts.ts'

/** Files where JSON would have to carry them, and inputs that do not fit the media types of their function. */
export function* checkContent(model: AppModel): Generator<Diagnostic> {
  const { operations, types } = model
  const leadsToFile = leadsTo(types, hasFile)
  for (const operation of operations) {
    for (const { code, message, path } of bodyOf(operation, types).problems) {
      yield { code, at: operation.at, message, path: [`${operation.name} input`, ...path].join('.') }
    }
  }
  for (const operation of everyOperation(model)) {
    const { name, kind, at, output, errors } = operation
    const sides = [
      ...inputParts(operation, types),
      ...(output ? [[`${name} output`, output, kind === 'event' ? eventText : outputText] as const] : []),
      ...errors.flatMap(({ code, data }) => (data ? [[`${name} error ${code}`, data, errorText] as const] : [])),
    ]
    for (const [start, shape, where] of sides) {
      if (!leadsToFile(shape)) continue
      for (const { kind, path } of filesIn(shape, start, types, new Set())) {
        yield { code: 'PK1109', at, message: `JSON carries no ${nameOf(kind)}. ${where}`, path }
      }
    }
  }
}

const hasFile = having(isFile)

const inputText =
  'It is the input itself, a property of it or an array there; an optional one is left out, not null. A Response is for outputs.'
const outputText =
  'It is what the function gives as a whole, always; where there is none, throw an error such as NotFound.'
const eventText = 'An event is JSON. Send what names it, such as an id.'
const errorText = 'The data of an error is JSON. Give what names it, such as an id.'

/** The parts of an input that are JSON or text. */
function inputParts(operation: OperationModel, types: Types): (readonly [string, Shape, string])[] {
  const { name, input } = operation
  const raw = rawBodyOf(operation, types)
  if (!input || (raw && raw.property === undefined)) return []
  const shape = resolve(input, types)
  if (shape.kind !== 'object') return [[`${name} input`, input, inputText]]
  const others = shape.properties.filter((property) => !filePartOf(property, types))
  const parts: (readonly [string, Shape, string])[] = others.map((property) => [
    `${name} input.${property.name}`,
    property.shape,
    inputText,
  ])
  return shape.index ? [...parts, [`${name} input[key]`, shape.index.value, inputText]] : parts
}

function* filesIn(
  shape: Shape,
  path: string,
  types: Types,
  seen: Set<string>,
): Generator<{ readonly kind: string; readonly path: string }> {
  if (isFile(shape)) yield { kind: shape.kind, path }
  else if (shape.kind === 'ref') {
    if (seen.has(shape.name)) return
    seen.add(shape.name)
    yield* filesIn(resolve(shape, types), path, types, seen)
  } else {
    const names = 'properties' in shape ? shape.properties.map(({ name }) => `.${name}`) : []
    for (const [position, part] of partsOf(shape).entries()) {
      yield* filesIn(part, `${path}${names[position] ?? (shape.kind === 'union' ? '' : '[]')}`, types, seen)
    }
  }
}

function isFile({ kind }: Shape): boolean {
  return kind === 'file' || kind === 'blob' || kind === 'stream' || kind === 'response'
}

function nameOf(kind: string): string {
  if (kind === 'stream') return 'ReadableStream'
  return kind.charAt(0).toUpperCase() + kind.slice(1)
}
