import type { Random } from './parser-shapes.ts'

class Instance {
  a = 1
  get kind(): string {
    return 'k0'
  }
}

class List extends Array<unknown> {
  toJSON(): string {
    return 'other'
  }
}

function circle(): unknown {
  const self: Record<string, unknown> = { a: 1, kind: 'k0', children: [], of: undefined }
  self.children = [self]
  self.of = self
  self.next = self
  return self
}

function nested(levels: number): unknown {
  let value: unknown = { children: [] }
  for (let level = 0; level < levels; level++) value = { children: [value], of: value }
  return value
}

const makers: readonly (() => unknown)[] = [
  ...[
    null,
    undefined,
    true,
    false,
    0,
    -0,
    1,
    NaN,
    Infinity,
    -Infinity,
    2 ** 53,
    1e308,
    5e-324,
    0.1 + 0.2,
    '',
    'null',
    '__proto__',
  ],
  ...[
    'constructor',
    '0',
    '-0',
    '00',
    '1e3',
    '9'.repeat(1025),
    '9'.repeat(1024),
    '12n',
    '-',
    ' 1',
    '😀'.repeat(3),
    '\ud83d\ud83d',
    'a'.repeat(300),
  ],
  ...[
    '2026-02-30T00:00:00Z',
    '2026-12-31T23:59:60Z',
    '2026-06-30T23:59:60.5Z',
    '2026-06-30T22:59:60Z',
    '2026-01-01T24:00:00Z',
    '2026-13-01T23:59:60Z',
  ],
  ...[
    '0000-01-01T00:00:00Z',
    '0000-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59.999-00:01',
    '+010000-01-01T00:00:00Z',
    '2026-11-22',
    '2026-11-22T00:00:00.123456789Z',
  ],
  ...[
    '2026-11-22T09:30:00z',
    '2026-11-22t09:30:00+05:30',
    '2026-11-22T09:30:00-00:00',
    '2026-11-22T09:30:00+24:00',
    '2026-1-22T09:30:00Z',
    '2026-11-22T09:30:00.Z',
    '20261122T093000Z',
  ],
  ...[
    '2026-02-29T12:00:00.000Z',
    '2024-02-29T12:00:00.000Z',
    '2026-11-22T09:60:00.000Z',
    '2026-00-10T10:00:00.000Z',
    '-00001-01-01T00:00:00Z',
  ],
  ...[
    '====',
    'a===',
    'ab==',
    'abc=',
    'abcd',
    'ab=c',
    'a b=',
    'YQ',
    'YQ==',
    'YR==',
    'http://',
    'https://a.example:99999',
    'javascript:alert(1)',
    ' https://x.example\t',
  ],
]
  .map((value) => () => value as unknown)
  .concat([
    () => 0n,
    () => 10n ** 1023n,
    () => 10n ** 1024n,
    () => -(10n ** 1023n),
    () => ({}),
    () => [],
    () => Object.create(null) as unknown,
    () => JSON.parse('{"__proto__":{"a":1},"a":"x"}') as unknown,
    () => ({ constructor: 1, prototype: 2, toString: 'x' }),
    () => ({ constructor: { prototype: {} }, a: 'x' }),
    () => new Instance(),
    () => ({ [Symbol('s')]: 1 }),
    () => Object.create({ a: 'x', kind: 'k0' }) as unknown,
    () => List.from([1, 'a']),
    () => Object.assign(new Array(2), { 1: 'a' }),
    () => [null, undefined],
    () => new Date(NaN),
    () => new Date(8.64e15),
    () => new Date(-8.64e15),
    () => new Date(-62_167_219_200_001),
    () => new Date(253_402_300_800_000),
    () => new Map(),
    () => new Map([['__proto__', 1]]),
    () =>
      new Map<unknown, unknown>([
        ['a', 1],
        [1, 'a'],
        [new Date(0), 2],
        [new Date(0), 3],
      ]),
    () => new Set(),
    () => new Set(['a', 1, new Date(0), new Date(0), null]),
    () => new Uint8Array([1, 2, 3]),
    () => new ArrayBuffer(3),
    () => new SharedArrayBuffer(3),
    () => Buffer.from('abc'),
    () => new URL('https://a.example/'),
    () => Object('text') as unknown,
    () => Object(1) as unknown,
    () => () => 1,
    () => Symbol('s'),
    () => [
      ['a', 1],
      ['a', 2],
    ],
    () => [['a', 1, 2]],
    () => [
      ['2026-01-01T00:00:00Z', 'x'],
      ['2026-01-01T00:00:00Z', 1],
    ],
    () => new Error('x'),
    () => nested(5),
    () => [[[[[[]]]]]],
  ])

/** What nobody should send, and some that only look so. */
export function hostile(random: Random): unknown {
  return makers[random(makers.length)]?.()
}

/** Values without end, and those too deep for a stack: apart, since Zod throws at some of them. */
export const endless: readonly (() => unknown)[] = [circle, () => nested(1000), () => nested(100_000)]

/** The value with something in it taken away, added or replaced. What it was made from stays as it is. */
export function mutate(value: unknown, other: () => unknown, random: Random): unknown {
  if (random(4) === 0 || typeof value !== 'object' || value === null) return other()
  const deeper = (part: unknown) => mutate(part, other, random)
  if (Array.isArray(value)) return mutateList(value, deeper, other, random)
  if (value instanceof Set) return new Set(mutateList([...value], deeper, other, random))
  if (value instanceof Map) {
    return new Map(
      [...(value as Map<unknown, unknown>)].map(([key, item]) =>
        random(2) ? [key, deeper(item)] : [deeper(key), item],
      ),
    )
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return other()
  const entries = Object.entries(value)
  const at = random(entries.length + 1)
  const entry = entries[at]
  if (!entry)
    entries.push([['a', 'kind', 'extra', 'of', 'limit', '__proto__', 'constructor'][random(7)] ?? 'a', other()])
  else if (random(3) === 0) entries.splice(at, 1)
  else entries[at] = [entry[0], deeper(entry[1])]
  return Object.fromEntries(entries)
}

function mutateList(
  list: readonly unknown[],
  deeper: (part: unknown) => unknown,
  other: () => unknown,
  random: Random,
): unknown[] {
  const copy = [...list]
  const at = random(copy.length + 1)
  if (at === copy.length) copy.push(random(2) ? other() : copy[0])
  else if (random(3) === 0) copy.splice(at, 1)
  else copy[at] = deeper(copy[at])
  return copy
}
