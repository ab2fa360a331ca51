import type {
  FileShape,
  NumberShape,
  ObjectShape,
  Property,
  SchemaShape,
  Shape,
  StringFormat,
  StringShape,
  TupleShape,
} from '../shape.ts'
import { namesToShare } from './joining.ts'
import { braces, chain, type Layout, list } from './layout.ts'
import { isKeyForm, isPlain, isText, membersOf, resolve, type Types } from './overlap.ts'
import { partsOf } from './parts.ts'
import { templatePattern } from './template-pattern.ts'
import { literalText, patternText, propertyText, stringText, valueText } from './text.ts'
import { isOptional, type TypeContext, typeText } from './type-text.ts'
import type { Arranged } from './union.ts'

/** What the text of a schema depends on besides its shape. */
export interface ZodContext extends TypeContext {
  readonly types: Types
  /** Whether a named schema is not made yet where this text runs, so that it must be asked for later. */
  isLate(type: string): boolean
  /** How the members of a union are arranged. */
  arranged(union: Shape): Arranged
  /** A schema that the user wrote, where this text stands. */
  userSchema(schema: SchemaShape): string
}

const formats: Readonly<Record<StringFormat, string>> = {
  // z.uuid() asks for a version, which JSON Schema does not.
  uuid: 'z.guid()',
  email: 'z.email()',
  uri: 'z.url()',
  'date-time': 'z.iso.datetime({ offset: true })',
  date: 'z.iso.date()',
  time: 'wire.time()',
  ipv4: 'z.ipv4()',
  ipv6: 'z.ipv6()',
}

/** A shape as a Zod schema. */
export function zodLayout(shape: Shape, context: ZodContext): Layout {
  switch (shape.kind) {
    case 'string':
      return stringLayout(shape, context)
    case 'number':
      return numberLayout(shape)
    case 'template':
      return list(`wire.text<${typeText(shape, context)}>(`, [templatePattern(shape, context.types)], ')')
    case 'bigint': {
      const bounds = [bound('minimum', shape.minimum), bound('maximum', shape.maximum)].filter((text) => text !== '')
      return `wire.bigint(${bounds.length === 0 ? '' : `{ ${bounds.join(', ')} }`})`
    }
    case 'date':
    case 'url':
      return `wire.${shape.kind}()`
    case 'bytes':
      if (shape.raw) return 'wire.rawBytes()'
      return shape.buffer ? 'wire.arrayBuffer()' : 'wire.bytes()'
    case 'file':
    case 'blob':
      return fileLayout(shape)
    case 'stream':
      return 'wire.stream()'
    case 'literal':
      return `${typeof shape.value === 'bigint' ? 'wire.exactly' : 'z.literal'}(${literalText(shape.value)})`
    case 'array': {
      const unique = shape.uniqueItems ? ".refine(wire.unique, 'The items must differ from each other')" : ''
      const limits = [call('min', shape.minItems), call('max', shape.maxItems)]
      return chain(list('z.array(', [zodLayout(shape.items, context)], ')'), [...limits, unique])
    }
    case 'tuple':
      return tupleLayout(shape, context)
    case 'object':
      return objectLayout(shape, context)
    case 'keyed': {
      const named = objectLayout({ kind: 'object', properties: shape.properties }, context)
      const signatures = shape.signatures.map(({ key, value }) =>
        list('[', [zodLayout(key, context), zodLayout(value, context)], ']'),
      )
      return list('wire.keyed(', [named, list('[', signatures, ']')], ')')
    }
    case 'record': {
      const keys = literalKeys(shape.key, context.types)
      const open = isKeyForm(shape.key, context.types) ? 'wire.record(' : 'z.record('
      if (!keys) return list(open, [zodLayout(shape.key, context), zodLayout(shape.value, context)], ')')
      const properties = keys.map((name): Property => ({ name, shape: shape.value, optional: false }))
      return objectLayout({ kind: 'object', properties }, context)
    }
    case 'map': {
      const open = isText(shape.key, context.types) ? 'wire.map(' : 'wire.pairs('
      return list(open, [zodLayout(shape.key, context), zodLayout(shape.value, context)], ')')
    }
    case 'set':
      return list('wire.set(', [zodLayout(shape.items, context)], ')')
    case 'union':
      return unionLayout(shape, context)
    case 'ref':
      return context.nameOf(shape.name)
    case 'schema':
      return context.userSchema(shape)
    default:
      return `z.${shape.kind}()`
  }
}

