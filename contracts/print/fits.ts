import * as parse from '../parse/index.ts'
import type { ArrayShape, KeyedShape, NumberShape, ObjectShape, Shape, StringShape, TupleShape } from '../shape.ts'
import { isText, resolve, type Types } from './overlap.ts'
import { templatePattern } from './template-pattern.ts'
import { isOptional } from './type-text.ts'

/** Whether JSON is a value of a shape, as its schema would find. What a schema of the user's asks for is not looked at. */
export function fits(shape: Shape, wire: unknown, types: Types): boolean {
  const resolved = resolve(shape, types)
  const each = (values: readonly unknown[], of: Shape) => values.every((value) => fits(of, value, types))
  switch (resolved.kind) {
    case 'string':
      return typeof wire === 'string' && fitsText(resolved, wire)
    case 'template':
      return typeof wire === 'string' && regexOf(templatePattern(resolved, types)).test(wire)
    case 'number':
      return typeof wire === 'number' && fitsNumber(resolved, wire)
    case 'boolean':
      return typeof wire === 'boolean'
    case 'null':
      return wire === null
    case 'literal':
      return wire === (typeof resolved.value === 'bigint' ? String(resolved.value) : resolved.value)
    case 'date':
      return parse.decodeDate(wire) !== parse.invalid
    case 'url':
      return parse.decodeUrl(wire) !== parse.invalid
    case 'bytes':
      return parse.decodeBytes(wire) !== parse.invalid
    case 'bigint': {
      const value = parse.decodeBigInt(wire)
      if (typeof value !== 'bigint') return false
      return value >= (resolved.minimum ?? value) && value <= (resolved.maximum ?? value)
    }
    case 'array':
      return Array.isArray(wire) && fitsLength(resolved, wire) && each(wire, resolved.items)
    case 'set':
      return Array.isArray(wire) && each(wire, resolved.items)
    case 'tuple':
      return Array.isArray(wire) && fitsTuple(resolved, wire, types)
    case 'object':
    case 'keyed':
      return parse.isObject(wire) && fitsObject(resolved, wire, types)
    case 'record':
      return parse.isObject(wire) && each(Object.values(wire), resolved.value)
    case 'map':
      if (isText(resolved.key, types)) return parse.isObject(wire) && each(Object.values(wire), resolved.value)
      return Array.isArray(wire) && wire.every((pair) => fitsTuple(pairOf(resolved.key, resolved.value), pair, types))
    case 'union':
      return resolved.members.some((member) => fits(member, wire, types))
    case 'unknown':
      return true
    default:
      return false
  }
}

function fitsText({ minLength = 0, maxLength, pattern, format }: StringShape, text: string): boolean {
  if (parse.shorter(text, minLength) || (maxLength !== undefined && parse.longer(text, maxLength))) return false
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) return false
  if (format === 'uri') return parse.trimUri(text) !== parse.invalid
  if (format === 'ipv6') return parse.isIpv6(text)
  return format === undefined || formats[format].test(text)
}

const { uuid, email, date, time, ipv4, dateTime } = parse
const formats = { uuid, email, date, time, ipv4, 'date-time': dateTime }

function fitsNumber(shape: NumberShape, value: number): boolean {
  const { integer, minimum = value, maximum = value, exclusiveMinimum, exclusiveMaximum, multipleOf } = shape
  if (integer && !Number.isSafeInteger(value)) return false
  if (value < minimum || value > maximum) return false
  if (value <= (exclusiveMinimum ?? Number.NEGATIVE_INFINITY)) return false
  if (value >= (exclusiveMaximum ?? Number.POSITIVE_INFINITY)) return false
  return multipleOf === undefined || parse.isMultiple(value, multipleOf)
}

function fitsLength({ minItems = 0, maxItems, uniqueItems }: ArrayShape, list: readonly unknown[]): boolean {
  if (list.length < minItems || list.length > (maxItems ?? list.length)) return false
  return !uniqueItems || parse.areUnique(list)
}

function fitsTuple({ items, rest, after = [] }: TupleShape, list: readonly unknown[], types: Types): boolean {
  const end = list.length - after.length
  const required = items.filter(({ optional }) => !optional).length
  if (!Array.isArray(list) || end < required || (!rest && end > items.length)) return false
  return list.every((value, at) => {
    const shape = at < end ? (items[at]?.shape ?? rest) : after[at - end]?.shape
    return shape !== undefined && fits(shape, value, types)
  })
}

function pairOf(key: Shape, value: Shape): TupleShape {
  return { kind: 'tuple', items: [{ shape: key }, { shape: value }] }
}

/** Its properties; of keys that an index signature holds only those of plain objects. */
function fitsObject(shape: ObjectShape | KeyedShape, fields: parse.Fields, types: Types): boolean {
  const named = new Map(shape.properties.map((property) => [property.name, property]))
  const hasAll = shape.properties.every((property) => {
    const value = parse.own(fields, property.name)
    return value === undefined ? isOptional(property, true) : fits(property.shape, value, types)
  })
  const index = shape.kind === 'object' ? shape.index : undefined
  return (
    hasAll &&
    (!index || Object.entries(fields).every(([name, value]) => named.has(name) || fits(index.value, value, types)))
  )
}

/** The regular expression that a literal stands for. */
function regexOf(literal: string): RegExp {
  return new RegExp(literal.slice(1, literal.lastIndexOf('/')), 'u')
}
