import type { AppModel } from '../../model.ts'
import type { Shape } from '../../shape.ts'
import { array, boolean, date, literal, model, number, object, operation, ref, route, string, union } from './model.ts'

const none: Shape = { kind: 'null' }

/** Every kind of shape, hostile names, recursion of every form: one operation for each idea. */
export const shapes: AppModel = model(
  [
    operation('leaves.all', {
      input: object({
        string,
        limited: { kind: 'string', minLength: 1, maxLength: 80, pattern: '^[^/]+/\\S*$' },
        uuid: { kind: 'string', format: 'uuid' },
        email: { kind: 'string', format: 'email', maxLength: 254 },
        uri: { kind: 'string', format: 'uri' },
        moment: { kind: 'string', format: 'date-time' },
        day: { kind: 'string', format: 'date' },
        time: { kind: 'string', format: 'time' },
        ipv4: { kind: 'string', format: 'ipv4' },
        ipv6: { kind: 'string', format: 'ipv6' },
        template: {
          kind: 'template',
          texts: ['user_', `\`\${x}\``, ''],
          holes: [number, union(literal('a'), literal('b.'))],
        },
        shout: { kind: 'string', pattern: '^\\P{Changes_When_Uppercased}*$', textCase: 'Uppercase' },
        shouted: {
          kind: 'template',
          texts: ['', '!'],
          holes: [{ kind: 'string', pattern: '^\\P{Changes_When_Uppercased}*$', textCase: 'Uppercase' }],
        },
        code: { kind: 'string', pattern: '^\\P{Changes_When_Uppercased}*$', textCase: 'Uppercase', maxLength: 2 },
        number,
        integer: { kind: 'number', integer: true, minimum: -1, exclusiveMaximum: 10 },
        stepped: { kind: 'number', exclusiveMinimum: 0, maximum: 1, multipleOf: 0.25 },
        bigint: { kind: 'bigint', minimum: -10n, maximum: 10n },
        boolean,
        none,
        unknown: { kind: 'unknown' },
        date,
        url: { kind: 'url' },
        bytes: { kind: 'bytes' },
        buffer: { kind: 'bytes', buffer: true },
        five: literal(5),
        large: literal(5n),
        yes: literal(true),
        text: literal(`it's */ \`\${1}\` \\ \n`),
      }),
      output: number,
    }),
    operation('lists.all', {
      output: object({
        array: { kind: 'array', items: date, minItems: 1, maxItems: 3, uniqueItems: true },
        tuple: { kind: 'tuple', items: [{ shape: string }, { shape: date, optional: true }] },
        rest: { kind: 'tuple', items: [{ shape: string }], rest: date },
        middle: {
          kind: 'tuple',
          items: [{ shape: string }],
          rest: date,
          after: [{ shape: { kind: 'bigint' } }, { shape: string }],
        },
        record: { kind: 'record', key: string, value: date },
        keyed: { kind: 'record', key: union(literal('a'), literal('b')), value: number },
        formed: { kind: 'record', key: { kind: 'template', texts: ['x-', ''], holes: [string] }, value: number },
        several: {
          kind: 'keyed',
          properties: [{ name: 'id', shape: string, optional: false }],
          signatures: [
            { key: { kind: 'template', texts: ['x-', ''], holes: [string] }, value: number },
            { key: string, value: { kind: 'unknown' } },
          ],
        },
        forms: {
          kind: 'keyed',
          properties: [{ name: 'id', shape: { kind: 'bigint' }, optional: false }],
          signatures: [
            { key: { kind: 'template', texts: ['d_', ''], holes: [string] }, value: date },
            { key: number, value: { kind: 'bigint' } },
          ],
        },
        map: { kind: 'map', key: string, value: { kind: 'bigint' } },
        pairs: { kind: 'map', key: number, value: date },
        set: { kind: 'set', items: { kind: 'bigint' } },
        'indexed?': {
          kind: 'object',
          properties: [{ name: 'id', shape: string, optional: false }],
          index: { key: string, value: string },
        },
      }),
    }),
    operation('unions.all', {
      output: object({
        'optional?': union(string, none),
        literals: union(literal('a'), literal('b'), literal(1), none),
        told: union(
          object({ kind: literal('a'), at: date }),
          object({ kind: union(literal('b'), literal('c')), at: string }),
        ),
        wider: union(
          object({ a: string }),
          object({ a: string, b: number }),
          object({ a: string, b: number, c: number }),
        ),
        crossed: union(object({ a: string, 'b?': number }), object({ a: string, 'c?': number })),
        mixed: union(array(string), number, ref('Level'), none),
        when: union(number, date, literal('never')),
        rich: union(object({ constructor: array(date) }), { kind: 'url' }, array({ kind: 'bigint' })),
        pairs: union(string, { kind: 'map', key: number, value: date }),
      }),
    }),
    operation('recursion.all', {
      output: object({ category: ref('Category'), tree: ref('Tree'), json: ref('Json'), bag: ref('Bag') }),
    }),
    operation('defaults.set', {
      input: object({
        mode: { ...union(literal('on'), literal('off')), default: 'on' },
        'since?': { ...date, default: '2026-01-01T00:00:00Z' },
        tags: { ...array(string), default: [] },
        settings: ref('Settings'),
      }),
      output: ref('Settings'),
      routes: [route('PUT', '/settings')],
    }),
    operation("names.it's-*/", {
      exportName: 'delete',
      description: 'Ends */ early.\n@deprecated? No.',
      rpc: true,
      input: object({
        "it's": string,
        '*/': string,
        'a-b': number,
        constructor: string,
        'class?': ref('Map'),
        '0': ref('CreateInput'),
      }),
      errors: [{ code: 'GONE', status: 410, data: ref('Map') }],
    }),
  ],
  {
    Level: union(literal('low'), literal('high')),
    Category: object({
      name: string,
      children: array(ref('Category')),
      'parent?': union(ref('Category'), none),
      at: date,
    }),
    Leaf: object({ kind: literal('leaf'), value: { kind: 'bigint' } }),
    Branch: object({ kind: literal('branch'), nodes: array(ref('Tree')), meta: object({ 'first?': ref('Tree') }) }),
    Tree: union(ref('Leaf'), ref('Branch')),
    Json: union(string, number, boolean, none, array(ref('Json')), { kind: 'record', key: string, value: ref('Json') }),
    Bag: { kind: 'object', properties: [], index: { key: string, value: ref('Bag') } },
    Settings: object({
      size: { kind: 'number', integer: true, default: 10 },
      'theme?': { ...string, default: "'dark'" },
    }),
    Map: object({ a: string }),
    CreateInput: object({ b: string }),
  },
)
