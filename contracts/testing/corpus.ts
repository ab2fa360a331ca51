import type { Json } from '../read/testing/oracle.ts'

/** A type of the corpus: what to declare before it, how it is written, and values that are and are not of it. */
export interface CorpusCase {
  readonly name: string
  readonly declare: string
  readonly type: string
  readonly values: readonly Json[]
  /** What the compiler is asked instead, where a mark that is not on the wire would make it refuse every JSON value. */
  readonly unmarked: { readonly declare: string; readonly type: string }
}

type Leaf = readonly [type: string, values: readonly Json[], declare?: string, unmarked?: string]

/** Types that stand alone, and inside of every wrapper below. Of each there are values that fit and values that do not. */
const leaves: readonly Leaf[] = [
  ['string', ['', 'text', '\u{1F600}', 1, null, true]],
  ['number', [0, -1.5, 1e300, '1', null, false]],
  ['boolean', [true, false, 0, 'true', null]],
  ['null', [null, 0, 'null', false]],
  ["'a'", ['a', 'b', '', 1]],
  ['-1', [-1, 1, '-1']],
  ['true', [true, false, 1]],
  ["'a' | 'b' | 3", ['a', 'b', 3, 'c', '3', 4, null]],
  ["boolean | 'auto'", [true, false, 'auto', 'true', 1]],
  ['string | number | null', ['x', 1, null, true]],
  ['unknown', ['x', 1, null, [], { a: 1 }]],
  ['`id_${number}`', ['id_1', 'id_-1.5', 'id_', 'id_x', 'ID_1', 1]],
  ['`${"a" | "b"}-${string}`', ['a-', 'b-x', 'c-x', 'a']],
  ['`${boolean}/${bigint}`', ['true/1', 'false/-2', 'yes/1', 'true/1.5']],
  ['`${string}@${string}.${string}`', ['a@b.c', '@.', 'a@b', 'a.b@c']],
  ['{ a: string }', [{ a: 'x' }, { a: 'x', b: 1 }, {}, { a: 1 }, { a: null }, null]],
  ['{ a: string; b?: number }', [{ a: 'x' }, { a: 'x', b: 1 }, { a: 'x', b: '1' }, { a: 'x', b: null }, { b: 1 }]],
  ['{ a: { b: { c: 1 | 2 } } }', [{ a: { b: { c: 2 } } }, { a: { b: { c: 3 } } }, { a: { b: {} } }, { a: null }]],
  ['string[]', [[], ['a', 'b'], ['a', 1], 'a', null, [null]]],
  ['(number | null)[]', [[1, null], [], ['1'], [[1]]]],
  ['[string, number?]', [['a'], ['a', 1], [], ['a', '1'], ['a', 1, 2]]],
  ['[number, ...string[]]', [[1], [1, 'a', 'b'], [], ['a'], [1, 2]]],
  ['Record<string, number>', [{}, { a: 1 }, { a: 1, b: 2 }, { a: '1' }, { a: null }, 1]],
  ["Record<'x' | 'y', number>", [{ x: 1, y: 2 }, { x: 1 }, { x: 1, y: '2' }, {}]],
  ["Partial<Record<'x' | 'y', number>> & { z: 1 }", [{ z: 1 }, { x: 1, z: 1 }, { x: '1', z: 1 }, { x: 1 }]],
  [
    "{ kind: 'a'; a: string } | { kind: 'b'; b: number }",
    [{ kind: 'a', a: 'x' }, { kind: 'b', b: 1 }, { kind: 'a', b: 1 }, { kind: 'c', a: 'x' }, { a: 'x' }],
  ],
  ['{ a: string } & { b: number }', [{ a: 'x', b: 1 }, { a: 'x' }, { b: 1 }, { a: 1, b: 1 }]],
  [
    'Color',
    ['red', 'blue', 'Red', 'green', 0],
    "enum Color { Red = 'red', Blue = 'blue' }",
    "type Color = 'red' | 'blue'",
  ],
  ['Level', [0, 5, 6, 1, '0'], 'enum Level { Low, Mid = 5, High }'],
  [
    'Tree',
    [
      { value: 1, children: [] },
      { value: 1, children: [{ value: 2, children: [] }] },
      { value: 1, children: [{ value: '2', children: [] }] },
      { value: 1 },
    ],
    'interface Tree { value: number; children: Tree[] }',
  ],
  [
    'Chain',
    [{ next: null }, { next: { next: { next: null } } }, { next: { next: 1 } }, {}],
    'interface Chain { next: Chain | null }',
  ],
  ['Nested', ['a', ['a', ['b', []]], ['a', 1], 1], 'type Nested = string | Nested[]'],
  [
    'Page<string>',
    [{ items: ['a'], total: 1 }, { items: [1], total: 1 }, { items: ['a'] }],
    'interface Page<Item> { items: Item[]; total: number }',
  ],
  ['Id', ['x', '', 1], "type Id = string & { readonly __brand: 'Id' }", 'type Id = string'],
]

