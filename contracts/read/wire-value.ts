import type { Shape } from '../shape.ts'

/** JSON, or where that makes no value of the shape, the text itself. */
export function readValue(text: string, shape: Shape): unknown {
  try {
    const value: unknown = JSON.parse(text)
    if (mayBe(shape, value)) return value
  } catch {
    // No JSON: the text itself.
  }
  return text
}

/** Whether a wire value can be of a shape. What stands behind a name is not looked at. */
export function mayBe(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case 'string':
    case 'template':
    case 'date':
    case 'url':
    case 'bytes':
      return typeof value === 'string'
    case 'bigint':
      return typeof value === 'string' && /^-?\d+$/.test(value)
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'null':
      return value === null
    case 'literal':
      return value === (typeof shape.value === 'bigint' ? String(shape.value) : shape.value)
    case 'array':
    case 'set':
      return Array.isArray(value) && value.every((item) => mayBe(shape.items, item))
    case 'tuple':
      return Array.isArray(value)
    case 'object':
    case 'record':
    case 'keyed':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'union':
      return shape.members.some((member) => mayBe(member, value))
    case 'never':
    case 'undefined':
    case 'file':
    case 'blob':
    case 'stream':
    case 'response':
      return false
    default:
      return true
  }
}
