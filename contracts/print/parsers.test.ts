import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inspect, promisify } from 'node:util'
import fc from 'fast-check'
import type { AppModel } from '../model.ts'
import * as parse from '../parse/index.ts'
import type { Shape } from '../shape.ts'
import { printParsers } from './parsers.ts'
import { place } from './places.ts'
import { evaluate } from './testing/evaluate.ts'
import { endless } from './testing/hostile.ts'
import { array, literal, model, number, object, operation, ref, string, union } from './testing/model.ts'
import { compareParsers, pairsOf, textsOf } from './testing/parser-agreement.ts'
import { models } from './testing/parser-shapes.ts'
import { shapes } from './testing/shapes.ts'
import { todos } from './testing/todos.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folders: string[] = []

after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

const { invalid } = parse

/** The parsers of one operation, `all.one`, with this input and output. */
function parsersOf(shape: Shape, types: Readonly<Record<string, Shape>> = {}) {
  const { parsers } = textsOf(model([operation('all.one', { input: shape, output: shape })], types))
  const { decodeOneInput, encodeOneOutput } = evaluate(parsers, { 'pikku/parse': parse })
  return {
    decode: decodeOneInput as (wire: unknown) => unknown,
    encode: encodeOneOutput as (value: unknown) => unknown,
  }
}

for (const seed of [1, Number(process.env.SEED ?? Math.floor(Math.random() * 1e6))]) {
  test(`parsers take what the schemas take, and make the same of it (SEED=${seed})`, (context) => {
    const { trials, accepted, disagreements } = compareParsers({ trials: 6_000, seed })
    for (const { model: _, ...one } of disagreements) assert.fail(inspect(one, { depth: 12 }))
    assert.ok(accepted > trials / 10, `only ${accepted} of ${trials} values were accepted`)
    context.diagnostic(`${trials} trials, ${accepted} accepted by both`)
  })
}

test('the text is the same every time', () => {
  for (const app of [todos, shapes]) assert.deepEqual(printParsers(app), printParsers(structuredClone(app)))
})

test('the texts compile under every strict flag, and import nothing but pikku/parse and each other', async () => {
  const apps: Record<string, AppModel> = { todos, shapes }
  for (const [at, app] of fc.sample(models, { numRuns: 12, seed: 3 }).entries()) apps[`random${at}`] = app
  const folder = await write(
    Object.fromEntries(
      Object.entries(apps).flatMap(([name, app]) => {
        return [...printParsers(app)].map(([path, text]) => {
          for (const [, from = ''] of text.matchAll(/ from '([^']*)'/g))
            assert.match(from, /^(?:pikku\/parse|\.\.?\/[\w/.-]+)$/)
          return [`${name}/${path}`, text]
        })
      }),
    ),
  )
  const options = {
    ...{
      noEmit: true,
      strict: true,
      target: 'es2022',
      module: 'nodenext',
      allowImportingTsExtensions: true,
      types: [],
    },
    ...{ lib: ['es2024', 'dom'], verbatimModuleSyntax: true, erasableSyntaxOnly: true, noUncheckedIndexedAccess: true },
    ...{ exactOptionalPropertyTypes: true, noPropertyAccessFromIndexSignature: true, noImplicitReturns: true },
    ...{
      noUnusedLocals: true,
      noUnusedParameters: true,
      allowUnreachableCode: false,
      noFallthroughCasesInSwitch: true,
    },
    paths: { 'pikku/parse': [join(root, 'contracts/parse/index.ts')] },
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['.'] }))
  const compiled = promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['-p', folder, '--pretty', 'false'])
  const { stdout } = await compiled.catch((error: { stdout: string }) => error)
  assert.equal(stdout, '')
})

