import fc from 'fast-check'
import type { AppModel } from '../../model.ts'
import type { Property, Shape, StringFormat } from '../../shape.ts'
import { isText, membersOf, resolve, type Types } from '../overlap.ts'
import { model, operation } from './model.ts'

/** The named types of a generated model. Most of them lead to themselves. */
const names = ['Tree', 'Alias', 'Choice', 'Leaf']

const propertyNames = [
  'a',
  'b',
  'kind',
  'id',
  'type',
  'length',
  'invalid',
  'value',
  'depth',
  'decodeA',
  'a-b',
  "it's",
  '$',
  '0',
  'class',
  '',
]

const formats: readonly StringFormat[] = ['uuid', 'email', 'uri', 'date-time', 'date', 'time', 'ipv4', 'ipv6']

const rare = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 })

/** Without the keys whose value is nothing, which the types ask for. */
function compact<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Value
}

const text: fc.Arbitrary<Shape> = fc
  .record({
    minLength: rare(fc.nat(3)),
    maxLength: rare(fc.integer({ min: 2, max: 6 })),
    pattern: rare(fc.constantFrom('\\S', '^[a-z]+$', '^.{0,3}$', '\\p{L}')),
    format: rare(fc.constantFrom(...formats)),
  })
  .map((rules): Shape => compact({ kind: 'string', ...rules }) as Shape)

const number: fc.Arbitrary<Shape> = fc
  .record({
    integer: rare(fc.constant(true as const)),
    minimum: rare(fc.integer({ min: -2, max: 2 })),
    maximum: rare(fc.integer({ min: 1, max: 40 })),
    exclusiveMinimum: rare(fc.integer({ min: -3, max: 1 })),
    exclusiveMaximum: rare(fc.integer({ min: 2, max: 50 })),
    multipleOf: rare(fc.constantFrom(1, 2, 0.1, 0.01, 3)),
  })
  .map((rules): Shape => compact({ kind: 'number', ...rules }) as Shape)

const bigint: fc.Arbitrary<Shape> = fc
  .record({ minimum: rare(fc.bigInt({ min: -2n, max: 1n })), maximum: rare(fc.bigInt({ min: 1n, max: 9n })) })
  .map((rules): Shape => compact({ kind: 'bigint', ...rules }) as Shape)

const literal: fc.Arbitrary<Shape> = fc
  .oneof(
    fc.constantFrom('x', 'y', 'k0', 'q\'"\\\n', '`${1}`', ' && ', ' !== '),
    fc.integer({ min: -1, max: 2 }),
    fc.boolean(),
    fc.bigInt({ min: -1n, max: 1n }),
  )
  .map((value): Shape => ({ kind: 'literal', value }))

const template: fc.Arbitrary<Shape> = fc.constantFrom<Shape>(
  { kind: 'template', texts: ['u_', ''], holes: [{ kind: 'number' }] },
  { kind: 'template', texts: ['', '/', ''], holes: [{ kind: 'string' }, { kind: 'boolean' }] },
  {
    kind: 'template',
    texts: ['', '-', ''],
    holes: [{ kind: 'string', pattern: '^\\P{Changes_When_Uppercased}*$', textCase: 'Uppercase' }, { kind: 'string' }],
  },
  { kind: 'string', pattern: '^\\P{Changes_When_Uppercased}*$', textCase: 'Uppercase' },
)

const plain: fc.Arbitrary<Shape> = fc.constantFrom<Shape>(
  { kind: 'string' },
  { kind: 'number' },
  { kind: 'boolean' },
  { kind: 'null' },
  { kind: 'undefined' },
  { kind: 'unknown' },
  { kind: 'never' },
  { kind: 'date' },
  { kind: 'date' },
  { kind: 'url' },
  { kind: 'bytes' },
  { kind: 'bytes', buffer: true },
  { kind: 'bigint' },
)

const leaf = fc.oneof(
  { arbitrary: plain, weight: 4 },
  { arbitrary: text, weight: 2 },
  number,
  bigint,
  literal,
  template,
)

const key: fc.Arbitrary<Shape> = fc.oneof(
  fc.constantFrom<Shape>(
    { kind: 'string' },
    { kind: 'string', minLength: 1, maxLength: 3 },
    { kind: 'number' },
    { kind: 'number', integer: true, minimum: 0 },
    { kind: 'template', texts: ['x-', ''], holes: [{ kind: 'string' }] },
    {
      kind: 'union',
      members: [
        { kind: 'literal', value: 'a' },
        { kind: 'literal', value: 1 },
      ],
    },
    { kind: 'union', members: [{ kind: 'literal', value: 'a' }, { kind: 'number' }] },
    {
      kind: 'union',
      members: [
        { kind: 'literal', value: 'a' },
        { kind: 'template', texts: ['x-', ''], holes: [{ kind: 'string' }] },
      ],
    },
    { kind: 'string', format: 'uuid' },
  ),
)