type Namespace = 'z' | 'wire'

/** The imports that the schema of a shape speaks of. */
export function namespacesOf(shape: Shape, context: Pick<ZodContext, 'arranged'>): Namespace[] {
  const inner = () => partsOf(shape).flatMap((part) => namespacesOf(part, context))
  switch (shape.kind) {
    case 'ref':
      return []
    case 'schema':
      return shape.mini ? ['z'] : []
    case 'template':
    case 'bigint':
    case 'date':
    case 'url':
    case 'bytes':
      return ['wire']
    case 'file':
      return ['z', ...(shape.contentType ? (['wire'] as const) : [])]
    case 'blob':
    case 'stream':
      return ['wire']
    case 'map':
    case 'set':
      return ['wire', ...inner()]
    case 'keyed':
      return ['z', 'wire', ...inner()]
    case 'tuple':
      return [shape.after ? 'wire' : 'z', ...inner()]
    case 'literal':
      return [typeof shape.value === 'bigint' ? 'wire' : 'z']
    case 'string':
      return [shape.format === 'time' || isOfCase(shape) ? 'wire' : 'z']
    case 'array':
      return ['z', ...(shape.uniqueItems ? (['wire'] as const) : []), ...inner()]
    case 'union': {
      const { literals, discriminated, forms } = context.arranged(shape)
      const parts = literals.length + forms.length
      return [
        ...(discriminated || literals.length > 0 || parts !== 1 ? (['z'] as const) : []),
        ...(forms.some((form) => form.length > 1) ? (['wire'] as const) : []),
        ...inner(),
      ]
    }
    default:
      return ['z', ...inner()]
  }
}

function stringLayout(shape: StringShape, context: ZodContext): Layout {
  if (isOfCase(shape)) return list(`wire.text<${typeText(shape, context)}>(`, [patternText(shape.pattern ?? '')], ')')
  const pattern = shape.pattern === undefined ? '' : `.regex(${patternText(shape.pattern)})`
  const base = shape.format === undefined ? 'z.string()' : formats[shape.format]
  const head = base.endsWith('()') ? list(base.slice(0, -1), [], ')') : base
  const calls = [call('min', shape.minLength), call('max', shape.maxLength), pattern]
  // Formatters break three calls and more when a pattern of some length is among them.
  const broken = (shape.pattern?.length ?? 0) > 5 && calls.filter((text) => text !== '').length > 1
  return chain(head, calls, { broken })
}

/** Whether the text is one of a form and of nothing else, so that its type can say so. */
function isOfCase(shape: StringShape): boolean {
  const rules = [shape.minLength, shape.maxLength, shape.format]
  return shape.textCase !== undefined && rules.every((rule) => rule === undefined)
}

function numberLayout(shape: NumberShape): Layout {
  return chain(list(shape.integer ? 'z.int(' : 'z.number(', [], ')'), [
    call('min', shape.minimum),
    call('gt', shape.exclusiveMinimum),
    call('max', shape.maximum),
    call('lt', shape.exclusiveMaximum),
    call('multipleOf', shape.multipleOf),
  ])
}

function fileLayout({ kind, maxSize, contentType }: FileShape): Layout {
  if (kind === 'blob') {
    const rules = [
      ...(maxSize === undefined ? [] : [`maxSize: ${literalText(maxSize)}`]),
      ...(contentType ? [[`contentType: `, list('[', contentType.map(stringText), ']')]] : []),
    ]
    return rules.length === 0 ? 'wire.blob()' : list('wire.blob(', [braces(rules)], ')')
  }
  const types = contentType?.map(stringText) ?? []
  const message = stringText(`Not of the type ${contentType?.join(', ')}`)
  return chain(list('z.file(', [], ')'), [
    call('max', maxSize),
    contentType ? list('.refine(', [list('wire.isOfType(', types, ')'), message], ')') : '',
  ])
}

function call(method: string, value: number | undefined): string {
  return value === undefined ? '' : `.${method}(${literalText(value)})`
}

function bound(name: string, value: bigint | undefined): string {
  return value === undefined ? '' : `${name}: ${literalText(value)}`
}

