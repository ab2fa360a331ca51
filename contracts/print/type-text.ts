import type { Notes, ObjectShape, Property, Shape } from '../shape.ts'
import { above, braces, type Layout, list, render } from './layout.ts'
import { commentText, literalText, memberText, templateChunk } from './text.ts'

/** What the text of a type depends on besides its shape. */
export interface TypeContext {
  /** The name of a named type where this text stands. */
  nameOf(type: string): string
  /** Whether values come from outside, so that what has a default may be left out. */
  readonly input: boolean
}

/** A shape as TypeScript: what handlers and callers hold, not what is on the wire. */
export function typeLayout(shape: Shape, context: TypeContext): Layout {
  switch (shape.kind) {
    case 'date':
      return 'Date'
    case 'url':
      return 'URL'
    case 'bytes':
      return 'Uint8Array'
    case 'literal':
      return literalText(shape.value)
    case 'template':
      return `\`${templateText(shape.texts, shape.holes, context)}\``
    case 'array':
      return [element(shape.items, context), '[]']
    case 'tuple': {
      const items = shape.items.map((item): Layout => {
        const type = typeLayout(item.shape, context)
        return item.optional ? ['(', type, ' | undefined)?'] : type
      })
      return list('[', shape.rest ? [...items, ['...', element(shape.rest, context), '[]']] : items, ']')
    }
    case 'object':
      return objectLayout(shape, context)
    case 'record':
      return list('Record<', [typeLayout(shape.key, context), typeLayout(shape.value, context)], '>')
    case 'map':
      return list('Map<', [typeLayout(shape.key, context), typeLayout(shape.value, context)], '>')
    case 'set':
      return list('Set<', [typeLayout(shape.items, context)], '>')
    case 'union':
      return shape.members.flatMap((member, at) => [at === 0 ? '' : ' | ', typeLayout(member, context)])
    case 'ref':
      return context.nameOf(shape.name)
    default:
      return shape.kind
  }
}

/** The type on one line, or as few as it takes. */
export function typeText(shape: Shape, context: TypeContext, indent = '', column = indent.length): string {
  return render(typeLayout(shape, context), indent, column)
}

/** `export interface Todo { … }` or `export type Id = …`, under its comment. */
export function declarationText(name: string, shape: Shape, context: TypeContext, comment: string): string {
  const open = `export type ${name} =`
  if (shape.kind === 'object' && (shape.properties.length > 0 || shape.index)) {
    return `${comment}export interface ${name} ${render(objectLayout(shape, context, true))}\n`
  }
  const flat = typeText(shape, context, '', open.length + 1)
  if (shape.kind !== 'union' || (!flat.includes('\n') && open.length + 1 + flat.length <= 120)) {
    return `${comment}${open} ${flat}\n`
  }
  const members = shape.members.map((member) => `  | ${typeText(member, context, '    ')}\n`)
  return `${comment}${open}\n${members.join('')}`
}

function objectLayout(shape: ObjectShape, context: TypeContext, broken = false): Layout {
  // `{}` would take everything that is not null.
  if (shape.properties.length === 0 && !shape.index) return 'Record<string, never>'
  const members = shape.properties.map((property): Layout => {
    const notes = notesText(property.shape)
    const member = memberLayout(property, context)
    return notes === '' ? member : [above((indent) => commentText(notes, indent)), member]
  })
  return braces(shape.index ? [...members, indexLayout(shape, context)] : members, { separator: '', broken })
}

function memberLayout(property: Property, context: TypeContext): Layout {
  const { name, shape } = property
  const type = typeLayout(shape, context)
  if (!isOptional(property, context.input)) return [memberText(name), ': ', type]
  // Absent and undefined are the same on the wire, so the type takes both.
  return [memberText(name), '?: ', type, shape.kind === 'unknown' ? '' : ' | undefined']
}

/** Whether a property can be left out of a value. */
export function isOptional({ shape, optional }: Property, input: boolean): boolean {
  return optional || shape.kind === 'unknown' || (input && shape.default !== undefined)
}

function indexLayout({ index, properties }: ObjectShape, context: TypeContext): Layout {
  if (!index) return ''
  const absent = properties.some((property) => isOptional(property, context.input)) ? ' | undefined' : ''
  return ['[key: ', typeLayout(index.key, context), ']: ', typeLayout(index.value, context), absent]
}

function element(shape: Shape, context: TypeContext): Layout {
  const type = typeLayout(shape, context)
  return shape.kind === 'union' ? ['(', type, ')'] : type
}

function templateText(texts: readonly string[], holes: readonly Shape[], context: TypeContext): string {
  return texts
    .map((text, at) => {
      const hole = holes[at]
      return templateChunk(text) + (hole ? `\${${typeText(hole, context)}}` : '')
    })
    .join('')
}

/** What the source says beside the type: words, then rules that the schema holds values to. */
export function notesText(shape: Shape): string {
  const lines = noteLines(shape)
  const said = new Map<string, unknown>(Object.entries(shape))
  for (const rule of rules) {
    const value = said.get(rule)
    if (value !== undefined) lines.push(`@${rule}${value === true ? '' : ` ${String(value)}`}`)
  }
  if (shape.default !== undefined) lines.push(`@default ${JSON.stringify(shape.default)}`)
  return lines.join('\n')
}

/** The words of a description and whether something is on its way out. */
export function noteLines({ description, deprecated }: Notes): string[] {
  const lines = description === undefined ? [] : [description]
  if (deprecated !== undefined) lines.push(deprecated === true ? '@deprecated' : `@deprecated ${deprecated}`)
  return lines
}

const rules = [
  'integer',
  'format',
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
] as const
