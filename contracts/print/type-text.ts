import type { KeyedShape, Notes, ObjectShape, Property, Shape } from '../shape.ts'
import { above, braces, type Layout, list, parentheses, render, union } from './layout.ts'
import { refsOf } from './parts.ts'
import { commentText, literalText, memberText, templateChunk } from './text.ts'

/** What the text of a type depends on besides its shape. */
export interface TypeContext {
  /** The name of a named type where this text stands. */
  nameOf(type: string): string
  /** Whether a named type leads to itself. */
  isRecursive(type: string): boolean
  /** Whether values come from outside, so that what has a default may be left out. */
  readonly input: boolean
}

/** A shape as TypeScript: what handlers and callers hold, not what is on the wire. */
export function typeLayout(shape: Shape, context: TypeContext): Layout {
  switch (shape.kind) {
    case 'string':
      return shape.textCase ? `${shape.textCase}<string>` : 'string'
    case 'date':
      return 'Date'
    case 'url':
      return 'URL'
    case 'bytes':
      return shape.buffer ? 'ArrayBuffer' : 'Uint8Array'
    case 'file':
      return 'File'
    case 'blob':
      return 'Blob'
    case 'stream':
      // A page has a Blob, which most browsers cannot send as a stream.
      return context.input ? union(['Blob', 'ReadableStream<Uint8Array>']) : 'ReadableStream<Uint8Array>'
    case 'response':
      return 'Response'
    case 'literal':
      return literalText(shape.value)
    case 'template':
      return `\`${templateText(shape.texts, shape.holes, context)}\``
    case 'array':
      return [element(shape.items, context), '[]']
    case 'tuple': {
      const apart = shape.items.length > 1 || shape.rest !== undefined
      const items = shape.items.map((item): Layout => {
        const type = union(alternatives(item.shape, context), { apart })
        return item.optional ? [parentheses(union([...alternatives(item.shape, context), 'undefined'])), '?'] : type
      })
      if (!shape.rest) return list('[', items, ']')
      const after = (shape.after ?? []).map((item) => union(alternatives(item.shape, context), { apart }))
      return list('[', [...items, ['...', element(shape.rest, context), '[]'], ...after], ']')
    }
    case 'object':
      return objectLayout(shape, context)
    case 'keyed':
      return keyedLayout(shape, context)
    case 'record':
      // An alias may lead to itself through an object type, and not through Record.
      if (refsOf(shape.value).some((name) => context.isRecursive(name))) {
        const key = typeLayout(shape.key, context)
        const plain = shape.key.kind === 'string' || shape.key.kind === 'number' || shape.key.kind === 'template'
        return braces([[plain ? '[key: ' : '[Key in ', key, ']: ', typeLayout(shape.value, context)]], {
          separator: '',
        })
      }
      return list('Record<', [typeLayout(shape.key, context), typeLayout(shape.value, context)], '>')
    case 'map':
      return list('Map<', [typeLayout(shape.key, context), typeLayout(shape.value, context)], '>')
    case 'set':
      return list('Set<', [typeLayout(shape.items, context)], '>')
    case 'union':
      return union(alternatives(shape, context))
    case 'ref':
      return context.nameOf(shape.name)
    case 'schema':
      return typeLayout(shape.shape, context)
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
  if (shape.kind === 'schema') return declarationText(name, shape.shape, context, comment)
  if (shape.kind === 'object' && (shape.properties.length > 0 || shape.index)) {
    return `${comment}export interface ${name} ${render(objectLayout(shape, context, true))}\n`
  }
  return `${comment}${render([`export type ${name} = `, typeLayout(shape, context)])}\n`
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

function keyedLayout({ properties, signatures }: KeyedShape, context: TypeContext): Layout {
  const members = properties.map((property) => memberLayout(property, context))
  const optional = properties.filter((property) => isOptional(property, context.input))
  const others = signatures.map(({ key, value }): Layout => {
    const absent = optional.some(({ name }) => mayHaveForm(name, key)) ? ' | undefined' : ''
    return ['[key: ', typeLayout(key, context), ']: ', typeLayout(value, context), absent]
  })
  return braces([...members, ...others], { separator: '' })
}

/** Whether the compiler may hold a property to what the keys of a form hold. */
function mayHaveForm(name: string, key: Shape): boolean {
  if (key.kind === 'number') return /^-?\d/.test(name)
  return key.kind === 'template' ? name.startsWith(key.texts[0] ?? '') : true
}

function memberLayout(property: Property, context: TypeContext): Layout {
  const { name, shape } = property
  if (!isOptional(property, context.input)) return [memberText(name), ': ', typeLayout(shape, context)]
  if (shape.kind === 'unknown' || shape.kind === 'undefined') return [memberText(name), `?: ${shape.kind}`]
  // Absent and undefined are the same on the wire, so the type takes both.
  return [memberText(name), '?: ', union([...alternatives(shape, context), 'undefined'])]
}

/** Whether a property can be left out of a value. */
export function isOptional({ shape, optional }: Property, input: boolean): boolean {
  // JSON has no undefined, so that what is nothing else can only be absent.
  return optional || shape.kind === 'unknown' || shape.kind === 'undefined' || (input && shape.default !== undefined)
}

function indexLayout({ index, properties }: ObjectShape, context: TypeContext): Layout {
  if (!index) return ''
  const absent = properties.some((property) => isOptional(property, context.input)) ? ' | undefined' : ''
  return ['[key: ', typeLayout(index.key, context), ']: ', typeLayout(index.value, context), absent]
}

function alternatives(shape: Shape, context: TypeContext): Layout[] {
  return shape.kind === 'union'
    ? shape.members.flatMap((member) => alternatives(member, context))
    : [typeLayout(shape, context)]
}

function element(shape: Shape, context: TypeContext): Layout {
  const type = typeLayout(shape, context)
  return shape.kind === 'union' ? parentheses(type) : type
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
  const said: { readonly [rule: string]: unknown } = { ...shape }
  for (const rule of rules) {
    const value = said[rule]
    if (value !== undefined)
      lines.push(`@${rule}${value === true ? '' : ` ${Array.isArray(value) ? value.join(', ') : String(value)}`}`)
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
  'maxSize',
  'contentType',
] as const
