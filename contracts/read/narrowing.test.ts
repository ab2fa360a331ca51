import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppModel } from '../model.ts'
import { createProject, modelOf } from './testing/project.ts'

/** A file of types and how its interface is edited, with what else the edit leads to. */
const base = `export type Status = 'on' | 'off'
/** Somebody. */
export interface Person { name: string; status: Status; tags: string[] }
export interface Group extends Pick<Person, 'name' | 'tags'> { people: Person[] }
export type Names = Person['name'][]
export type Team = { people: Person[] }
export type Found = Person & { score: number }
export type Pair = [Person, Person | null]
export interface Box<Item> { item: Item }`
const edits: readonly (readonly [from: string, to: string])[] = [
  ['tags: string[]', 'tags: string[]; born?: Date'],
  ['name: string', 'name: bigint'],
  ['/** Somebody. */', '/** Anybody. */'],
  ['status: Status; ', ''],
  ["'tags'> { people: Person[] }", "'tags'> {\n  people: Person[]\n  more: Group | null\n}"],
]

/** What is made of these types, and whether syntax tells that the operation is what it was: in another file, and beside them. */
const uses: Readonly<
  Record<string, readonly [types: string, operation: string, isKept: boolean, isKeptBeside?: boolean]>
> = {
  'a property': ['interface Card { owner: Person }', '{ card: Card }', true],
  'a property of several': ['interface Card { owner?: Person | null; all: readonly Person[] }', 'Promise<Card>', true],
  'what it gives itself': ['', 'Promise<Person>', true],
  'several of what it gives': ['', 'Promise<(Person | null)[]>', true],
  'a holder': ['interface Card { by: Record<string, Person>; in: Map<string, Group> }', 'Promise<Card>', true],
  'a property within': ['interface Card { in: { owner: Person; at: [Person, Date] } }', 'Promise<Card>', true],
  'a type that holds one': [
    'interface Card { owner: Person }\ninterface Deck { cards: Card[] }',
    'Promise<Deck>',
    true,
  ],
  'part of one that holds one': ['interface Card { owner: Person; size: number }', "Promise<Omit<Card, 'size'>>", true],
  'one with more': ['interface Card { owner: Person }', 'Promise<Card & { size: number }>', true],
  'a union of their own': ['interface Card { owner: Person }\ntype One = Card | { none: true }', 'Promise<One>', true],
  'a page of its own': ['interface Card { owner: Person }', 'Promise<Page<Card>>', true],
  'a page of them': ['', 'Promise<Page<Person>>', true],
  'a page of pages of them': ['', 'Promise<Page<Page<Person> | null>>', true],
  'a page of parts of them': ['', "Promise<Page<Pick<Person, 'name'>>>", false],
  'a page that is made of what it is given': ['', 'Promise<PartOf<Person>>', false],
  'a page of what is made of what it is given': ['', 'Promise<Page<PartOf<Person>>>', false],
  'a page that hands on what it is given': ['', 'Promise<Two<Person>>', true],
  'a page that hands it on to what is made of it': ['', 'Promise<Parts<Person>>', false],
  'a property that is crossed': [
    'interface Card { owner: Person }\ninterface Sized { owner: { size: number } }',
    'Promise<Card & Sized>',
    false,
  ],
  'a property that is crossed within': [
    'interface Card { owner: Person }\ntype Sized = Card & { owner: { size: number } }\ninterface Deck { card: Sized }',
    'Promise<Deck>',
    false,
    true,
  ],
  'an interface that extends': ['interface Card extends Person { size: number }', 'Promise<Card>', false, true],
  'a part': ['', "Promise<Pick<Person, 'name'>>", false],
  'a part of what holds': [
    "interface Card extends Omit<Person, 'name'> {}\ninterface Deck { card: Card }",
    'Promise<Deck>',
    false,
    true,
  ],
  'a crossing': ['', 'Promise<Person & { size: number }>', false],
  'a property that is taken': ['interface Card { name: Person["name"] }', 'Promise<Card>', false, true],
  'a property that is taken further away': [
    'interface Card { owner: Person }',
    "Promise<{ name: Card['owner']['name'] }>",
    false,
  ],
  'its keys': ['interface Card { by: Partial<Record<keyof Person, true>> }', 'Promise<Card>', false, true],
  'a choice': [
    'type Card = Person extends { name: string } ? { text: true } : { text: false }',
    'Promise<Card>',
    false,
  ],
  'a choice further away': [
    'interface Card { owner: Person }\ntype Kind = Card extends { owner: { name: string } } ? "text" : "other"',
    'Promise<{ kind: Kind }>',
    false,
  ],
  'a generic choice': [
    'interface Card { owner: Person }\ntype IsText<Item> = Item extends { owner: { name: string } } ? "text" : "other"',
    'Promise<{ kind: IsText<Card> }>',
    false,
  ],
  'a generic choice of another file': ['interface Card { owner: Person }', 'Promise<{ kind: NameOf<Card> }>', false],
  'a generic that takes apart what it is given': ['interface Card { owner: Person }', 'Promise<Keys<Card>>', false],
  'a mapped type': ['type Card = { [Key in keyof Person]?: string }', 'Promise<Card>', false],
  'an alias that follows': ['', 'Promise<Names>', false],
  'an alias that crosses': ['interface Card { found: Found }', 'Promise<Card>', false, true],
  'an alias that holds': ['interface Card { team: Team; pair: Pair }', 'Promise<Card>', true],
  'an alias of its own': ['type Somebody = Person\ninterface Card extends Somebody {}', 'Promise<Card>', false, true],
  'an interface that follows': ['interface Card { group: Group }', 'Promise<Card>', true],
  'what it finds out': ['', 'one', false],
}