/** What the keys of an object with several index signatures can be. */
const forms: readonly Shape[] = [
  { kind: 'template', texts: ['x-', ''], holes: [{ kind: 'string' }] },
  { kind: 'number' },
  { kind: 'string' },
  { kind: 'template', texts: ['', '-1'], holes: [{ kind: 'string' }] },
]

/** Shapes of every kind and with every rule, nested, that may speak of the named types. */
const { shape, object } = fc.letrec<{ shape: Shape; object: Shape }>((tie) => ({
  object: fc
    .tuple(
      fc.uniqueArray(property(tie('shape')), { selector: ({ name }) => name, maxLength: 5 }),
      fc.option(tie('shape'), { nil: undefined, freq: 9 }),
    )
    .map(
      ([properties, value]): Shape => ({
        kind: 'object',
        properties,
        ...(value ? { index: { key: { kind: 'string' }, value } } : {}),
      }),
    ),
  shape: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf,
    { arbitrary: tie('object'), weight: 3 },
    fc.constantFrom(...names).map((name): Shape => ({ kind: 'ref', name })),
    fc
      .record({
        items: tie('shape'),
        minItems: rare(fc.nat(2)),
        maxItems: rare(fc.integer({ min: 1, max: 3 })),
        uniqueItems: rare(fc.constant(true as const)),
      })
      .map((rules): Shape => compact({ kind: 'array', ...rules }) as Shape),
    tie('shape').map((items): Shape => ({ kind: 'set', items })),
    fc.tuple(key, tie('shape')).map(([key, value]): Shape => ({ kind: 'record', key, value })),
    fc
      .tuple(
        fc.uniqueArray(property(tie('shape')), { selector: ({ name }) => name, maxLength: 3 }),
        fc.subarray([...forms], { minLength: 1 }),
        fc.array(tie('shape'), { minLength: 4, maxLength: 4 }),
      )
      .map(
        ([properties, keys, values]): Shape => ({
          kind: 'keyed',
          properties,
          signatures: keys.map((key, at) => ({ key, value: values[at] as Shape })),
        }),
      ),
    fc.tuple(fc.oneof(key, leaf), tie('shape')).map(([key, value]): Shape => ({ kind: 'map', key, value })),
    fc.tuple(fc.array(tie('shape'), { maxLength: 3 }), fc.nat(3), fc.option(tie('shape'), { nil: undefined })).map(
      ([items, required, rest]): Shape => ({
        kind: 'tuple',
        items: items.map((shape, at) => (at < required ? { shape } : { shape, optional: true })),
        ...(rest ? { rest } : {}),
      }),
    ),
    fc
      .tuple(
        fc.array(tie('shape'), { maxLength: 2 }),
        tie('shape'),
        fc.array(tie('shape'), { minLength: 1, maxLength: 2 }),
      )
      .map(
        ([items, rest, after]): Shape => ({
          kind: 'tuple',
          items: items.map((shape) => ({ shape })),
          rest,
          after: after.map((shape) => ({ shape })),
        }),
      ),
    {
      arbitrary: fc
        .array(tie('shape'), { minLength: 1, maxLength: 4 })
        .map((members): Shape => ({ kind: 'union', members })),
      weight: 2,
    },
    fc.array(tie('object'), { minLength: 2, maxLength: 3 }).map(tagged),
    fc
      .array(overlapping(tie('shape')), { minLength: 2, maxLength: 3 })
      .map((members): Shape => ({ kind: 'union', members })),
  ),
}))

function property(shape: fc.Arbitrary<Shape>): fc.Arbitrary<Property> {
  const given = fc.record({ name: fc.constantFrom(...propertyNames), shape, optional: fc.boolean() })
  const defaults = fc.constantFrom<Property>(
    { name: 'limit', shape: { kind: 'number', default: 30 }, optional: false },
    { name: 'limit', shape: { kind: 'number', integer: true, minimum: 1, default: 30 }, optional: true },
    { name: 'since', shape: { kind: 'date', default: '2026-01-01T00:00:00Z' }, optional: true },
    { name: 'tags', shape: { kind: 'array', items: { kind: 'string' }, default: ['x'] }, optional: false },
    { name: 'site', shape: { kind: 'string', format: 'uri', default: ' https://a.example/ ' }, optional: true },
    {
      name: 'none',
      shape: { kind: 'union', members: [{ kind: 'date' }, { kind: 'null' }], default: null },
      optional: false,
    },
    {
      name: 'page',
      shape: { kind: 'object', properties: [{ name: 'at', shape: { kind: 'date' }, optional: true }], default: {} },
      optional: true,
    },
  )
  return fc.oneof({ arbitrary: given, weight: 8 }, { arbitrary: defaults, weight: 1 })
}