async function write(files: Readonly<Record<string, string>>): Promise<string> {
  await mkdir(join(root, '.data'), { recursive: true })
  const folder = await mkdtemp(join(root, '.data/parsers-'))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

test('what does not end is refused, and nothing is thrown', () => {
  const tree = object({ 'children?': array(ref('Tree')), 'of?': ref('Tree') })
  const { decode, encode } = parsersOf(ref('Tree'), { Tree: tree })
  for (const make of endless) {
    assert.equal(decode(make()), invalid)
    assert.equal(encode(make()), invalid)
  }
  assert.deepEqual(encode({ children: [{ children: [] }] }), { children: [{ children: [] }] })
})

test('forms that are tried over and over are given up', () => {
  const chain = (end: Shape) => object({ next: union(ref('Chain'), end) })
  const { decode } = parsersOf(ref('Chain'), {
    Chain: union(object({ a: ref('Chain'), b: string }), object({ a: ref('Chain'), 'c?': number }), chain(string)),
  })
  let value: unknown = { next: 1 }
  for (let level = 0; level < 60; level++) value = { a: value, b: 'x', c: 1 }
  assert.equal(decode(value), invalid)
})

test('what is nothing but undefined may be absent', () => {
  const shape = object({ gone: { kind: 'undefined' }, id: string })
  const [pair] = pairsOf(model([operation('all.one', { input: shape, output: shape })]))
  for (const value of [{ id: '1' }, { id: '1', gone: undefined }]) {
    assert.deepEqual(JSON.stringify(pair?.decode(value)), '{"id":"1"}')
    assert.deepEqual(JSON.stringify(pair?.schema.decode(value)), '{"id":"1"}')
    assert.deepEqual(JSON.stringify(pair?.encode(value)), '{"id":"1"}')
    assert.deepEqual(JSON.stringify(pair?.schema.encode(value)), '{"id":"1"}')
  }
  assert.equal(pair?.decode({ id: '1', gone: null }), invalid)
  assert.equal(pair?.schema.safeDecode({ id: '1', gone: null }).success, false)
  assert.match(textsOf(model([operation('all.one', { input: shape })])).schemas, /^ {2}gone\?: undefined$/m)
})

test('only own properties count where every object inherits some', () => {
  const shape = object({ 'constructor?': string, 'toString?': number })
  const { decode } = parsersOf(shape)
  assert.deepEqual(decode({}), {})
  assert.deepEqual(decode({ constructor: 'x', toString: 1 }), { constructor: 'x', toString: 1 })
  assert.equal(decode({ constructor: 1 }), invalid)
})

test('__proto__ sets no prototype', () => {
  const hostile = JSON.parse('{"__proto__":{"admin":true},"a":{"__proto__":1}}')
  const { decode, encode } = parsersOf({
    kind: 'object',
    properties: [],
    index: { key: string, value: { kind: 'record', key: string, value: number } },
  })
  for (const parsed of [decode(hostile), encode(hostile)]) {
    assert.deepEqual(parsed, { a: {} })
    assert.equal(Object.getPrototypeOf(parsed), Object.prototype)
  }
  const map = parsersOf({ kind: 'map', key: string, value: number })
  assert.equal(map.encode(new Map([['__proto__', 1]])), invalid)
  assert.deepEqual(map.decode(JSON.parse('{"__proto__":1}')), new Map())
})

test('what a handler returns beside its contract stays on the server', () => {
  class Row {
    id = '1'
    password = 'secret'
    get name(): string {
      return 'Ada'
    }
    toJSON(): object {
      return { password: this.password }
    }
  }
  const list = Object.assign([new Row()], { toJSON: () => 'secret' })
  const { encode } = parsersOf(array(object({ id: string, name: string })))
  assert.equal(JSON.stringify(encode(list)), '[{"id":"1","name":"Ada"}]')
})

test('hostile names and texts are printed as what they are', () => {
  const text = `*/ ' " \` \${process.exit()} \\ \n \u2028 </script>`
  const { decode } = parsersOf(object({ [text]: literal(text), 'a?': { kind: 'string', pattern: '^/\\/`\\n$' } }))
  assert.deepEqual(decode({ [text]: text }), { [text]: text })
  assert.equal(decode({ [text]: 'other' }), invalid)
})

test('an operation whose schema is a shared type is given its parser', () => {
  const files = printParsers(
    model(
      [
        operation('a.get', { output: ref('Todo') }),
        operation('b.get', { output: ref('GetOutput'), input: ref('Todo') }),
      ],
      {
        Todo: object({ id: string }),
        GetOutput: object({ todo: ref('Todo') }),
      },
    ),
  )
  assert.deepEqual([...files.keys()], ['parsers/shared.ts', 'parsers/a.ts', 'parsers/b.ts'])
  const { 'parsers/a.ts': one = '', 'parsers/b.ts': other = '' } = Object.fromEntries(files)
  assert.match(one, /^export const encodeGetOutput = encodeTodo$/m)
  assert.match(other, /^export const decodeGetInput = decodeTodo$/m)
  assert.match(other, /^export function encodeGetOutput\(/m)
})

test('functions from a folder named parsers do not take the place of parsers', () => {
  const get = operation('a.get', { output: object({ id: string }) })
  const app = model([get, { ...get, name: 'b.get', module: 'parsers/a' }])
  assert.deepEqual(place(app).files, ['a.ts', 'parsers-functions/a.ts'])
  assert.deepEqual([...printParsers(app).keys()], ['parsers/a.ts', 'parsers/parsers-functions/a.ts'])
})

test('files, streams and bytes are taken as the schemas take them', () => {
  const rules = { maxSize: 3, contentType: ['image/*', 'text/csv'] } as const
  const shapes: readonly Shape[] = [
    { kind: 'file' },
    { kind: 'blob' },
    { kind: 'file', ...rules },
    { kind: 'blob', ...rules },
    { kind: 'stream' },
    { kind: 'bytes', raw: true },
    array({ kind: 'file', maxSize: 1 }),
    object({ photo: { kind: 'file', ...rules } }),
  ]
  const files = ['image/png', 'IMAGE/PNG', 'text/csv; charset=utf-8', 'text/plain', 'image', ''].flatMap((type) => [
    new File(['abc'], 'x', { type }),
    new Blob(['abc'], { type }),
    new File(['abcd'], 'x', { type }),
    new Blob(['abcd'], { type }),
  ])
  const others = [new Blob().stream(), new Uint8Array(2), Buffer.from('a'), 'a', 1, null, [], 'YQ==']
  const parts = [...files, ...others]
  const values = [...parts, ...parts.map((part) => [part]), ...parts.map((photo) => ({ photo, more: 1 }))]
  const taken: number[] = []
  for (const [at, shape] of shapes.entries()) {
    const [pair] = pairsOf(model([operation('all.one', { input: shape, output: shape })]))
    taken[at] = 0
    for (const value of values) {
      const given = pair?.schema.safeDecode(value as never)
      const parsed = pair?.decode(value)
      if (given?.success) taken[at]++
      assert.deepEqual(parsed, given?.success ? given.data : invalid, `${inspect(shape)} ${inspect(value)}`)
    }
  }
  assert.deepEqual(taken, [12, 24, 3, 6, 1, 2, 1, 3])
})

test('an object of very many properties is parsed in parts', () => {
  const names = Array.from({ length: 450 }, (_, at) => `p${at}?`)
  const shape = object({
    ...Object.fromEntries(names.map((name) => [name, { kind: 'date' }])),
    last: { kind: 'bigint' },
  })
  const [pair] = pairsOf(model([operation('all.one', { input: shape, output: shape })]))
  const value = { p0: new Date(0), p449: new Date(1), last: 1n }
  const wired = { p0: '1970-01-01T00:00:00.000Z', p449: '1970-01-01T00:00:00.001Z', last: '1' }
  assert.deepEqual(pair?.encode({ ...value, more: 1 }), wired)
  assert.deepEqual(pair?.decode({ ...wired, more: 1 }), value)
  for (const wrong of [{ ...wired, p300: 1 }, { p0: wired.p0 }, [], null]) assert.equal(pair?.decode(wrong), invalid)
})