const pages = `export interface Page<Item> { items: Item[]; next?: string }
export interface Two<Item> { first: Page<Item>; second: { other: Page<Item> } }
export type NameOf<Item> = Item extends { owner: { name: infer Name } } ? Name : never
export type Keys<Item> = { [Key in keyof Item]: keyof Item[Key] }
export interface Parts<Item> { parts: Page<PartOf<Item>> }
export type PartOf<Item> = Partial<Item>`
const baseNames = ['Box', 'Found', 'Group', 'Names', 'Pair', 'Person', 'Team']
const pageNames = ['Keys', 'NameOf', 'Page', 'PartOf', 'Parts', 'Two']

for (const [what, [types, output, isKept, isKeptBeside = isKept]] of Object.entries(uses)) {
  const operation =
    output === 'one'
      ? 'export const get = func(async () => { const people: Person[] = []; return { first: people[0]?.name } })'
      : output.startsWith('Promise')
        ? `export const get = func(async (): ${output} => { throw 0 })`
        : `export const get = func(async (_, input: ${output}): Promise<void> => { void input })`
  const own = `${types.replace(/^(interface|type) /gm, 'export $1 ')}\n${operation}`
  const around = `${importOf(pageNames, './page.ts', own)}\nimport { func } from './pikku.ts'`

  test(`after an edit of an interface another file is what it says, which makes of it ${what}`, () =>
    follow(
      { 'src/base.ts': base, 'src/uses.ts': `${importOf(baseNames, './base.ts', own)}\n${around}\n${own}` },
      isKept,
    ))

  test(`after an edit of an interface a function beside it is what it says, which makes of it ${what}`, () =>
    follow({ 'src/base.ts': `${around}\n${base}\n${own}` }, isKeptBeside))
}