/** Objects that take each other's values and drop some of their keys. */
function overlapping(shape: fc.Arbitrary<Shape>): fc.Arbitrary<Shape> {
  const some = fc.constantFrom<Shape>({ kind: 'string' }, { kind: 'string' }, { kind: 'date' }, { kind: 'boolean' })
  const property = fc.record({
    name: fc.constantFrom('a', 'b', 'id'),
    shape: fc.oneof({ arbitrary: some, weight: 4 }, shape),
    optional: fc.boolean(),
  })
  return fc
    .uniqueArray(property, { selector: ({ name }) => name, minLength: 1, maxLength: 3 })
    .map((properties): Shape => ({ kind: 'object', properties }))
}

/** A union of objects that `kind` tells apart. */
function tagged(members: readonly Shape[]): Shape {
  return {
    kind: 'union',
    members: members.map((member, at): Shape => {
      if (member.kind !== 'object') return member
      const others = member.properties.filter(({ name }) => name !== 'kind')
      return {
        ...member,
        properties: [{ name: 'kind', shape: { kind: 'literal', value: `k${at}` }, optional: false }, ...others],
      }
    }),
  }
}

/** Models of a few operations that share types: of each shape the input is decoded and the output encoded. */
export const models: fc.Arbitrary<AppModel> = fc
  .record({
    roots: fc.array(shape, { minLength: 6, maxLength: 6 }),
    tree: fc.tuple(object, shape),
    choice: fc.oneof(fc.tuple(object, object, shape), fc.tuple(object, object, object)),
    leaf,
  })
  .map(({ roots, tree: [base, child], choice, leaf }) => {
    const children: Property = {
      name: 'children',
      shape: { kind: 'array', items: { kind: 'ref', name: 'Tree' } },
      optional: false,
    }
    const next: Property = { name: 'next', shape: child, optional: true }
    const own = base.kind === 'object' ? base.properties : []
    const types: Record<string, Shape> = {
      Tree: {
        kind: 'object',
        properties: [...own.filter(({ name }) => name !== 'children' && name !== 'next'), children, next],
      },
      Alias: { kind: 'ref', name: 'Tree' },
      Choice: {
        kind: 'union',
        members: [
          ...choice.map(apart),
          { kind: 'object', properties: [{ name: 'of', shape: { kind: 'ref', name: 'Choice' }, optional: true }] },
        ],
      },
      Leaf: leaf,
    }
    const operations = roots.map((root, at) => operation(`all.op${at}`, { input: root, output: root }))
    return model(operations, types)
  })

/** A type cannot be a choice of itself and others, but of a list of itself. */
function apart(member: Shape): Shape {
  return member.kind === 'ref' || member.kind === 'union' ? { kind: 'array', items: member } : member
}

/** A number below the one given; the same every time for the same seed. */
export type Random = (below: number) => number

