import type { AppModel } from '../../model.ts'
import type { Shape } from '../../shape.ts'

/** A shape on one line, close to TypeScript, for golden texts: `{ id: string(minLength 1); due?: date }`. */
export function shapeText(shape: Shape): string {
  const { kind: _, ...rest } = shape
  return bodyText(shape) + noteText(rest)
}

/** The named types of a model, one a line. */
export function typesText({ types }: AppModel): string[] {
  return [...types.values()].map(
    ({ name, shape, recursive }) => `${name}${recursive ? ' (recursive)' : ''} = ${shapeText(shape)}`,
  )
}

function bodyText(shape: Shape): string {
  switch (shape.kind) {
    case 'literal':
      return typeof shape.value === 'bigint' ? `${shape.value}n` : JSON.stringify(shape.value)
    case 'array':
      return `${inner(shape.items)}[]`
    case 'set':
      return `set<${shapeText(shape.items)}>`
    case 'map':
      return `map<${shapeText(shape.key)}, ${shapeText(shape.value)}>`
    case 'record':
      return `record<${shapeText(shape.key)}, ${shapeText(shape.value)}>`
    case 'union':
      return shape.members.map(inner).join(' | ')
    case 'ref':
      return shape.name
    case 'schema':
      return `schema<${[shape.export, ...(shape.member ? [shape.member] : [])].join('.')} of ${shape.module}>(${shapeText(shape.shape)})`
    case 'tuple': {
      const items = shape.items.map(
        (item) => `${item.name ? `${item.name}: ` : ''}${shapeText(item.shape)}${item.optional ? '?' : ''}`,
      )
      return `[${[...items, ...(shape.rest ? [`...${inner(shape.rest)}[]`] : []), ...(shape.after ?? []).map((item) => `${item.name ? `${item.name}: ` : ''}${shapeText(item.shape)}`)].join(', ')}]`
    }
    case 'object': {
      const properties = shape.properties.map(
        ({ name, optional, shape: of }) => `${name}${optional ? '?' : ''}: ${shapeText(of)}`,
      )
      const index = shape.index ? [`[${shapeText(shape.index.key)}]: ${shapeText(shape.index.value)}`] : []
      return properties.length + index.length === 0 ? '{}' : `{ ${[...properties, ...index].join('; ')} }`
    }
    case 'keyed': {
      const properties = shape.properties.map(
        ({ name, optional, shape: of }) => `${name}${optional ? '?' : ''}: ${shapeText(of)}`,
      )
      const others = shape.signatures.map(({ key, value }) => `[${shapeText(key)}]: ${shapeText(value)}`)
      return `{ ${[...properties, ...others].join('; ')} }`
    }
    case 'template':
      return `\`${shape.texts.map((text, index) => text + (shape.holes[index] ? `\${${shapeText(shape.holes[index])}}` : '')).join('')}\``
    default:
      return shape.kind
  }
}

function inner(shape: Shape): string {
  const text = shapeText(shape)
  return shape.kind === 'union' && !text.endsWith(')') ? `(${text})` : text
}

const structure = new Set([
  'items',
  'rest',
  'after',
  'signatures',
  'key',
  'value',
  'members',
  'name',
  'properties',
  'index',
  'texts',
  'holes',
  'module',
  'export',
  'member',
  'shape',
])

function noteText(rest: object): string {
  const notes = Object.entries(rest).flatMap(([name, value]) => {
    if (structure.has(name)) return []
    return value === true ? name : `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`
  })
  return notes.length === 0 ? '' : `(${notes.join(', ')})`
}