type Wrapper = readonly [
  name: string,
  type: (type: string) => string,
  values: (values: readonly Json[]) => readonly Json[],
]

const wrappers: readonly Wrapper[] = [
  ['alone', (type) => type, (values) => values],
  ['list', (type) => `(${type})[]`, (values) => [[], ...values.map((value) => [value]), values.slice(0, 2), {}]],
  ['property', (type) => `{ p: ${type} }`, (values) => [...values.map((p) => ({ p })), { q: 1 }]],
  [
    'optional',
    (type) => `{ p?: ${type}; fixed: 1 }`,
    (values) => [...values.map((p) => ({ p, fixed: 1 })), { fixed: 1 }, { fixed: 2 }],
  ],
  ['nullable', (type) => `(${type}) | null`, (values) => [...values, null]],
  [
    'pair',
    (type) => `[${type}, (${type})?]`,
    (values) => [...values.map((value) => [value]), ...values.map((value) => [values[0] ?? null, value]), []],
  ],
  ['record', (type) => `Record<string, ${type}>`, (values) => [{}, ...values.map((value) => ({ 'any key': value }))]],
  ['generic', (type) => `Box<${type}>`, (values) => [...values.map((value) => ({ value, tags: ['t'] })), { tags: [] }]],
  [
    'choice',
    (type) => `{ is: 'it'; it: ${type} } | { is: 'not' }`,
    (values) => [...values.map((it) => ({ is: 'it', it })), { is: 'not' }, { is: 'it' }, { is: 'other' }],
  ],
]

const box = 'interface Box<Value> { readonly value: Value; tags: string[] }'