/** Edits an interface step by step. */
async function follow(own: Readonly<Record<string, string>>, isKept: boolean): Promise<void> {
  using project = await createProject({
    ...own,
    'src/page.ts': pages,
    'src/other.ts': "import { func } from './pikku.ts'\nexport const list = func(async (): Promise<string[]> => [])",
    'src/app.ts': `import * as other from './other.ts'
import * as uses from '${'src/uses.ts' in own ? './uses.ts' : './base.ts'}'
import { app, session } from './pikku.ts'
export default app({ session: session.bearer((_, token) => ({ userId: token })), rpc: { other, uses } })`,
  })
  let before = project.model()
  let text = own['src/base.ts'] ?? ''
  for (const [from, to] of edits) {
    assert.ok(text.includes(from))
    text = text.replace(from, to)
    project.write({ 'src/base.ts': text })
    const now = project.reader.update([project.path('src/base.ts')])
    const wanted = await project.readAnew()
    // Maps are compared without their order.
    assert.deepEqual([...modelOf(now).types], [...modelOf(wanted).types], to)
    assert.deepEqual(now, wanted, to)
    if (to !== edits.at(-1)?.[1]) assert.equal(getOf(modelOf(now)) === getOf(before), isKept, to)
    before = modelOf(now)
  }
}

/** What a function says beside its types, where that depends on what an interface holds. */
const beside: Readonly<Record<string, readonly [model: string, from: string, to: string, uses: string]>> = {
  'an error that a property holds': [
    'export interface Context { problem: NotFound }',
    'NotFound }',
    'Taken }',
    'export const get = func(async (): Promise<string> => { throw ({} as Context).problem })',
  ],
  'a method of a class that a property holds': [
    'export interface Context { store: Store }',
    'Store }',
    'OtherStore }',
    'const context = {} as Context\nexport const get = func(async (): Promise<string> => context.store.find())',
  ],
  'a class further away': [
    'export interface Context { inner: Inner }\nexport interface Inner { store: Stores }\nexport type Stores = Store[]',
    'Inner }',
    'Inner & { store: OtherStore[] } }',
    'export const get = func(async (): Promise<string> => ({} as Context).inner.store[0]?.find() ?? "")',
  ],
  'an option that a property holds': [
    'export interface Context { open: false }',
    'false }',
    'true }',
    'const { open } = {} as Context\nexport const get = func({ auth: open }, async (): Promise<string> => "")',
  ],
  'the data of an error': [
    'export interface Context { reason: string }',
    'string }',
    'number }',
    'export const get = func(async (): Promise<string> => { const { reason } = {} as Context; throw new PikkuError("GONE", { status: 410, data: { reason } }) })',
  ],
  'the data of an error that a function makes': [
    'export interface Context { reason: string }',
    'string }',
    'Date }',
    'export const get = func(async (): Promise<string> => { throw gone(({} as Context).reason) })',
  ],
  'the data of an error that is declared beside': [
    'export interface Context { reason: string }',
    'string }',
    'number }',
    "class Own extends defineError('OWN', { status: 410 })<{ reason: Context['reason'] }> {}\nexport const get = func({ errors: [Own] }, async (): Promise<string> => '')",
  ],
  'the data of an error that is kept in a value': [
    'export interface Context { reason: string }',
    'string }',
    'number }',
    "const Own = class extends defineError('OWN', { status: 410 })<{ reason: Context['reason'] }> {}\nexport const get = func({ errors: [Own] }, async (): Promise<string> => '')",
  ],
  'a value beside': [
    'export interface Context { reason: string }',
    'string }',
    'number }',
    'const context: Context[] = []\nfunction reasons() { return context.map(({ reason }) => reason) }\nexport const get = func(async () => ({ reasons: reasons() }))',
  ],
  'a name that the language has': [
    'export interface Context { reason: string }',
    'string }',
    'string }\nexport interface Date { day: string }',
    'export interface Day { at: Date; of?: Context }\nexport const get = func(async (): Promise<{ day: Day; now: Date; set: Set<Date> }> => { throw 0 })',
  ],
}

