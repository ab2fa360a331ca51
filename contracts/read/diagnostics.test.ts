import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Diagnostic } from '../diagnostic.ts'
import type { codes } from './codes.ts'
import { createProject, projectOfTypes, type TestProject } from './testing/project.ts'

/** The source, the code, the path inside of the type, and what the place covers. */
type Case = readonly [source: string, code: keyof typeof codes, path: string, covers: string]

const onInput: Readonly<Record<string, Case>> = {
  any: ['type T = { filter: { when: any } }', 'PK1101', 'input.filter.when', 'when'],
  anyItem: ['interface T { list: any[] }', 'PK1101', 'input.list[]', 'any'],
  anyValue: ['type T = { map: Record<string, any> }', 'PK1101', 'input.map[key]', 'map'],
  anyArgument: ['type T = Map<string, any>', 'PK1101', 'input.value', 'any'],
  method: ['interface T { save(): void }', 'PK1103', 'input.save', 'save'],
  callback: ['type T = { done: (x: string) => void }', 'PK1103', 'input.done', 'done'],
  constructors: ['type T = { make: new () => object }', 'PK1103', 'input.make', 'make'],
  functions: ['type T = { make: Function }', 'PK1103', 'input.make', 'make'],
  symbols: ['type T = { s: symbol }', 'PK1104', 'input.s', 's'],
  uniqueSymbols: ['declare const key: unique symbol\ntype T = { s: typeof key }', 'PK1104', 'input.s', 's'],
  symbolKeys: ['declare const key: unique symbol\ntype T = { [key]: string }', 'PK1104', 'input', '[key]'],
  symbolIndex: ['type T = { [key: symbol]: string }', 'PK1104', 'input', 'T'],
  objects: ['type T = { o: object }', 'PK1105', 'input.o', 'o'],
  promises: ['type T = { p: Promise<string> }', 'PK1106', 'input.p', 'p'],
  undefinedItem: ['type T = { list: (string | undefined)[] }', 'PK1107', 'input.list[]', 'undefined'],
  undefinedInMap: ['type T = { m: Map<string, number | undefined> }', 'PK1107', 'input.m.value', 'undefined'],
  undefinedInTuple: ['type T = { m: [string | undefined] }', 'PK1107', 'input.m[0]', 'undefined'],
  undefinedInput: ['type T = { a: string } | undefined', 'PK1107', 'input', '_input'],
  errors: ['type T = { e: Error }', 'PK1109', 'input.e', 'e'],
  regularExpressions: ['type T = { r: RegExp }', 'PK1109', 'input.r', 'r'],
  buffers: ['type T = { b: Buffer }', 'PK1109', 'input.b', 'b'],
  weakMaps: ['type T = { b: WeakMap<object, string> }', 'PK1109', 'input.b', 'b'],
  streamsInside: ['type T = { b: AsyncIterable<string> }', 'PK1109', 'input.b', 'b'],
  ofPlatform: ['class Oops extends Error { extra = 1 }\ntype T = { e: Oops }', 'PK1109', 'input.e', 'Oops'],
  classInput: ['class A { id = 1; save() {} }\ntype T = { a: A }', 'PK1110', 'input', 'take'],
  privateInput: ['class A { #id = 1; get id() { return this.#id } }\ntype T = A', 'PK1110', 'input', 'take'],
  proto: ['type T = { ["__proto__"]: string }', 'PK1111', 'input.__proto__', '["__proto__"]'],
  halfNames: ["type T = { '\\ud800': string }", 'PK1111', 'input["\ufffd\ufffd\ufffd"]', "'\\ud800'"],
  halfTexts: ["type T = { c: 'a\\udc00' }", 'PK1118', 'input.c', 'c'],
  indexes: ['type T = { [key: string]: unknown } & { [key: number]: string }', 'PK1112', 'input', 'T'],
  impossible: ['type T = { x: string[] & { more: 1 } }', 'PK1113', 'input.x', 'x'],
  impossibleDate: ['type T = { x: Date & { more: 1 } }', 'PK1113', 'input.x', 'x'],
  /** Seven levels are enough to tell that there is no end. */
  endless: [
    'type Grow<V> = { value: V; next?: Grow<V[]> }\ntype T = Grow<string>',
    'PK1115',
    'input.next.next.next.next.next.next.next',
    'next',
  ],
  infinity: ['type T = { n: 1e999 }', 'PK1116', 'input.n', 'n'],
  partlyComputedEnum: [
    "enum E { A = 1, B = 'x'.length, C = 'xy'.length }\ntype T = { e: E }",
    'PK1117',
    'input.e',
    'e',
  ],
  computedEnum: ["enum E { A = 'x'.length }\ntype T = { e: E }", 'PK1117', 'input.e', 'e'],
  textCase: ['type T = { c: Uppercase<`${number}`> }', 'PK1118', 'input.c', 'c'],
  minLengthOnNumber: ['interface T {\n  /** @minLength 1 */\n  n: number\n}', 'PK1201', 'input.n', '@minLength 1'],
  minimumOnString: [
    'interface T {\n  /** Text.\n   * @minimum 1\n   */\n  n: string\n}',
    'PK1201',
    'input.n',
    '@minimum 1',
  ],
  formatOnArray: ['interface T {\n  /** @format email */\n  n: string[]\n}', 'PK1201', 'input.n', '@format email'],
  constraintOnName: [
    "type P = 'a' | 'b'\ninterface T {\n  /** @minLength 1 */\n  n: P\n}",
    'PK1201',
    'input.n',
    '@minLength 1',
  ],
  constraintOnDate: ['interface T {\n  /** @minimum 3 */\n  n: Date\n}', 'PK1201', 'input.n', '@minimum 3'],
  constraintOnObject: ['/** @minItems 3 */\ninterface T { a: 1 }', 'PK1201', 'input', '@minItems 3'],
  constraintOnAlias: [
    '/** @minItems 3 */\ntype Name = string\ntype T = { name: Name }',
    'PK1201',
    'input.name',
    '@minItems 3',
  ],
  badLength: ['interface T {\n  /** @minLength -1 */\n  n: string\n}', 'PK1202', 'input.n', '@minLength -1'],
  badFormat: ['interface T {\n  /** @format mail */\n  n: string\n}', 'PK1202', 'input.n', '@format mail'],
  badPattern: ['interface T {\n  /** @pattern ([a-z */\n  n: string\n}', 'PK1202', 'input.n', '@pattern ([a-z'],
  catastrophic: ['interface T {\n  /** @pattern ^(a+)+$ */\n  n: string\n}', 'PK1205', 'input.n', '@pattern ^(a+)+$'],
  badDefault: ['interface T {\n  /** @default "x" */\n  n: number\n}', 'PK1202', 'input.n', '@default "x"'],
  badMultiple: ['interface T {\n  /** @multipleOf 0 */\n  n: number\n}', 'PK1202', 'input.n', '@multipleOf 0'],
  contradiction: [
    'interface T {\n  /** @minLength 5 @maxLength 3 */\n  n: string | null\n}',
    'PK1202',
    'input.n',
    '@maxLength 3',
  ],
  emptyRange: ['interface T {\n  /** @minimum 1 @maximum -1 */\n  n: bigint\n}', 'PK1202', 'input.n', '@maximum -1'],
  misspelt: ['interface T {\n  /** @minLenght 1 */\n  n: string\n}', 'PK1203', 'input.n', '@minLenght 1'],
  miscased: ['interface T {\n  /** @maxlength 1 */\n  n: string\n}', 'PK1203', 'input.n', '@maxlength 1'],
  lostConstraint: [
    '/** @format email */\ntype Email = string\ninterface Page<V> { items: V[] }\ntype T = { page: Page<Email> }',
    'PK1204',
    'input.page',
    'Email',
  ],
  lostInUtility: [
    '/** @minimum 1 */\ntype Age = number\ntype Box<V> = { v: V }\ntype T = Box<Age>',
    'PK1204',
    'input',
    'Age',
  ],
  tagOnWrongType: ["type T = { n: number & { 'typia.tag'?: { schema: { minLength: 3 } } } }", 'PK1201', 'input.n', 'n'],
  misspeltOnOneLine: ['interface T { /** @minLenght 1 */ n: string }', 'PK1203', 'input.n', '@minLenght 1'],
}

