import type { BigIntShape, FileShape, NumberShape, Shape, StringFormat, StringShape } from '../shape.ts'
import { resolve, type Types } from './overlap.ts'
import type { ParserModule } from './parsers-module.ts'
import { templatePattern } from './template-pattern.ts'
import { literalText, patternText, stringText } from './text.ts'
import type { Arranged } from './union.ts'

/** What a test of a value needs besides its shape. */
export interface LeafContext {
  readonly module: ParserModule
  readonly types: Types
  /** How the members of a union are arranged. */
  arranged(union: Shape): Arranged
}

/**
 * Conditions of which one holds for every value that does not fit the shape. Nothing for the shapes whose values
 * become something else on the way, which no condition alone can tell.
 */
export function misfits(shape: Shape, value: string, context: LeafContext): readonly string[] | undefined {
  switch (shape.kind) {
    case 'string':
      return stringMisfits(shape, value, context.module)
    case 'number':
      return numberMisfits(shape, value, context.module)
    case 'template': {
      const pattern = context.module.constant('pattern', templatePattern(shape, context.types))
      return [`typeof ${value} !== 'string'`, `!${pattern}.test(${value})`]
    }
    case 'boolean':
      return [`typeof ${value} !== 'boolean'`]
    case 'null':
    case 'undefined':
      return [`${value} !== ${shape.kind}`]
    case 'unknown':
      return []
    case 'never':
      // Nothing that is parsed is ever this.
      return [`${value} !== ${context.module.use('invalid')}`]
    case 'literal':
      return typeof shape.value === 'bigint' ? undefined : [`${value} !== ${literalText(shape.value)}`]
    case 'file':
    case 'blob':
      return fileMisfits(shape, value, context.module)
    case 'bytes':
      return shape.raw ? [`!(${value} instanceof Uint8Array)`] : undefined
    case 'stream':
      return [`!(${value} instanceof ReadableStream)`]
    case 'union':
      return unionMisfits(shape, value, context)
    case 'ref':
      return misfits(resolve(shape, context.types), value, context)
    default:
      return undefined
  }
}

function fileMisfits({ kind, maxSize, contentType }: FileShape, value: string, module: ParserModule): string[] {
  const types = contentType?.map((type) => `, ${stringText(type)}`).join('')
  return [
    `!(${value} instanceof ${kind === 'file' ? 'File' : 'Blob'})`,
    ...(maxSize === undefined ? [] : [`${value}.size > ${literalText(maxSize)}`]),
    ...(types === undefined ? [] : [`!${module.use('isOfType')}(${value}.type${types})`]),
  ]
}

function stringMisfits(shape: StringShape, value: string, module: ParserModule): string[] | undefined {
  // What is around a URI is trimmed.
  if (shape.format === 'uri') return undefined
  return [`typeof ${value} !== 'string'`, ...textMisfits(shape, value, module)]
}

/** What is wrong with a text that is known to be one. */
export function textMisfits(shape: StringShape, value: string, module: ParserModule): string[] {
  const conditions: string[] = []
  const { format, minLength = 0, maxLength, pattern } = shape
  if (minLength === 1) conditions.push(`${value} === ''`)
  else if (minLength > 1) conditions.push(`${module.use('shorter')}(${value}, ${literalText(minLength)})`)
  if (maxLength !== undefined) conditions.push(`${module.use('longer')}(${value}, ${literalText(maxLength)})`)
  if (format === 'ipv6') conditions.push(`!${module.use('isIpv6')}(${value})`)
  else if (format !== undefined && format !== 'uri') conditions.push(`!${module.use(formats[format])}.test(${value})`)
  if (pattern !== undefined) conditions.push(`!${module.constant('pattern', patternText(pattern))}.test(${value})`)
  return conditions
}

const formats: Readonly<Record<Exclude<StringFormat, 'uri' | 'ipv6'>, string>> = {
  uuid: 'uuid',
  email: 'email',
  'date-time': 'dateTime',
  date: 'date',
  time: 'time',
  ipv4: 'ipv4',
}

function numberMisfits(shape: NumberShape, value: string, module: ParserModule): string[] {
  const whole = `!Number.${shape.integer ? 'isSafeInteger' : 'isFinite'}(${value})`
  const bounds = boundMisfits(shape, value)
  if (shape.multipleOf !== undefined) {
    bounds.push(`!${module.use('isMultiple')}(${value}, ${literalText(shape.multipleOf)})`)
  }
  return [`typeof ${value} !== 'number'`, whole, ...bounds]
}

/** What is out of the bounds of a number or bigint that is known to be one. */
export function boundMisfits(shape: NumberShape | BigIntShape, value: string): string[] {
  const outside = (operator: string, limit: number | bigint | undefined) =>
    limit === undefined ? [] : [`${value} ${operator} ${literalText(limit)}`]
  return [
    ...outside('<', shape.minimum),
    ...(shape.kind === 'number' ? outside('<=', shape.exclusiveMinimum) : []),
    ...outside('>', shape.maximum),
    ...(shape.kind === 'number' ? outside('>=', shape.exclusiveMaximum) : []),
  ]
}

function unionMisfits(shape: Shape, value: string, context: LeafContext): readonly string[] | undefined {
  const { literals, discriminated, forms, nullable, optional } = context.arranged(shape)
  if (discriminated || forms.some((form) => form.length > 1)) return undefined
  const parts: string[] = []
  const texts = literals.map((literal) => literalText(literal.value))
  if (texts.length > 6)
    parts.push(`!${context.module.constant('values', `new Set<unknown>([${texts.join(', ')}])`)}.has(${value})`)
  else parts.push(...texts.map((text) => `${value} !== ${text}`))
  if (nullable) parts.push(`${value} !== null`)
  if (optional) parts.push(`${value} !== undefined`)
  for (const member of forms.flat()) {
    const conditions = misfits(member, value, context)
    if (conditions === undefined) return undefined
    if (conditions.length === 0) return []
    parts.push(anyOf(conditions))
  }
  return parts.length === 0 ? misfits({ kind: 'never' }, value, context) : [parts.join(' && ')]
}

/** The conditions as one that can stand beside `&&`. */
export function anyOf(conditions: readonly string[]): string {
  const [only] = conditions
  return only !== undefined && conditions.length === 1 && !only.includes(' || ') ? only : `(${conditions.join(' || ')})`
}

/** That none of the conditions holds. */
export function noneOf(conditions: readonly string[]): string {
  const [only] = conditions
  const plain =
    only !== undefined && conditions.length === 1 && /^(?:typeof )?\w+ !== /.test(only) && !only.includes(' && ')
  return plain ? only.replace(' !== ', ' === ') : `!(${conditions.join(' || ')})`
}