for (const [what, [model, from, to, code]] of Object.entries(beside)) {
  for (const isOwnFile of [true, false]) {
    test(`an edit of an interface ${isOwnFile ? 'elsewhere' : 'beside it'} reaches, of a function, ${what}`, async () => {
      const values = ['PikkuError', 'defineError'].filter((name) => code.includes(name))
      const around = [
        values.length > 0 ? `import { ${values.join(', ')} } from 'pikku'` : '',
        code.includes('gone(') ? "import { gone } from './errors.ts'" : '',
        "import { func } from './pikku.ts'",
      ].join('\n')
      const base = `import type { NotFound, OtherStore, Store, Taken } from './errors.ts'\n${model}`
      const own: Readonly<Record<string, string>> = isOwnFile
        ? { 'src/base.ts': base, 'src/uses.ts': `import type { Context } from './base.ts'\n${around}\n${code}` }
        : { 'src/base.ts': `${around}\n${base}\n${code}` }
      using project = await createProject({
        ...own,
        'src/errors.ts': `import { defineError, PikkuError } from 'pikku'
export class NotFound extends defineError('NOT_FOUND', { status: 404 }) {}
export class Taken extends defineError('TAKEN', { status: 409 }) {}
export class Store { find(): string { throw new NotFound() } }
export class OtherStore { find(): string { throw new Taken() } }
export function gone<Reason>(reason: Reason) { return new PikkuError('CONFLICT', { data: { reason } }) }`,
        'src/app.ts': `import * as uses from '${isOwnFile ? './uses.ts' : './base.ts'}'
import { app, session } from './pikku.ts'
export default app({ session: session.bearer((_, token) => ({ userId: token })), rpc: { uses } })`,
      })
      const before = modelOf(project.read())
      const text = own['src/base.ts'] ?? ''
      assert.ok(text.includes(from))
      project.write({ 'src/base.ts': text.replace(from, to) })
      const now = project.reader.update([project.path('src/base.ts')])
      const wanted = await project.readAnew()
      assert.deepEqual(modelOf(now), modelOf(wanted))
      if (isOwnFile && what.includes('the language')) return
      assert.notDeepEqual(
        [...modelOf(wanted).operations, ...modelOf(wanted).types],
        [...before.operations, ...before.types],
      )
    })
  }
}

/** What else stands beside an interface, what another file makes of it, and whether its operation is what it was. */
const neighbours: Readonly<Record<string, readonly [beside: string, imports: string, uses: string, isKept: boolean]>> =
  {
    'an enum': [
      "export enum Level { Low = 'low', High = 'high' }",
      'Level',
      'export const get = func(async (): Promise<Level> => Level.Low)',
      true,
    ],
    'a function': [
      "export function levelOf(level: number): 'low' | 'high' { return level > 1 ? 'high' : 'low' }",
      'levelOf',
      'export const get = func(async () => ({ level: levelOf(1) }))',
      true,
    ],
    'a function of it': [
      'export function levelOf(context: Context) { return context.level }',
      'levelOf',
      'export const get = func(async () => ({ level: levelOf({} as never) }))',
      false,
    ],
    'a value of what leads to it': [
      'const contexts = new Map<string, Context>()\nexport const levels = () => [...contexts.values()].map(({ level }) => level)',
      'levels',
      'export const get = func(async () => ({ levels: levels() }))',
      false,
    ],
    'an error': [
      "export class Late extends defineError('LATE', { status: 409 })<{ by: number }> {}",
      'Late',
      'export const get = func({ errors: [Late] }, async (): Promise<string> => { throw new Late({ by: 1 }) })',
      true,
    ],
    'an error that holds it': [
      "export class Late extends defineError('LATE', { status: 409 })<{ by: Context['level'] }> {}",
      'Late',
      "export const get = func({ errors: [Late] }, async (): Promise<string> => '')",
      false,
    ],
    'a class': [
      'export class Store { find(): string { return "" } }',
      'Store',
      'export const get = func(async (): Promise<string> => new Store().find())',
      true,
    ],
  }

