import { inspect } from 'node:util'
import fc from 'fast-check'
import type { Property, Shape } from '../../shape.ts'
import { resolve, type Types } from '../overlap.ts'

/** Names that mean something to JavaScript, to Zod or to the generated text, beside ordinary ones. */
const names = [
  'a',
  'b',
  'kind',
  'id',
  'length',
  'constructor',
  'x1',
  'x2',
  'x3',
  'x4',
  'a-b',
  "it's",
  '$',
  '0',
  'then',
  'z',
  '*/',
  `\${x}`,
  '',
]

const name = fc.constantFrom(...names)

const leaf: fc.Arbitrary<Shape> = fc.oneof(
  fc.constant<Shape>({ kind: 'string' }),
  fc.record({ kind: fc.constant('string' as const), minLength: fc.nat(2), maxLength: fc.integer({ min: 2, max: 5 }) }),
  fc.constant<Shape>({ kind: 'number' }),
  fc.constant<Shape>({ kind: 'number', integer: true }),
  fc.constant<Shape>({ kind: 'boolean' }),
  fc.constant<Shape>({ kind: 'null' }),
  fc.constant<Shape>({ kind: 'date' }),
  fc.constant<Shape>({ kind: 'bigint' }),
  fc.constant<Shape>({ kind: 'url' }),
  fc.constant<Shape>({ kind: 'bytes' }),
  fc.constant<Shape>({ kind: 'bytes', buffer: true }),
  fc.constant<Shape>({ kind: 'template', texts: ['u_', '/', ''], holes: [{ kind: 'number' }, { kind: 'string' }] }),
  fc
    .oneof(
      fc.constantFrom('x', 'y', 'q\'"\\\n', `\`\${1}\``),
      fc.integer({ min: -2, max: 2 }),
      fc.boolean(),
      fc.bigInt({ min: -1n, max: 1n }),
    )
    .map((value): Shape => ({ kind: 'literal', value })),
)

/** The keys of objects whose keys say what they hold. */
const forms: readonly Shape[] = [
  { kind: 'template', texts: ['x-', ''], holes: [{ kind: 'string' }] },
  { kind: 'template', texts: ['n-', ''], holes: [{ kind: 'number' }] },
]

/** Shapes of every kind, nested; those that refer to names refer to these. */
export function shapes(refs: readonly string[]): fc.Arbitrary<Shape> {
  const { shape } = fc.letrec<{ shape: Shape; object: Shape; key: Shape }>((tie) => ({
    key: fc.constantFrom<Shape>(
      { kind: 'string' },
      { kind: 'template', texts: ['x-', ''], holes: [{ kind: 'string' }] },
    ),
    object: properties(tie('shape')).map((list): Shape => ({ kind: 'object', properties: list })),
    shape: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      refs.length > 0
        ? fc.oneof(
            leaf,
            fc.constantFrom(...refs).map((to): Shape => ({ kind: 'ref', name: to })),
          )
        : leaf,
      tie('object'),
      tie('shape').map((items): Shape => ({ kind: 'array', items })),
      tie('shape').map((items): Shape => ({ kind: 'set', items })),
      fc.tuple(tie('key'), tie('shape')).map(([key, value]): Shape => ({ kind: 'record', key, value })),
      fc.tuple(fc.oneof(tie('key'), leaf), tie('shape')).map(([key, value]): Shape => ({ kind: 'map', key, value })),
      fc.tuple(fc.array(tie('shape'), { maxLength: 3 }), fc.option(tie('shape'), { nil: undefined })).map(
        ([items, rest]): Shape => ({
          kind: 'tuple',
          items: items.map((item) => ({ shape: item })),
          ...(rest ? { rest } : {}),
        }),
      ),
      fc.tuple(fc.array(tie('shape'), { maxLength: 2 }), tie('shape'), tie('shape')).map(
        ([items, rest, last]): Shape => ({
          kind: 'tuple',
          items: items.map((item) => ({ shape: item })),
          rest,
          after: [{ shape: last }],
        }),
      ),
      fc.tuple(properties(tie('shape')), fc.array(tie('shape'), { minLength: 2, maxLength: 2 })).map(
        ([list, values]): Shape => ({
          kind: 'keyed',
          properties: list,
          signatures: values.map((value, at) => ({ key: forms[at] as Shape, value })),
        }),
      ),
      fc.array(tie('shape'), { minLength: 2, maxLength: 3 }).map((members): Shape => ({ kind: 'union', members })),
      fc.array(tie('object'), { minLength: 2, maxLength: 3 }).map((members): Shape => tagged(members)),
    ),
  }))
  return shape
}

function properties(shape: fc.Arbitrary<Shape>): fc.Arbitrary<Property[]> {
  return fc.uniqueArray(fc.record({ name, shape, optional: fc.boolean() }), {
    selector: (property) => property.name,
    maxLength: 4,
  })
}