/** The whole module, the code, the path, and what the place covers. */
const moduleCases: Readonly<Record<string, Case>> = {
  overloadedInside: [
    'function g(s: object, i: string): Promise<string>\nfunction g(s: object, i: number): Promise<number>\nasync function g(_s: object, i: string | number): Promise<string | number> { return i }\nexport const f = func(g)',
    'PK1002',
    '',
    'f',
  ],
  overloaded: [
    'export function f(s: object, i: string): string\nexport function f(s: object, i: number): number\nexport function f(_s: object, i: string | number): string | number { return i }',
    'PK1002',
    '',
    'f',
  ],
  generic: ['export const f = async <V>(_s: object, input: V[]) => input', 'PK1002', '', 'f'],
  outputAny: ['export const f = func(async () => JSON.parse("1"))', 'PK1101', 'output', 'f'],
  outputAnnotated: ['export const f = func(async (): Promise<{ a: any }> => ({ a: 1 }))', 'PK1101', 'output.a', 'a'],
  streamOfUndefined: ['export const f = func(async function* () { yield undefined })', 'PK1107', 'output', 'f'],
  idsOnSome: [
    "import { tracked } from 'pikku'\nexport const f = func(async function* () {\n  yield tracked('1', { n: 1 })\n  yield { n: 2 }\n})",
    'PK1002',
    '',
    'f',
  ],
  idsOnSomeByType: [
    "import type { Tracked } from 'pikku'\nexport async function* f(_s: object): AsyncGenerator<Tracked<string> | number> {}",
    'PK1002',
    '',
    'f',
  ],
  looseAuth: ['const auth = Math.random() > 0.5\nexport const f = func({ auth }, async () => 1)', 'PK1002', '', 'f'],
  looseErrors: [
    "import { type AnyErrorClass } from 'pikku'\nconst errors: AnyErrorClass[] = []\nexport const f = func({ errors }, async () => 1)",
    'PK1005',
    '',
    'f',
  ],
  looseStatus: [
    "import { defineError } from 'pikku'\nclass Odd extends defineError('ODD', { status: 400 as number }) {}\nexport const f = func({ errors: [Odd] }, async () => 1)",
    'PK1005',
    '',
    'Odd',
  ],
  looseReply: [
    'const status: 200 | 201 = 201\nexport const f = func({ reply: { status: status as 200 | 201 } }, async () => 1)',
    'PK1009',
    '',
    'f',
  ],
  replyOfStream: [
    'export const f = func({ reply: { status: 201 } }, async function* () { yield 1 })',
    'PK1009',
    '',
    'f',
  ],
  replyOfResponse: [
    "export const f = func({ reply: { status: 201 } }, async () => new Response('a'))",
    'PK1009',
    '',
    'f',
  ],
  replyType: [
    "export const f = func({ reply: { headers: { 'Content-Type': 'a' } } }, async () => 1)",
    'PK1009',
    '',
    'f',
  ],
  replyName: ["export const f = func({ reply: { headers: { 'a b': 'a' } } }, async () => 1)", 'PK1009', '', 'f'],
  errorData: [
    "import { defineError } from 'pikku'\nclass Odd extends defineError('ODD', { status: 400 })<{ why: any }> {}\nexport const f = func({ errors: [Odd] }, async () => 1)",
    'PK1101',
    'error ODD.why',
    'why',
  ],
}