for (const [what, [side, imports, code, isKept]] of Object.entries(neighbours)) {
  test(`after an edit of an interface another file is what it says, which takes from beside it ${what}`, async () => {
    const base = `import { defineError } from 'pikku'
import { func } from './pikku.ts'
export interface Context { level: number }
${side}
void defineError
/** It says nothing of the type, and moves with each line that comes before it. */
export const own = func(async (_, input: { size: number }) => ({ size: input.size, at: new Date() }))`
    using project = await createProject({
      'src/base.ts': base,
      'src/uses.ts': `import { func } from './pikku.ts'
import { type Context, ${imports} } from './base.ts'
export interface Holder { context: Context }
${code}
export const other = func(async (): Promise<Holder> => { throw 0 })`,
      'src/app.ts': `import { own } from './base.ts'
import * as uses from './uses.ts'
import { app, session } from './pikku.ts'
export default app({ session: session.bearer((_, token) => ({ userId: token })), rpc: { own, uses } })`,
    })
    let before = project.model()
    const edits = ['level: number\n  more?: Date', 'level: string\n  more?: Date\n  last?: boolean']
    for (const [at, to] of edits.entries()) {
      project.write({ 'src/base.ts': base.replace('level: number', to) })
      const now = project.reader.update([project.path('src/base.ts')])
      assert.deepEqual(now, await project.readAnew(), to)
      if (at === 0) assert.equal(getOf(modelOf(now)) === getOf(before), isKept, to)
      before = modelOf(now)
    }
  })
}

/** What an interface may come to hold that not every place takes it in. */
const additions = [
  'photo: File',
  'photo?: Blob',
  'body: ReadableStream<Uint8Array>',
  'bytes: Uint8Array',
  'all: Map<string, Date>',
  'it: Thing',
  'any: any',
  'run: () => void',
  'on: AsyncIterable<string>',
  'answer: Response',
  '/** @header X-A */ header: string',
  '/** @default 1 */ count?: number',
  '/** @secret */ word?: string',
  '/** @minLength 2 */ count: number',
  'gone: undefined',
]

for (const member of additions) {
  test(`after an interface comes to hold ${member} the result is that of a reading which begins anew`, async () => {
    using project = await createProject({
      'src/base.ts':
        'export class Thing { a = 1; #b = 2; m() { return this.#b } }\nexport interface Person { name: string }',
      'src/uses.ts': `import { func } from './pikku.ts'
import type { Person } from './base.ts'
export interface Card { owner: Person }
export const get = func(async (): Promise<Person> => { throw 0 })
export const put = func(async (_, input: Card): Promise<void> => { void input })
export const own = func(async (_, input: Person): Promise<Person[]> => { void input; throw 0 })
export const many = func(async function* (): AsyncGenerator<Card> {})
export const each = func(async function* (): AsyncGenerator<Person> {})`,
      'src/app.ts': `import * as uses from './uses.ts'
import { app, session } from './pikku.ts'
export default app({ session: session.bearer((_, token) => ({ userId: token })), rpc: { uses }, http: { 'GET /get': uses.get, 'POST /put': uses.put, 'POST /own': uses.own } })`,
    })
    project.model()
    project.write({
      'src/base.ts': `export class Thing { a = 1; #b = 2; m() { return this.#b } }\nexport interface Person { name: string; ${member} }`,
    })
    const now = project.reader.update([project.path('src/base.ts')])
    const wanted = await project.readAnew()
    if (now.ok && wanted.ok) assert.deepEqual([...now.model.types], [...wanted.model.types])
    assert.deepEqual(now, wanted)
  })
}

function getOf({ operations }: AppModel): unknown {
  return operations.find(({ name }) => name === 'uses.get')
}

/** An import of those of some types that a text speaks of. */
function importOf(names: readonly string[], specifier: string, text: string): string {
  const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(text))
  return used.length > 0 ? `import type { ${used.join(', ')} } from '${specifier}'` : ''
}
