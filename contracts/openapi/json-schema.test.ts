import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { NamedType } from '../model.ts'
import type { Shape } from '../shape.ts'
import { type JsonSchema, type References, toJsonSchema } from './json-schema.ts'
import { object, optional, ref, required } from './testing/model.ts'

const text: Shape = { kind: 'string' }
const low: Shape = { kind: 'literal', value: 'low' }
const high: Shape = { kind: 'literal', value: 'high' }

function named(name: string, shape: Shape): [string, NamedType] {
  return [name, { name, shape, recursive: false, module: 'shared' }]
}

const references: References = {
  types: new Map([
    named('Level', { kind: 'union', members: [low, high] }),
    named('Todo', object(required('id', text))),
  ]),
  refer: (name, side) => `#/${name}/${side}`,
}

/** What each shape is on the wire, where both sides are alike. */
const alike: [what: string, shape: Shape, schema: JsonSchema][] = [
  ['a string', text, { type: 'string' }],
  [
    'a string with constraints',
    { kind: 'string', minLength: 1, maxLength: 3, pattern: '^a', format: 'email' },
    { type: 'string', format: 'email', minLength: 1, maxLength: 3, pattern: '^a' },
  ],
  [
    'a number',
    { kind: 'number', exclusiveMinimum: 0, maximum: 5 },
    { type: 'number', maximum: 5, exclusiveMinimum: 0 },
  ],
  ['an integer', { kind: 'number', integer: true, multipleOf: 2 }, { type: 'integer', multipleOf: 2 }],
  ['a bigint', { kind: 'bigint' }, { type: 'string', pattern: '^(?:0|-?[1-9]\\d*)$', maxLength: 1024 }],
  ['a boolean', { kind: 'boolean' }, { type: 'boolean' }],
  ['null', { kind: 'null' }, { type: 'null' }],
  ['anything', { kind: 'unknown' }, {}],
  ['nothing', { kind: 'never' }, { not: {} }],
  ['a date', { kind: 'date' }, { type: 'string', format: 'date-time' }],
  ['a URL', { kind: 'url' }, { type: 'string', format: 'uri' }],
  [
    'bytes',
    { kind: 'bytes' },
    {
      type: 'string',
      contentEncoding: 'base64',
      pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
    },
  ],
  [
    'a buffer',
    { kind: 'bytes', buffer: true },
    {
      type: 'string',
      contentEncoding: 'base64',
      pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
    },
  ],
  ['a literal', low, { type: 'string', const: 'low' }],
  ['a bigint literal', { kind: 'literal', value: 12n }, { type: 'string', const: '12' }],
  [
    'a template',
    { kind: 'template', texts: ['a/', '!'], holes: [{ kind: 'boolean' }] },
    { type: 'string', pattern: '^a\\/(?:true|false)!$' },
  ],
  [
    'an array',
    { kind: 'array', items: text, minItems: 1, uniqueItems: true },
    { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true },
  ],
  ['a set', { kind: 'set', items: text }, { type: 'array', items: { type: 'string' } }],
  [
    'a tuple, which has nothing after its items',
    { kind: 'tuple', items: [{ shape: text }, { shape: { kind: 'number' }, optional: true }] },
    {
      type: 'array',
      prefixItems: [{ type: 'string' }, { type: 'number' }],
      items: { not: {} },
      minItems: 1,
      maxItems: 2,
    },
  ],
  [
    'a tuple with a rest',
    { kind: 'tuple', items: [{ shape: text }], rest: { kind: 'number' } },
    { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'number' }, minItems: 1 },
  ],
  [
    'a tuple whose rest other items follow, as far as that can be said',
    { kind: 'tuple', items: [{ shape: text }], rest: { kind: 'number' }, after: [{ shape: text }, { shape: text }] },
    {
      type: 'array',
      prefixItems: [{ type: 'string' }],
      items: { anyOf: [{ type: 'number' }, { type: 'string' }] },
      minItems: 3,
    },
  ],
  [
    'an object, open to keys that it does not name',
    object(
      required('a', text),
      optional('b', text),
      required('d', { kind: 'unknown' }),
      required('c', { kind: 'union', members: [text, { kind: 'undefined' }] }),
    ),
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' }, d: {}, c: { type: 'string' } },
      required: ['a'],
    },
  ],
  [
    'an object with an index signature',
    { kind: 'object', properties: [], index: { key: text, value: { kind: 'number' } } },
    { type: 'object', properties: {}, additionalProperties: { type: 'number' } },
  ],
  [
    'a record',
    { kind: 'record', key: text, value: { kind: 'boolean' } },
    { type: 'object', additionalProperties: { type: 'boolean' } },
  ],
  [
    'a record of known keys, which are all there',
    { kind: 'record', key: ref('Level'), value: text },
    { type: 'object', properties: { low: { type: 'string' }, high: { type: 'string' } }, required: ['low', 'high'] },
  ],
  [
    'a record that has no keys but those of a template',
    { kind: 'record', key: { kind: 'template', texts: ['x-', ''], holes: [text] }, value: text },
    { type: 'object', patternProperties: { '^x-[\\s\\S]*$': { type: 'string' } } },
  ],
  [
    'a record whose keys are held to a form',
    { kind: 'record', key: { kind: 'string', maxLength: 2 }, value: text },
    { type: 'object', propertyNames: { maxLength: 2 }, additionalProperties: { type: 'string' } },
  ],
  [
    'a map with text as keys',
    { kind: 'map', key: text, value: text },
    { type: 'object', additionalProperties: { type: 'string' } },
  ],
  [
    'a map with other keys',
    { kind: 'map', key: { kind: 'number' }, value: text },
    {
      type: 'array',
      items: {
        type: 'array',
        prefixItems: [{ type: 'number' }, { type: 'string' }],
        items: { not: {} },
        minItems: 2,
        maxItems: 2,
      },
    },
  ],
  ['literals', { kind: 'union', members: [low, high] }, { type: 'string', enum: ['low', 'high'] }],
  [
    'literals or null',
    { kind: 'union', members: [low, { kind: 'null' }] },
    { type: ['string', 'null'], enum: ['low', null] },
  ],
  [
    'literals of several types',
    { kind: 'union', members: [low, { kind: 'literal', value: 1 }] },
    { type: ['string', 'number'], enum: ['low', 1] },
  ],
  [
    'a type or null',
    { kind: 'union', members: [{ kind: 'date' }, { kind: 'null' }] },
    { type: ['string', 'null'], format: 'date-time' },
  ],
  [
    'a described literal or null, which a list of types would not let be null',
    { kind: 'union', members: [{ ...low, description: 'Little.' }, { kind: 'null' }] },
    { anyOf: [{ type: 'string', const: 'low', description: 'Little.' }, { type: 'null' }] },
  ],
  [
    'a mixed union',
    { kind: 'union', members: [{ kind: 'number' }, low, ref('Todo')] },
    { anyOf: [{ type: 'string', const: 'low' }, { type: 'number' }, { $ref: '#/Todo/SIDE' }] },
  ],
  [
    'a reference with words of its own',
    { ...ref('Todo'), description: 'The first.' },
    { $ref: '#/Todo/SIDE', description: 'The first.' },
  ],
  [
    'notes',
    { kind: 'string', description: 'A name.', deprecated: 'Use title.', examples: ['x'] },
    { type: 'string', description: 'A name.\n\nDeprecated: Use title.', deprecated: true, examples: ['x'] },
  ],
]

describe('a shape as JSON Schema', () => {
  for (const [what, shape, schema] of alike) {
    test(what, () => {
      for (const side of ['input', 'output'] as const) {
        const expected = JSON.parse(JSON.stringify(schema).replaceAll('SIDE', side))
        assert.deepEqual(toJsonSchema(shape, side, references), expected, side)
      }
    })
  }

  test('a default makes a property optional in an input, and is always there in an output', () => {
    const shape = object(
      optional('limit', { kind: 'number', default: 20 }),
      required('page', { kind: 'number', default: 1 }),
    )
    assert.deepEqual(toJsonSchema(shape, 'input', references), {
      type: 'object',
      properties: { limit: { type: 'number', default: 20 }, page: { type: 'number', default: 1 } },
    })
    assert.deepEqual(toJsonSchema(shape, 'output', references), {
      type: 'object',
      properties: { limit: { type: 'number' }, page: { type: 'number' } },
      required: ['limit', 'page'],
    })
  })

  test('a property named __proto__ or like a number stays a property', () => {
    const { properties } = toJsonSchema(object(required('__proto__', text), required('1', text)), 'input', references)
    assert.deepEqual(Object.keys(properties ?? {}), ['1', '__proto__'])
  })
})