let project: TestProject
let found: readonly Diagnostic[]

before(async () => {
  const sources = Object.fromEntries(Object.entries(onInput).map(([name, [source]]) => [name, source]))
  const files: Record<string, string> = { ...projectOfTypes(sources) }
  for (const [name, [source]] of Object.entries(moduleCases))
    files[`src/functions/${name}.ts`] = `import { func } from '../pikku.ts'\n${source}\n`
  const names = [...Object.keys(onInput), ...Object.keys(moduleCases)]
  const imports = names.map((name) => `import * as ${name} from './functions/${name}.ts'`)
  files['src/app.ts'] =
    `import { app } from './pikku.ts'\n${imports.join('\n')}\nexport default app({ rpc: { ${names.join(', ')} } })\n`
  project = await createProject(files, { noUnusedLocals: false })
  found = project.diagnostics()
})
after(() => project[Symbol.dispose]())

for (const [name, [, code, path, covers]] of Object.entries({ ...onInput, ...moduleCases })) {
  test(`reports ${name}`, () => {
    const file = project.path(`src/functions/${name}.ts`)
    const here = found.filter(({ at }) => at?.file === file)
    const summary = here.map((diagnostic) => [diagnostic.code, diagnostic.path, coveredBy(diagnostic)])
    const operation = `${name}.${name in onInput ? 'take' : 'f'}`
    assert.deepEqual(summary, [[code, `${operation} ${path}`.trim(), covers]])
    for (const { message } of here) assert.match(message, /^[A-Z`@_"].*[.?]$/s)
  })
}

test('every diagnostic of the project belongs to a case', () => {
  const known = new Set(
    [...Object.keys(onInput), ...Object.keys(moduleCases)].map((name) => project.path(`src/functions/${name}.ts`)),
  )
  assert.deepEqual(
    found.filter(({ at }) => !at || !known.has(at.file)),
    [],
  )
})

function coveredBy({ at }: Diagnostic): string {
  assert.ok(at)
  const line = readFileSync(at.file, 'utf8').split('\n')[at.line - 1] ?? ''
  return line.slice(at.column - 1, at.column - 1 + at.length)
}