/** Numbers that look random (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}

const pick = <Item>(random: Random, items: readonly Item[]): Item => items[random(items.length)] as Item

/** A value that mostly fits a shape: as a handler holds it, or as it is on the wire. */
export function sampleOf(shape: Shape, onWire: boolean, types: Types, random: Random, depth = 0): unknown {
  const inner = (part: Shape) => sampleOf(part, onWire, types, random, depth + 1)
  const many = <Item>(make: () => Item): Item[] => Array.from({ length: depth > 4 ? 0 : random(3) }, make)
  const resolved = resolve(shape, types)
  // Some types only have values without end.
  if (depth > 6) return null
  switch (resolved.kind) {
    case 'string':
      return resolved.format ? pick(random, samples[resolved.format]) : pick(random, texts)
    case 'template':
      return pick(random, ['u_1', 'u_-1.5', 'u_1e5', 'u_x', 'a/true', '/false', 'x-', 'x-1', 'X-a', 'a/b'])
    case 'number':
      return pick(random, [0, 1, 2, 3, 10, 30, -1, 0.1, 0.3, 1.5, 2 ** 53, -0, 2.03, 1e300])
    case 'bigint': {
      const value = pick(random, [0n, 1n, -1n, 9n, 10n, 2n ** 70n])
      return onWire ? String(value) : value
    }
    case 'boolean':
      return random(2) === 0
    case 'null':
      return null
    case 'undefined':
    case 'never':
      return undefined
    case 'unknown':
      return pick<unknown>(random, [1, 'x', null, undefined, [1], { a: 1 }])
    case 'date': {
      const time = pick(random, [0, 1764000000000, 951782400123, -62_167_219_200_000, 253_402_300_799_999])
      return onWire ? new Date(time).toISOString() : new Date(time)
    }
    case 'url': {
      const text = pick(random, ['https://a.example/', 'data:,x', 'https://a.example/?q=1#h'])
      return onWire ? text : new URL(text)
    }
    case 'bytes': {
      const bytes = Uint8Array.from(many(() => random(256)))
      if (onWire) return Buffer.from(bytes).toString('base64')
      return resolved.buffer ? bytes.buffer : bytes
    }
    case 'literal':
      return onWire && typeof resolved.value === 'bigint' ? String(resolved.value) : resolved.value
    case 'array':
      return many(() => inner(resolved.items))
    case 'set': {
      const items = many(() => inner(resolved.items))
      return onWire ? items : new Set(items)
    }
    case 'record':
      return fieldsOf(many(() => [keyOf(resolved.key, types, random), inner(resolved.value)]))
    case 'map': {
      if (isText(resolved.key, types)) {
        const entries = many((): [string, unknown] => [keyOf(resolved.key, types, random), inner(resolved.value)])
        return onWire ? fieldsOf(entries) : new Map(entries)
      }
      const entries = many((): [unknown, unknown] => [inner(resolved.key), inner(resolved.value)])
      return onWire ? entries : new Map(entries)
    }
    case 'tuple': {
      const items: unknown[] = []
      for (const item of resolved.items) {
        if (item.optional && random(3) === 0) return items
        items.push(inner(item.shape))
      }
      if (resolved.rest) items.push(...many(() => inner(resolved.rest as Shape)))
      return [...items, ...(resolved.after ?? []).map((item) => inner(item.shape))]
    }
    case 'object': {
      const entries: [string, unknown][] = []
      for (const { name, shape, optional } of resolved.properties) {
        const left = shape.default !== undefined ? random(2) === 0 : optional && (depth > 4 || random(3) === 0)
        if (!left) entries.push([name, inner(shape)])
      }
      if (resolved.index && random(2) === 0) entries.push([pick(random, ['m', 'n', 'a']), inner(resolved.index.value)])
      return fieldsOf(entries)
    }
    case 'keyed': {
      const named = inner({ kind: 'object', properties: resolved.properties }) as object
      const pairs = many(() => pick(random, resolved.signatures))
      const others = pairs.map(({ key, value }): [string, unknown] => [keyOf(key, types, random), inner(value)])
      return { ...fieldsOf(others), ...named }
    }
    case 'union':
      return resolved.members.length === 0 ? undefined : inner(pick(random, resolved.members))
  }
}

function fieldsOf(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries)
}

function keyOf(shape: Shape, types: Types, random: Random): string {
  const member = resolve(pick(random, membersOf(shape, types)), types)
  if (member.kind === 'literal') return String(member.value)
  if (member.kind === 'number') return pick(random, ['0', '1', '007', '-1', '1.5', '1e3', 'x'])
  if (member.kind === 'template') return pick(random, ['x-', 'x-1', 'y'])
  if (member.kind === 'string' && member.format) return pick(random, samples[member.format])
  return pick(random, ['a', 'b', '', 'key', 'constructor', 'toString'])
}

const texts = [
  '',
  'a',
  'ab',
  'abc',
  'abcdef',
  '😀',
  '😀😀',
  'é',
  '\ud83d',
  '2026-01-01T00:00:00Z',
  '1',
  ' ',
  '\n',
  'x',
  'k0',
]

const samples: Readonly<Record<StringFormat, readonly string[]>> = {
  uuid: [
    '123e4567-e89b-12d3-a456-426614174000',
    '00000000-0000-0000-0000-000000000000',
    '123e4567e89b12d3a456426614174000',
    '123E4567-E89B-92D3-A456-426614174000\n',
  ],
  email: ['a@b.co', 'a.b+c@d-e.example', 'a@b', '.a@b.co', "o'x@b.co", 'ä@b.co'],
  uri: ['https://a.example', ' https://a.example/x ', 'mailto:a@b.co', 'https://a\nb.example', 'a', '//a', 'http:a'],
  'date-time': [
    '2026-11-22T09:30:00Z',
    '2026-11-22T09:30:00.123+02:00',
    '2026-11-22T09:30:00',
    '2026-02-30T00:00:00Z',
    '2026-11-22t09:30:00z',
    '2026-11-22T09:30Z',
  ],
  date: ['2026-11-22', '2024-02-29', '2023-02-29', '2026-13-01', '2000-02-29', '1900-02-29'],
  time: ['09:30:00Z', '23:59:60Z', '09:30:00.5+01:00', '09:30', '24:00:00Z'],
  ipv4: ['127.0.0.1', '256.0.0.1', '01.2.3.4', '1.2.3'],
  ipv6: ['::1', '2001:db8::1', '::ffff:1.2.3.4', '::@1', 'g::', '::1\n', ':::', '1::2::3'],
}
