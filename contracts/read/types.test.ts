import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AppModel } from '../model.ts'
import { createProject, projectOfTypes, type TestProject } from './testing/project.ts'
import { shapeText, typesText } from './testing/shape-text.ts'

/** What to declare, the shape of `T`, and the named types that it reaches, if any. */
type Case = readonly [source: string, shape: string, ...types: string[]]

const cases: Readonly<Record<string, Case>> = {
  primitives: [
    'type T = { s: string; n: number; b: boolean; i: bigint; nil: null; u: unknown; x?: never }',
    'T',
    'T = { s: string; n: number; b: boolean; i: bigint; nil: null; u: unknown; x?: never }',
  ],
  inline: ['type T = string', 'string'],
  optional: [
    'interface T { a?: string; b: string | undefined; c?: string | undefined; d?: boolean; e: null | undefined }',
    'T',
    'T = { a?: string; b?: string; c?: string; d?: boolean; e?: null }',
  ],
  optionalAlias: [
    'type M = string | undefined\ntype E = "a" | "b" | undefined\ntype T = { m: M; n?: M; e: E }',
    'T',
    'T = { m?: string; n?: string; e?: "a" | "b" }',
  ],
  commentsOnOneLine: [
    'type T = { /** The a. @minLength 1 */ a: string; /** @maximum 3 */ b: number, c: 1 }',
    'T',
    'T = { a: string(minLength 1, description The a.); b: number(maximum 3); c: 1 }',
  ],
  literals: [
    "type T = { a: 'x'; b: 1; c: -1.5; d: true; e: 10n; f: '\\n\"' }",
    'T',
    'T = { a: "x"; b: 1; c: -1.5; d: true; e: 10n; f: "\\n\\"" }',
  ],
  unionInSourceOrder: ["type T = { p: 'low' | 'high' | 'a' | null }", 'T', 'T = { p: "low" | "high" | "a" | null }'],
  unionNamed: [
    "type P = 'low' | 'high'\ninterface T { p: P; q?: P; r: P | null; s: P[] }",
    'T',
    'T = { p: P; q?: P; r: P | null; s: P[] }',
    'P = "low" | "high"',
  ],
  unionWithBoolean: [
    "type T = { a: boolean | 'auto'; b: 'x' | true | false | 'y' }",
    'T',
    'T = { a: boolean | "auto"; b: "x" | boolean | "y" }',
  ],
  arrays: [
    'interface A { a: string }\ntype T = { a: string[]; b: readonly number[]; c: Array<A>; d: ReadonlyArray<A[]>; e: (string | number)[] }',
    'T',
    'T = { a: string[]; b: number[]; c: A[]; d: A[][]; e: (string | number)[] }',
    'A = { a: string }',
  ],
  tuples: [
    'type T = { a: [string, number]; b: [x: string, y?: number]; c: [string, ...number[]]; d: readonly []; e: [a: 1, ...rest: 2[]] }',
    'T',
    'T = { a: [string, number]; b: [x: string, y: number?]; c: [string, ...number[]]; d: []; e: [a: 1, ...2[]] }',
  ],
  records: [
    "type T = { a: Record<string, number>; b: { [key: string]: string }; c: Record<'x' | 'y', number>; d: Record<`n_${string}`, 1>; e: { [n: number]: string } }",
    'T',
    'T = { a: record<string, number>; b: record<string, string>; c: { x: number; y: number }; d: record<`n_${string}`, 1>; e: record<number, string> }',
  ],
  indexWithProperties: [
    'interface T { id: string; [key: string]: string | number }',
    'T',
    'T = { id: string; [string]: string | number }',
  ],
  indexesOfOneValue: [
    'type T = { a: Record<string | number, 1>; b: { [key: string]: 2; [key: number]: 2 }; c: { [key: `a_${string}`]: 3; [key: `b_${string}`]: 3 }; d: Record<PropertyKey, 4>; e: { [key: number]: 5; [key: symbol]: 6 } }',
    'T',
    'T = { a: record<string, 1>; b: record<string, 2>; c: record<`a_${string}` | `b_${string}`, 3>; d: record<string, 4>; e: record<number, 5> }',
  ],
  describedByTag: [
    'interface T {\n  /** @description The a. */\n  a: string\n}',
    'T',
    'T = { a: string(description The a.) }',
  ],
  platform: [
    'type T = { d: Date; u: URL; b: Uint8Array; a: ArrayBuffer; m: Map<string, Date>; n: ReadonlyMap<number, string>; s: Set<string>; r: ReadonlySet<1 | 2> }',
    'T',
    'T = { d: date; u: url; b: bytes; a: bytes(buffer); m: map<string, date>; n: map<number, string>; s: set<string>; r: set<1 | 2> }',
  ],
  shadowedPlatform: [
    'interface Date { iso: string }\nclass Map<K, V> { key!: K; value!: V }\ntype T = { d: Date; m: Map<1, 2> }',
    'T',
    'T = { d: ShadowedPlatformDate; m: MapOf1And2 }',
    'ShadowedPlatformDate = { iso: string }',
    'MapOf1And2 = { key: 1; value: 2 }',
  ],
  enums: [
    "enum Color { Red = 'red', Blue = 'blue' }\nenum N { A, B = 5, C }\nconst enum K { X = 'x' }\ntype T = { c: Color; m: Color | null; one: Color.Red; n?: N; k: K; some: N.A | N.C }",
    'T',
    'T = { c: Color; m: Color | null; one: "red"; n?: N; k: "x"; some: 0 | 6 }',
    'Color = "red" | "blue"',
    'N = 0 | 5 | 6',
  ],
  intersections: [
    'interface A { a: string }\ntype T = { i: A & { b: number }; n: (A & { c?: boolean })[] }',
    'T',
    'T = { i: { a: string; b: number }; n: { a: string; c?: boolean }[] }',
  ],
  intersectionNamed: [
    'interface A { a: string }\ntype B = A & { b: number }\ntype T = { b: B; either: A & ({ x: 1 } | { y: 2 }) }',
    'T',
    'T = { b: B; either: { a: string; x: 1 } | { a: string; y: 2 } }',
    'B = { a: string; b: number }',
  ],
  impossibleIntersections: [
    "type T = { none: ({ kind: 'a' } & { kind: 'b' })[]; some: ({ kind: 'a'; x: 1 } | { kind: 'b'; x: 2 }) & { kind: 'a' } }",
    'T',
    'T = { none: never[]; some: { kind: "a"; x: 1 } }',
  ],
  brands: [
    "declare const brand: unique symbol\ntype Id = string & { readonly [brand]: 'Id' }\ntype Cents = number & { __brand: 'Cents' }\ntype Owned = { id: Id } & { [brand]: 'Owned' }\ntype Day = Date & { __brand: 'Day' }\ntype T = { id: Id; cents: Cents; owned: Owned; day: Day; lit: 'x' & { __b: 1 } }",
    'T',
    'T = { id: string; cents: number; owned: Owned; day: date; lit: "x" }',
    'Owned = { id: string }',
  ],
  discriminated: [
    "type T = { kind: 'a'; a: string } | { kind: 'b'; b: number }",
    'T',
    'T = { kind: "a"; a: string } | { kind: "b"; b: number }',
  ],
  generics: [
    'interface Page<Item, Cursor = string> { items: Item[]; next?: Cursor }\ntype Maybe<V> = { some: V } | null\ninterface A { a: string }\ntype T = { p: Page<A>; q: Page<string, number>; m: Maybe<A>; n: Page<{ x: 1 }> }',
    'T',
    'T = { p: PageOfAAndString; q: PageOfStringAndNumber; m: MaybeOfA; n: PageOfString }',
    'PageOfAAndString = { items: A[]; next?: string }',
    'A = { a: string }',
    'PageOfStringAndNumber = { items: string[]; next?: number }',
    'MaybeOfA = { some: A } | null',
    'PageOfString = { items: { x: 1 }[]; next?: string }',
  ],
  utilities: [
    "interface A { id: string; title: string; done?: boolean }\ntype T = { partial: Partial<A>; pick: Pick<A, 'id'>; omit: Omit<A, 'id'>; required: Required<A>; readonly: Readonly<A>; excluded: Exclude<'a' | 'b', 'a'>; nonnull: NonNullable<string | null>; keys: keyof A; access: A['title']; returned: Awaited<ReturnType<() => Promise<A>>> }",
    'T',
    'T = { partial: { id?: string; title?: string; done?: boolean }; pick: { id: string }; omit: { title: string; done?: boolean }; required: { id: string; title: string; done: boolean }; readonly: { id: string; title: string; done?: boolean }; excluded: "b"; nonnull: string; keys: "done" | "id" | "title"; access: string; returned: A }',
    'A = { id: string; title: string; done?: boolean }',
  ],
  mappedAndConditional: [
    'interface A { id: string; due: Date }\ntype Nullable<V> = { [K in keyof V]: V[K] | null }\ntype Getters<V> = { [K in keyof V as `get_${string & K}`]: V[K] }\ntype If<V> = V extends string ? { text: V } : { other: V }\ntype T = { n: Nullable<A>; g: Getters<A>; i: If<string>; j: If<1> }',
    'T',
    'T = { n: NullableOfA; g: GettersOfA; i: If; j: MappedAndConditionalIf }',
    'NullableOfA = { id: string | null; due: date | null }',
    'GettersOfA = { get_due: date; get_id: string }',
    'If = { text: string }',
    'MappedAndConditionalIf = { other: 1 }',
  ],
  recursive: [
    'interface Tree { value: string; children: Tree[]; parent?: Tree | null }\ntype Json = string | number | boolean | null | Json[] | { [key: string]: Json }\ninterface L { next?: Readonly<L> }\ntype T = { tree: Tree; json: Json; list: L }',
    'T',
    'T = { tree: Tree; json: Json; list: L }',
    'Tree (recursive) = { value: string; children: Tree[]; parent?: Tree | null }',
    'Json (recursive) = string | number | boolean | null | Json[] | record<string, Json>',
    'L = { next?: ReadonlyOfL }',
    'ReadonlyOfL (recursive) = { next?: ReadonlyOfL }',
  ],
  mutual: [
    'interface A { b?: B; bs: Map<string, B> }\ninterface B { a: A | null }\ntype T = A',
    'A',
    'A (recursive) = { b?: B; bs: map<string, B> }',
    'B (recursive) = { a: A | null }',
  ],
  recursiveTuple: [
    'type Pair = [Pair, Pair] | string\ntype Deep = Deep[]\ntype T = { p: Pair; d: Deep }',
    'T',
    'T = { p: Pair; d: Deep }',
    'Pair (recursive) = [Pair, Pair] | string',
    'Deep (recursive) = Deep[]',
  ],
  templates: [
    'type T = { a: `user_${number}`; b: `${1 | 2}x`; c: `${string}@${string}`; d: `v${bigint}-${boolean}` }',
    'T',
    'T = { a: `user_${number}`; b: "1x" | "2x"; c: `${string}@${string}`; d: `v${bigint}-false` | `v${bigint}-true` }',
  ],
  severalIndexes: [
    'type T = { a: { [key: string]: unknown; [key: `x-${string}`]: number }; b: { id: 1; [key: `x-${string}`]: Date }; c: { [key: number]: 2; [key: string]: 2 | 3 } }',
    'T',
    'T = { a: { [string]: unknown; [`x-${string}`]: number }; b: { id: 1; [`x-${string}`]: date }; c: { [number]: 2; [string]: 2 | 3 } }',
  ],
  tuplesThatGoOn: [
    'type T = { a: [string, ...number[], boolean]; b: [...rest: string[], at: Date, end: 1] }',
    'T',
    'T = { a: [string, ...number[], boolean]; b: [...string[], at: date, end: 1] }',
  ],
  textCases: [
    "type T = { a: Uppercase<string>; b: Uppercase<'abc'>; c: Uppercase<`a${string}`>; /** @pattern ^.$ */ d: Lowercase<string> }",
    'T',
    'T = { a: string(pattern ^\\P{Changes_When_Uppercased}*$, textCase Uppercase); b: "ABC"; c: `A${string(pattern ^\\P{Changes_When_Uppercased}*$, textCase Uppercase)}`; d: string(pattern ^(?=\\P{Changes_When_Lowercased}*$)(?=[\\s\\S]*?(?:^.$)), textCase Lowercase) }',
  ],
  dataClass: [
    'class A { id = 1; constructor(public name: string) {} static count = 0 }\ntype T = A',
    'A',
    'A = { id: number; name: string }',
  ],
  inherited: [
    'interface Base { id: string }\ninterface Timed<V> extends Base { at: V }\ninterface T extends Timed<Date> { more: 1 }',
    'T',
    'T = { more: 1; id: string; at: date }',
  ],
  merged: ['interface T { a: string }\ninterface T { b: number }', 'T', 'T = { a: string; b: number }'],
  names: [
    "interface T { 'content-type': string; 1: number; 'with space': 1; constructor: string; $x: 1; ''?: 2 }",
    'T',
    'T = { content-type: string; 1: number; with space: 1; constructor: string; $x: 1; ?: 2 }',
  ],
  empty: ['type T = {}', 'T', 'T = {}'],
  namespaced: [
    'namespace Shop { export interface Item { id: string } }\ntype T = { i: Shop.Item }',
    'T',
    'T = { i: Item }',
    'Item = { id: string }',
  ],
  constAssertion: [
    "const roles = ['admin', 'user'] as const\ntype Role = (typeof roles)[number]\nconst config = { mode: 'x', level: 3 } satisfies object\ntype T = { role: Role; config: typeof config }",
    'T',
    'T = { role: Role; config: { mode: string; level: number } }',
    'Role = "admin" | "user"',
  ],
  xor: [
    'type T = { a: string; b?: never } | { b: string; a?: never }',
    'T',
    'T = { a: string; b?: never } | { b: string; a?: never }',
  ],
  constraints: [
    `interface T {
  /** @minLength 1 @maxLength 20 @pattern ^\\S+@x$ */ a: string
  /** @format email */ b?: string | null
  /** @minimum 0 @maximum 10 @exclusiveMinimum -1 @exclusiveMaximum 11 @multipleOf 0.5 */ c: number
  /** @integer */ d: number
  /** @type integer */ e: number | 'auto'
  /** @minItems 1 @maxItems 3 @uniqueItems */ f: string[]
  /** @minimum -9007199254740993 */ g: bigint
}`,
    'T',
    'T = { a: string(minLength 1, maxLength 20, pattern ^\\S+@x$); b?: string(format email) | null; c: number(minimum 0, maximum 10, exclusiveMinimum -1, exclusiveMaximum 11, multipleOf 0.5); d: number(integer); e: number(integer) | "auto"; f: string[](minItems 1, maxItems 3, uniqueItems); g: bigint(minimum -9007199254740993) }',
  ],
  notes: [
    `/** A thing.\n *\n * In two paragraphs. */\ninterface T {
  /** The title.
   *  @default "none"
   *  @example "Milk"
   *  @example Bread */
  a?: string
  /** @default 3 */ b?: number
  /** @default [] */ c?: string[]
  /** @deprecated Use a. */ d?: string
  /** @deprecated */ e?: string
  /** @secret */ f: string
  /** @default low */ g?: 'low' | 'high'
}`,
    'T',
    'T = { a?: string(default none, description The title., examples ["Milk","Bread"]); b?: number(default 3); c?: string[](default []); d?: string(deprecated Use a.); e?: string(deprecated); f: string(secret); g?: "low" | "high"(default low) }(description A thing.\n\nIn two paragraphs.)',
  ],
  constraintsOfAliases: [
    `/** An address. @format email */\ntype Email = string
/** @minItems 1 */\ntype Emails = Email[]
/** @format uuid */\ntype Id = string & { __brand: 'Id' }
type T = { a: Email; b?: Email; c: Email[]; d: Email | null; e: Emails
  /** Mine. @maxLength 9 */ f: Email
  g: Map<Id, Email>; h: [Email, x?: Id]; i: Record<Id, Email> }`,
    'T',
    'T = { a: string(format email, description An address.); b?: string(format email, description An address.); c: string(format email, description An address.)[]; d: string(format email, description An address.) | null; e: string(format email, description An address.)[](minItems 1); f: string(format email, description Mine., maxLength 9); g: map<string(format uuid), string(format email, description An address.)>; h: [string(format email, description An address.), x: string(format uuid)?]; i: record<string(format uuid), string(format email, description An address.)> }',
  ],
  tagsInTypes: [
    `type Tag<Schema> = { readonly 'typia.tag'?: { readonly schema: Schema } }
type Email = string & Tag<{ format: 'email' }> & Tag<{ maxLength: 9 }>
type T = { a: Email; b: number & Tag<{ minimum: 1 }>; c?: string[] & Tag<{ uniqueItems: true }> | null }`,
    'T',
    'T = { a: string(format email, maxLength 9); b: number(minimum 1); c?: string[](uniqueItems) | null }',
  ],
  rangesInTypes: [
    `type Tag<Kind, Value, Schema> = { readonly 'typia.tag'?: { readonly kind: Kind; readonly value: Value; readonly schema: Schema } }
type Int<Value> = Tag<'type', Value, { type: 'integer' }>
type Min<Value> = Tag<'minimum', Value, { minimum: Value }>
type T = { a: number & Int<'uint8'>; b: number & Min<5> & Int<'uint8'>; c: number & Min<-500> & Int<'int8'> & Min<-3>; d: bigint & Int<'int64'>; e: number & Int<'int64'> }`,
    'T',
    'T = { a: number(integer, minimum 0, maximum 255); b: number(minimum 5, integer, maximum 255); c: number(integer, maximum 127, minimum -3); d: bigint(minimum -9223372036854775808, maximum 9223372036854775807); e: number(integer) }',
  ],
  constraintsUnderMapping: [
    `interface A { /** The name. @minLength 1 */ name: string }
type Lists<V> = { [K in keyof V]: V[K][] }
type T = { p: Partial<A>; l: Lists<A> }`,
    'T',
    'T = { p: { name?: string(minLength 1, description The name.) }; l: ListsOfA }',
    'ListsOfA = { name: string[](description The name.) }',
  ],
}

let project: TestProject
let model: AppModel

before(async () => {
  project = await createProject(
    projectOfTypes(Object.fromEntries(Object.entries(cases).map(([name, [source]]) => [name, source]))),
  )
  model = project.model()
})
after(() => project[Symbol.dispose]())

for (const [name, [, shape, ...types]] of Object.entries(cases)) {
  test(`reads ${name}`, () => {
    const operation = model.operations.find((candidate) => candidate.name === `${name}.take`)
    assert.ok(operation?.input)
    const reached = typesText({ ...model, types: new Map([...model.types].filter(([, type]) => type.module === name)) })
    // The types of one case are those of its module; T is called so in the first one, and after its file in the others.
    const prefix = name.charAt(0).toUpperCase() + name.slice(1)
    const plain = (text: string): string => text.replaceAll(new RegExp(`\\b${prefix}(?=[A-Z])`, 'g'), '')
    const wanted = [shape, ...types].map(plain)
    assert.deepEqual([shapeText(operation.input), ...reached].map(plain), wanted)
  })
}