/** Types that say something by themselves. */
const handmade: readonly Leaf[] = [
  [
    'T',
    [{ id: 'a', n: 1 }, { id: 'a' }, { id: 1, n: 1 }],
    'interface Base { id: string }\ninterface T extends Base { n: number }',
  ],
  ['T', [{ id: 'a', n: 1 }, { id: 'a' }], 'interface T { id: string }\ninterface T { n: number }'],
  [
    'T',
    [{ id: 1, name: 'x' }, { id: 1 }, { id: '1', name: 'x' }],
    'class T { id = 1; constructor(public name: string) {} }',
  ],
  [
    "Omit<A, 'b'>",
    [
      { a: 'x', c: true },
      { a: 'x', b: 1 },
      { a: 'x', c: 1 },
    ],
    'interface A { a: string; b: number; c: boolean }',
  ],
  [
    "Pick<A, 'a' | 'c'>",
    [{ a: 'x', c: true }, { a: 'x' }, { c: true }],
    'interface A { a: string; b: number; c: boolean }',
  ],
  ['Required<A>', [{ a: 'x', b: 1 }, { a: 'x' }, {}], 'interface A { a?: string; b?: number }'],
  ['A[keyof A]', ['x', 1, true], 'interface A { a: string; b: number }'],
  ['keyof A', ['a', 'b', 'c', 1], 'interface A { a: string; b: number }'],
  ["A['list'][number]['deep']", [1, 2, '1'], 'interface A { list: { deep: 1 | 2 }[] }'],
  ["Exclude<'a' | 'b' | 'c', 'b'>", ['a', 'c', 'b']],
  ["Extract<string | 1 | 'x', number>", [1, 2, 'x']],
  ['NonNullable<string | null | undefined>', ['x', null]],
  ['Uppercase<string>', ['ABC', '', 'A1-É', 'aBC', 'é', 1]],
  ['Lowercase<string>', ['abc', '', 'Abc', 'É']],
  ['Capitalize<string>', ['Abc', '', 'ABC', 'abc', '1a']],
  ['Uncapitalize<string>', ['abc', 'aBC', 'Abc', '']],
  ["Uppercase<'a' | 'b'>", ['A', 'B', 'a']],
  [
    'Nullable<A>',
    [
      { a: null, b: 1 },
      { a: 'x', b: null },
      { a: 1, b: 1 },
    ],
    'interface A { a: string; b: number }\ntype Nullable<V> = { [K in keyof V]: V[K] | null }',
  ],
  [
    'Prefixed<A>',
    [
      { x_a: 'x', x_b: 1 },
      { a: 'x', b: 1 },
    ],
    'interface A { a: string; b: number }\ntype Prefixed<V> = { [K in keyof V as `x_${string & K}`]: V[K] }',
  ],
  [
    'Only<A, string>',
    [{ a: 'x' }, { b: 1 }, {}],
    'interface A { a: string; b: number }\ntype Only<V, W> = { [K in keyof V as V[K] extends W ? K : never]: V[K] }',
  ],
  ['If<string>', [{ text: 'x' }, { other: 'x' }], 'type If<V> = V extends string ? { text: V } : { other: V }'],
  ['Unwrap<Promise<string[]>>', ['x', ['x']], 'type Unwrap<V> = V extends Promise<(infer Item)[]> ? Item : never'],
  [
    'DeepPartial<A> & { z: 1 }',
    [{ z: 1 }, { a: {}, z: 1 }, { a: { b: 'x' }, z: 1 }, { a: { b: 1 }, z: 1 }],
    'interface A { a: { b: string; c?: number } }\ntype DeepPartial<V> = V extends object ? { [K in keyof V]?: DeepPartial<V[K]> } : V',
  ],
  [
    'Json',
    ['x', 1, null, [], {}, { a: [{ b: null }] }],
    'type Json = string | number | boolean | null | Json[] | { [key: string]: Json }',
  ],
  [
    'A',
    [{ b: null }, { b: { as: [] } }, { b: { as: [{ b: null }] } }, { b: { as: [1] } }],
    'interface A { b: B | null }\ninterface B { as: A[] }',
  ],
  ['T', [{ a: 'x' }, { a: 'x', b: 'y' }, { a: 1 }, { b: 'y' }], 'interface T { a: string; [key: string]: string }'],
  ['T', [{ id: 1, x_a: 'v' }, { id: 1 }, { id: '1' }], 'interface T { id: number }'],
  ['Record<`x_${string}`, number>', [{ x_a: 1 }, { x_a: 'v' }]],
  ['{ [key: number]: string }', [{ 0: 'a' }, { 0: 1 }]],
  ['(typeof roles)[number]', ['admin', 'user', 'root'], "const roles = ['admin', 'user'] as const"],
  ['typeof config', [{ mode: 'x', level: 1 }, { mode: 'x' }], "const config = { mode: 'dark', level: 3 }"],
  [
    'Awaited<ReturnType<typeof load>>',
    [
      { at: 1, list: ['x'] },
      { at: '1', list: [] },
    ],
    "const load = async () => ({ at: 1, list: ['x'] })",
  ],
  ['Parameters<typeof load>[0]', [{ q: 'x' }, { q: 1 }, {}], 'const load = (options: { q: string }) => options'],
  [
    'A | B',
    [{ a: 'x' }, { b: 1 }, { a: 'x', b: 1 }, { c: 1 }],
    'interface A { a: string; b?: never }\ninterface B { b: number; a?: never }',
  ],
  ['{ a: 1 } | { a: 1; b: string }', [{ a: 1 }, { a: 1, b: 'x' }, { b: 'x' }]],
  [
    '{ t: 1; v: string } | { t: 2; v: number } | { t: null }',
    [{ t: 1, v: 'x' }, { t: 2, v: 1 }, { t: null }, { t: 1, v: 1 }, { t: 3 }],
  ],
  [
    "{ ok: true; value: string } | { ok: false; error: { code: 'A' | 'B' } }",
    [
      { ok: true, value: 'x' },
      { ok: false, error: { code: 'A' } },
      { ok: false, value: 'x' },
      { ok: true, error: { code: 'A' } },
      { ok: false, error: { code: 'C' } },
    ],
  ],
  ['({ a: string } | { b: number }) & { c: true }', [{ a: 'x', c: true }, { b: 1, c: true }, { a: 'x' }, { c: true }]],
  ['string[] | number[]', [[], ['a'], [1], ['a', 1]]],
  ['string | string[]', ['a', ['a'], [1], 1]],
  [
    '{ list: { a: string }[] } | { list: { b: string }[] }',
    [{ list: [] }, { list: [{ a: 'x' }] }, { list: [{ b: 'x' }] }, { list: [{ c: 'x' }] }],
  ],
  ['readonly [x: number, y: number]', [[1, 2], [1], [1, 2, 3], ['1', 2]]],
  ['[]', [[], [1]]],
  ['[a: string, b?: number, c?: boolean]', [['a'], ['a', 1], ['a', 1, true], ['a', true]]],
  ['[head: { id: 1 }, ...tail: { id: 2 }[]]', [[{ id: 1 }], [{ id: 1 }, { id: 2 }], [{ id: 2 }]]],
  ['readonly (readonly string[])[]', [[], [['a']], [[1]], ['a']]],
  [
    "{ 'content-type': string; $ref: 1; '1': true }",
    [
      { 'content-type': 'x', $ref: 1, 1: true },
      { 'content-type': 'x', $ref: 1 },
      { contentType: 'x', $ref: 1, 1: true },
    ],
  ],
  [
    "{ 'quote\"': 1; 'back\\\\slash': 2; 'new\\nline': 3 }",
    [{ 'quote"': 1, 'back\\slash': 2, 'new\nline': 3 }, { 'quote"': 1 }],
  ],
  [
    "'quote\"' | 'back\\\\slash' | 'new\\nline' | '${x}' | '`'",
    ['quote"', 'back\\slash', 'new\nline', '${x}', '`', 'x'],
  ],
  ['`a.b*${number}`', ['a.b*1', 'axb*1', 'a.b1']],
  ['`(${string})`', ['()', '(x)', '(']],
  ['Shop.Item', [{ sku: 'x' }, { sku: 1 }], 'namespace Shop { export interface Item { sku: string } }'],
  ['Size', [1, 2, 4, 3], 'enum Size { S = 1 << 0, M = 1 << 1, L = 1 << 2 }'],
  ['Mixed', ['x', 1, 2], "enum Mixed { Text = 'x', One = 1 }", "type Mixed = 'x' | 1"],
  [
    'Exclude<Color, Color.Blue>',
    ['red', 'blue'],
    "enum Color { Red = 'red', Blue = 'blue' }",
    "namespace Color { export type Blue = 'blue' }\ntype Color = 'red' | 'blue'",
  ],
  ['{ [C in Color]: number }', [{ red: 1, blue: 2 }, { red: 1 }], "enum Color { Red = 'red', Blue = 'blue' }"],
  [
    'Tree<string>',
    [{ value: 'x' }, { value: 'x', left: { value: 'y' } }, { value: 'x', left: { value: 1 } }],
    'interface Tree<V> { value: V; left?: Tree<V>; right?: Tree<V> }',
  ],
  [
    'List<number>',
    [null, { head: 1, tail: null }, { head: 1, tail: { head: 2, tail: null } }, { head: 'x', tail: null }],
    'type List<V> = null | { head: V; tail: List<V> }',
  ],
]

/** Every case of the corpus. */
export function corpus(): CorpusCase[] {
  const combined = wrappers.flatMap(([name, type, values]) =>
    leaves.map(([leaf, leafValues, declare = '', unmarked = declare]) => {
      const withBox = (text: string): string => (name === 'generic' ? `${text}\n${box}` : text)
      return caseOf(`${name} of ${leaf}`, type(leaf), values(leafValues), withBox(declare), withBox(unmarked))
    }),
  )
  const alone = handmade.map(([type, values, declare = '', unmarked = declare]) => {
    const name = `${declare.replaceAll('\n', '; ')}${declare && ': '}${type}`
    return caseOf(name, type, values, declare, unmarked)
  })
  return [...combined, ...alone]
}

function caseOf(name: string, type: string, values: readonly Json[], declare: string, unmarked: string): CorpusCase {
  return { name, declare, type, values, unmarked: { declare: unmarked, type } }
}