function tupleLayout(shape: TupleShape, context: ZodContext): Layout {
  // z.tuple takes its second argument for options when there are no items.
  if (shape.items.length === 0 && shape.rest && !shape.after)
    return zodLayout({ kind: 'array', items: shape.rest }, context)
  const items = shape.items.map((item): Layout => {
    const schema = zodLayout(item.shape, context)
    return item.optional ? chain(schema, ['.optional()']) : schema
  })
  const rest = shape.rest ? [zodLayout(shape.rest, context)] : []
  if (shape.after) {
    const after = shape.after.map((item) => zodLayout(item.shape, context))
    return list('wire.tuple(', [list('[', items, ']'), ...rest, list('[', after, ']')], ')')
  }
  return list('z.tuple(', [list('[', items, ']'), ...rest], ')')
}

function objectLayout(shape: ObjectShape, context: ZodContext): Layout {
  const properties = shape.properties.map((property) => propertyLayout(property, context))
  const object = list('z.object(', [braces(properties, { broken: properties.length > 1 })], ')')
  return shape.index ? chain(object, [list('.catchall(', [zodLayout(shape.index.value, context)], ')')]) : object
}

function propertyLayout(property: Property, context: ZodContext): Layout {
  const { name, shape } = property
  const absent = isOptional(property, false) ? '.optional()' : ''
  const schema = chain(zodLayout(shape, context), [absent, defaultText(shape, context.types)])
  if (!asksLater(shape, context)) return [propertyText(name), ': ', schema]
  return [`get ${propertyText(name)}() `, braces([['return ', schema]], { separator: '', broken: true })]
}

/** A default is a wire value: it goes through the schema unless it is the same on both sides. */
function defaultText(shape: Shape, types: Types): string {
  if (shape.default === undefined) return ''
  const plain = typeof shape.default !== 'object' && isPlain(shape, types)
  return `.${plain || shape.default === null ? 'default' : 'prefault'}(${valueText(shape.default)})`
}

/** Whether a schema of this shape asks for one that is not made yet, as soon as it is made itself. */
export function asksLater(shape: Shape, context: Pick<ZodContext, 'isLate'>): boolean {
  if (shape.kind === 'ref') return context.isLate(shape.name)
  return eagerParts(shape).some((part) => asksLater(part, context))
}

/** The parts that are made with a schema; the properties of an object can wait behind getters. */
export function eagerParts(shape: Shape): readonly Shape[] {
  if (shape.kind === 'schema') return []
  if (shape.kind === 'keyed') return shape.signatures.flatMap(({ key, value }) => [key, value])
  if (shape.kind !== 'object') return partsOf(shape)
  return shape.index ? [shape.index.value] : []
}

/** The keys of `Record<'a' | 'b', …>`, which is an object. */
export function literalKeys(key: Shape, types: Types): string[] | undefined {
  const keys: string[] = []
  for (const member of membersOf(key, types)) {
    const shape = resolve(member, types)
    if (shape.kind !== 'literal' || (typeof shape.value !== 'string' && typeof shape.value !== 'number'))
      return undefined
    keys.push(String(shape.value))
  }
  return keys
}

function unionLayout(shape: Shape, context: ZodContext): Layout {
  const { literals, discriminated, forms, nullable, optional } = context.arranged(shape)
  const parts: Layout[] = []
  const [only] = literals
  if (only && literals.length === 1) parts.push(zodLayout(only, context))
  else if (only) {
    const kind = literals.every(({ value }) => typeof value === 'string') ? 'z.enum(' : 'z.literal('
    parts.push(
      list(
        kind,
        [
          list(
            '[',
            literals.map(({ value }) => literalText(value)),
            ']',
          ),
        ],
        ')',
      ),
    )
  }
  if (discriminated) {
    const objects = discriminated.members.map((member) => zodLayout(member, context))
    parts.push(list('z.discriminatedUnion(', [stringText(discriminated.property), list('[', objects, ']')], ')'))
  }
  parts.push(...forms.map((form) => formLayout(form, context)))
  const [first = 'z.never()'] = parts
  const union = parts.length > 1 ? list('z.union(', [list('[', parts, ']')], ')') : first
  return chain(union, [nullable ? '.nullable()' : '', optional ? '.optional()' : ''])
}

/** One member of a union, or several that are tried together. */
function formLayout(form: readonly Shape[], context: ZodContext): Layout {
  const members = form.map((member) => zodLayout(member, context))
  const [only] = members
  if (only !== undefined && members.length === 1) return only
  const names = namesToShare(form, context.types)?.map((of) => list('[', of.map(stringText), ']'))
  return list('wire.anyOf(', [list('[', members, ']'), ...(names ? [list('[', names, ']')] : [])], ')')
}