/** A union of objects that `kind` tells apart. */
function tagged(members: readonly Shape[]): Shape {
  return {
    kind: 'union',
    members: members.map((member, at): Shape => {
      if (member.kind !== 'object') return member
      const others = member.properties.filter(({ name: own }) => own !== 'kind')
      const tag: Property = { name: 'kind', shape: { kind: 'literal', value: `k${at}` }, optional: false }
      return { kind: 'object', properties: [tag, ...others] }
    }),
  }
}

/** Thrown where a value would have to be deeper than it is worth. */
class TooDeep extends Error {}

/** Values that fit a shape, as a handler holds them; nothing when every one is too deep. */
export function valuesOf(shape: Shape, types: Types): fc.Arbitrary<unknown> | undefined {
  return unlessDeep(() => valuesAt(shape, types, 0))
}

function unlessDeep<Result>(make: () => Result): Result | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof TooDeep) return undefined
    throw error
  }
}

function valuesAt(shape: Shape, types: Types, depth: number): fc.Arbitrary<unknown> {
  if (depth > 7) throw new TooDeep()
  const inner = (part: Shape) => valuesAt(part, types, depth + 1)
  const some = <Item>(make: () => fc.Arbitrary<Item>): fc.Arbitrary<Item[]> => {
    const item = unlessDeep(make)
    // Keys and members that are the same on the wire become one.
    return item
      ? fc.uniqueArray(item, {
          maxLength: 2,
          selector: (made) => inspect(Array.isArray(made) ? made[0] : made, { depth: 9 }),
        })
      : fc.constant([])
  }
  const resolved = resolve(shape, types)
  switch (resolved.kind) {
    case 'string':
      return fc.string({ unit: 'binary', minLength: resolved.minLength ?? 0, maxLength: resolved.maxLength ?? 6 })
    case 'number':
      return resolved.integer
        ? fc.maxSafeInteger()
        : fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => value + 0)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'date':
      return fc.date({ min: new Date(-62_167_219_200_000), max: new Date(253_402_300_799_999), noInvalidDate: true })
    case 'bigint':
      return fc.bigInt()
    case 'url':
      return fc.webUrl().map((text) => new URL(text))
    case 'bytes':
      return fc.uint8Array({ maxLength: 20 }).map((bytes) => (resolved.buffer ? new Uint8Array(bytes).buffer : bytes))
    case 'template':
      return fc
        .tuple(fc.integer(), fc.string({ maxLength: 4 }))
        .map(([one, two]) => `${resolved.texts[0]}${resolved.texts.length > 2 ? `${one}/` : ''}${two}`)
    case 'literal':
      return fc.constant(resolved.value)
    case 'array':
      return some(() => inner(resolved.items))
    case 'set':
      return some(() => inner(resolved.items)).map((items) => new Set(items))
    case 'record':
      return some(() => fc.tuple(keysOf(resolved.key, inner), inner(resolved.value))).map((entries) =>
        Object.fromEntries(entries),
      )
    case 'map':
      return some(() => fc.tuple(keysOf(resolved.key, inner), inner(resolved.value))).map((entries) => new Map(entries))
    case 'tuple': {
      const items = fc.tuple(...resolved.items.map((item) => inner(item.shape)))
      const { rest, after = [] } = resolved
      const last = fc.tuple(...after.map((item) => inner(item.shape)))
      return fc
        .tuple(items, rest ? some(() => inner(rest)) : fc.constant([]), last)
        .map(([first, more, end]) => [...first, ...more, ...end])
    }
    case 'keyed': {
      const named = valuesAt({ kind: 'object', properties: resolved.properties }, types, depth)
      const others = resolved.signatures.map(({ key, value }) =>
        some(() => fc.tuple(keysOf(key, inner), inner(value))).map((entries) => Object.fromEntries(entries)),
      )
      return fc.tuple(named, ...others).map((parts) => Object.assign({}, ...parts) as unknown)
    }
    case 'object': {
      const fields = resolved.properties.map(({ name: own, shape: field, optional }) => {
        const value = optional ? unlessDeep(() => inner(field)) : inner(field)
        const given = value && optional ? fc.option(value, { nil: undefined }) : (value ?? fc.constant(undefined))
        return given.map((made): [string, unknown] => [own, made])
      })
      return fc
        .tuple(...fields)
        .map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== undefined)))
    }
    case 'union': {
      const members = resolved.members.flatMap((member) => unlessDeep(() => inner(member)) ?? [])
      if (members.length === 0) throw new TooDeep()
      return fc.oneof(...members)
    }
    default:
      throw new TypeError(`No values of ${resolved.kind}.`)
  }
}

function keysOf(key: Shape, others: (key: Shape) => fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const first = key.kind === 'template' ? key.texts[0] : undefined
  const texts =
    first === 'x-'
      ? fc.string({ maxLength: 4 }).map((text) => `x-${text}`)
      : first === 'n-'
        ? fc.integer().map((number) => `n-${number}`)
        : others(key)
  return (texts as fc.Arbitrary<string>).filter((text) => text !== '__proto__')
}
