import { isDeepStrictEqual } from 'node:util'
import { isKeyForm, isText, membersOf, resolve, type Types } from '../print/overlap.ts'
import { templatePattern } from '../print/template-pattern.ts'
import { literalKeys } from '../print/zod-text.ts'
import type { KeyedShape, Notes, ObjectShape, Property, Shape, TupleShape } from '../shape.ts'

/** Which way a value goes: an `input` may leave out what has a default, an `output` has it. */
export type Side = 'input' | 'output'

/** The name of a JSON type. */
export type JsonType = 'integer' | 'number' | 'string' | 'boolean' | 'object' | 'null' | 'array'

/** The part of JSON Schema, draft 2020-12, that shapes need. */
export type JsonSchema = {
  $ref?: string
  type?: JsonType | JsonType[]
  format?: string
  const?: unknown
  enum?: unknown[]
  minLength?: number
  maxLength?: number
  pattern?: string
  contentEncoding?: string
  contentMediaType?: string
  contentSchema?: JsonSchema
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
  prefixItems?: JsonSchema[]
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  properties?: { [name: string]: JsonSchema }
  required?: string[]
  propertyNames?: JsonSchema
  patternProperties?: { [pattern: string]: JsonSchema }
  additionalProperties?: JsonSchema
  allOf?: JsonSchema[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  not?: JsonSchema
  description?: string
  default?: unknown
  deprecated?: boolean
  examples?: unknown[]
}

/** How a shape refers to a named type. */
export interface References {
  /** The `$ref` of a named type on one side. */
  refer(name: string, side: Side): string
  /** The named types. */
  readonly types: Types
}

/**
 * What stands for a shape on the wire, as JSON Schema, draft 2020-12. Objects are open, since unknown keys are
 * dropped and not refused.
 */
export function toJsonSchema(shape: Shape, side: Side, references: References): JsonSchema {
  return new Printer(side, references).print(shape)
}

/** Whether a property may be absent on this side. */
export function isOptional({ optional, shape }: Property, side: Side, types: Types): boolean {
  if (shape.default !== undefined) return side === 'input'
  return optional || mayBeAbsent(shape, types)
}

/** Whether a value can be `undefined`, of which JSON has nothing. */
export function mayBeAbsent(shape: Shape, types: Types): boolean {
  return membersOf(shape, types).some((member) => ['undefined', 'unknown'].includes(resolve(member, types).kind))
}

class Printer {
  readonly #side: Side
  readonly #references: References

  constructor(side: Side, references: References) {
    this.#side = side
    this.#references = references
  }

  print(shape: Shape): JsonSchema {
    return { ...this.#type(shape), ...this.#notes(shape) }
  }

  #type(shape: Shape): JsonSchema {
    switch (shape.kind) {
      case 'string':
        return { type: 'string', ...only(shape, ['format', 'minLength', 'maxLength', 'pattern']) }
      case 'template':
        // Without the slashes and the flag of the literal.
        return { type: 'string', pattern: templatePattern(shape, this.#references.types).slice(1, -2) }
      case 'number':
        return {
          type: shape.integer ? 'integer' : 'number',
          ...only(shape, ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']),
        }
      case 'schema':
        return shape.json ? { ...shape.json } : this.print(shape.shape)
      case 'bigint':
        return { type: 'string', pattern: '^(?:0|-?[1-9]\\d*)$', maxLength: 1024 }
      case 'boolean':
      case 'null':
        return { type: shape.kind }
      case 'unknown':
        return {}
      case 'undefined':
      case 'never':
        return { not: {} }
      case 'date':
        return { type: 'string', format: 'date-time' }
      case 'url':
        return { type: 'string', format: 'uri' }
      case 'bytes':
        if (shape.raw) return binary(shape)
        return { type: 'string', contentEncoding: 'base64', pattern: base64Pattern }
      case 'file':
      case 'blob':
      case 'stream':
      case 'response':
        return binary(shape)
      case 'literal':
        return literals([wireLiteral(shape.value)])
      case 'array':
        return {
          type: 'array',
          items: this.print(shape.items),
          ...only(shape, ['minItems', 'maxItems', 'uniqueItems']),
        }
      case 'set':
        return { type: 'array', items: this.print(shape.items) }
      case 'tuple':
        return this.#tuple(shape)
      case 'object':
        return this.#object(shape)
      case 'keyed':
        return this.#keyed(shape)
      case 'record':
        return this.#record(shape.key, shape.value)
      case 'map':
        return isText(shape.key, this.#references.types)
          ? this.#map(shape.key, shape.value)
          : { type: 'array', items: this.#tuple({ items: [{ shape: shape.key }, { shape: shape.value }] }) }
      case 'union':
        return this.#union(shape.members)
      case 'ref':
        return { $ref: this.#references.refer(shape.name, this.#side) }
    }
  }

  #tuple({ items, rest, after = [] }: Pick<TupleShape, 'items' | 'rest' | 'after'>): JsonSchema {
    if (rest && after.length > 0) {
      // JSON Schema cannot count from the end, so that the order of what follows the first items is not held.
      const first = this.#tuple({ items, rest: unionOf([rest, ...after.map(({ shape }) => shape)]) })
      return { ...first, minItems: items.length + after.length }
    }
    const required = items.filter(({ optional }) => !optional).length
    return {
      type: 'array',
      ...(items.length > 0 ? { prefixItems: items.map(({ shape }) => this.print(shape)) } : {}),
      items: rest ? this.print(rest) : { not: {} },
      ...(required > 0 ? { minItems: required } : {}),
      ...(rest ? {} : { maxItems: items.length }),
    }
  }

  #object({ properties, index }: Pick<ObjectShape, 'properties' | 'index'>): JsonSchema {
    const carried = properties.filter(({ shape }) => shape.kind !== 'undefined')
    const required = carried
      .filter((property) => !isOptional(property, this.#side, this.#references.types))
      .map(({ name }) => name)
    return {
      type: 'object',
      properties: Object.fromEntries(carried.map(({ name, shape }) => [name, this.print(shape)])),
      ...(required.length > 0 ? { required } : {}),
      ...(index ? { additionalProperties: this.print(index.value) } : {}),
    }
  }

  #keyed({ properties, signatures }: KeyedShape): JsonSchema {
    const { types } = this.#references
    const any = signatures.find(({ key }) => !isKeyForm(key, types))
    const forms = signatures.filter(({ key }) => isKeyForm(key, types))
    const patterns = forms.flatMap(({ key, value }) => Object.entries(this.#byForm(key, value).patternProperties ?? {}))
    return {
      ...this.#object({ properties }),
      ...(patterns.length > 0 ? { patternProperties: Object.fromEntries(patterns) } : {}),
      ...(any ? { additionalProperties: this.print(any.value) } : {}),
    }
  }

  #record(key: Shape, value: Shape): JsonSchema {
    const listed = literalKeys(key, this.#references.types)
    if (listed) return this.#object({ properties: listed.map((name) => ({ name, shape: value, optional: false })) })
    if (isKeyForm(key, this.#references.types)) return this.#byForm(key, value)
    return this.#map(key, value)
  }

  /** Keys of another form are unknown ones, which are dropped. */
  #byForm(key: Shape, value: Shape): JsonSchema {
    const members = membersOf(key, this.#references.types).map((member) => resolve(member, this.#references.types))
    const patterns = members.map((member) => this.#key(member).pattern ?? '')
    return {
      type: 'object',
      patternProperties: Object.fromEntries(patterns.map((pattern) => [pattern, this.print(value)])),
    }
  }

  #map(key: Shape, value: Shape): JsonSchema {
    const names = this.#key(key)
    return {
      type: 'object',
      ...(Object.keys(names).length > 0 ? { propertyNames: names } : {}),
      additionalProperties: this.print(value),
    }
  }

  /** What a property name must be: a text, whatever the type of the key. */
  #key(key: Shape): JsonSchema {
    if (key.kind === 'number') return { pattern: numberPattern }
    const { type, ...rest } = this.print(key)
    return type === 'string' ? rest : { ...(type ? { type } : {}), ...rest }
  }

  #union(members: readonly Shape[]): JsonSchema {
    const carried = members.filter((member) => !isUndefined(member))
    const values = carried.flatMap((member) => plainLiteral(member))
    const others = carried.filter((member) => plainLiteral(member).length === 0 && member.kind !== 'null')
    const nullable = carried.some(({ kind }) => kind === 'null')
    if (others.length === 0) return literals(nullable ? [...values, null] : values)
    const schemas = others.map((member) => this.print(member))
    if (values.length > 0) schemas.unshift(literals(values))
    const [only] = schemas
    if (!nullable) return only && schemas.length === 1 ? only : { anyOf: schemas }
    if (schemas.length === 1 && typeof only?.type === 'string' && !('const' in only) && !only.enum) {
      return { ...only, type: [only.type, 'null'] }
    }
    return { anyOf: [...schemas, { type: 'null' }] }
  }

  #notes(notes: Notes): JsonSchema {
    const reason = typeof notes.deprecated === 'string' ? `Deprecated: ${notes.deprecated}` : ''
    const description = [notes.description, reason].filter(Boolean).join('\n\n')
    return {
      ...(description ? { description } : {}),
      ...(notes.default !== undefined && this.#side === 'input' ? { default: notes.default } : {}),
      ...(notes.deprecated ? { deprecated: true } : {}),
      ...(notes.examples ? { examples: [...notes.examples] } : {}),
    }
  }
}

/** Without a pattern nobody would check it: to validators an encoding is a note. */
const base64Pattern = '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$'

/** A choice of these, each of them once. */
function unionOf(shapes: readonly Shape[]): Shape {
  const members = shapes.filter((shape, at) => shapes.findIndex((other) => isDeepStrictEqual(shape, other)) === at)
  const [only] = members
  return only && members.length === 1 ? only : { kind: 'union', members }
}

/** How a number is written as a key. */
const numberPattern = '^-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?$'

function isUndefined({ kind }: Shape): boolean {
  return kind === 'undefined'
}

/** The value of a literal that says nothing more about itself. */
function plainLiteral(shape: Shape): (string | number | boolean)[] {
  return shape.kind === 'literal' && shape.description === undefined ? [wireLiteral(shape.value)] : []
}

function wireLiteral(value: string | number | boolean | bigint): string | number | boolean {
  return typeof value === 'bigint' ? String(value) : value
}

function literals(values: readonly (string | number | boolean | null)[]): JsonSchema {
  const types = [...new Set(values.map((value) => (value === null ? 'null' : (typeof value as JsonType))))]
  const [type] = types
  const typed = types.length === 1 && type ? { type } : { type: types }
  if (values.length === 0) return { not: {} }
  if (values.length === 1) return values[0] === null ? typed : { ...typed, const: values[0] }
  return { ...typed, enum: [...values] }
}

function only<Source extends object, Key extends keyof Source>(
  source: Source,
  keys: readonly Key[],
): Pick<Source, Key> {
  const kept = keys.filter((key) => source[key] !== undefined).map((key) => [key, source[key]] as const)
  return Object.fromEntries(kept) as Pick<Source, Key>
}

/** Bytes as they are. The length of a text that stands for them is their number. */
function binary(shape: Shape): JsonSchema {
  const { maxSize, contentType = [] } = shape.kind === 'file' || shape.kind === 'blob' ? shape : {}
  const [only, ...others] = contentType
  const type = only !== undefined && others.length === 0 ? only : 'application/octet-stream'
  return { type: 'string', contentMediaType: type, ...(maxSize === undefined ? {} : { maxLength: maxSize }) }
}
