import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Reader, ReadResult } from './index.ts'
import { createProject, type Files, modelOf } from './testing/project.ts'

/** What each file may say, in turns; `undefined` where it is not there. */
const variants: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'src/model.ts': [
    "export interface Person { name: string; status: Status }\nexport type Status = 'on' | 'off'",
    "export interface Person { name: string; status: Status; friends?: Person[] }\nexport type Status = 'on' | 'off'",
    "/** One. */\nexport interface Person { name: bigint; born: Date }\nexport type Status = 'on' | 'off'",
    "export type Status = 'on' | 'off' | 'away'\nexport interface Person { name: string; status: Status; friends: Person[] }",
    "export interface Human { name: string }\nexport type Status = 'on'",
    '/** Somebody. */\nexport interface Person { name: number; status: Status }\nexport interface Status { since: Date }',
  ],
  'src/page.ts': [
    'export interface Page<Item> { items: Item[]; next?: string }',
    'export interface Page<Item> { items: Item[]; total: number }',
  ],
  // Types that the compiler makes of others, on the way to what functions give.
  'src/derived.ts': [
    `import type { Person, Status } from './model.ts'
import type { Page } from './page.ts'
export interface Card extends Omit<Person, 'status'> { open: boolean }
export interface Plain { status: Status; page: Page<Status>; owner: Person | null }
export type Keys = { [Key in keyof Person]?: string }
export type Found = Person & { score: number }
export type Kind = Person extends { name: string } ? 'text' : 'other'
export interface Fixed { at: Date; inner: { deep: Fixed[] } }`,
    // What only holds the others, so that an edit of theirs stops here.
    `import type { Person, Status } from './model.ts'
import type { Page } from './page.ts'
export interface Card { owner?: Person | null; more: Card[] }
export interface Plain { status: Status; page: Page<Card>; card: Omit<Card, 'more'> }
export type Keys = 'name' | 'status'
export type Found = Card & { score: number }
export interface Kind extends Plain { people: Map<string, Person> }
export interface Fixed { at: Date; kind?: Kind }`,
    `import type { Person, Status } from './model.ts'
import type { Page } from './page.ts'
/** One of them. */
export interface Card { status: Person['status']; name?: Plain['owner'] }
export type Plain = { status: Status | 'none'; page: Page<Card>; owner: Person }
export type Keys = keyof Person
export type Found = Partial<Pick<Person, 'name'>>
export type Kind = Page<Person>['items'] extends { name: string }[] ? Fixed : Plain
export interface Fixed { at: Date; inner: Record<string, Fixed> }`,
  ],
  'src/functions/derived.ts': [
    `import { func } from '../pikku.ts'
import type { Card, Fixed, Found, Keys, Kind, Plain } from '../derived.ts'
import type { Page } from '../page.ts'
export const card = func(async (_, input: Card): Promise<Page<Card>> => { void input; throw 0 })
export const plain = func(async (_, input: { fixed: Fixed[]; kind?: Kind }): Promise<Plain> => { void input; throw 0 })
export const keys = func(async (): Promise<{ keys: Keys; page: Page<Keys> }> => { throw 0 })
export const found = func(async (_, { found }: { found: Found }) => ({ ...found, more: true }))
export const watch = func(async function* (): AsyncGenerator<{ fixed: Fixed; found: Found }> {})`,
    `import { func } from '../pikku.ts'
import type { Card, Fixed, Found, Keys, Kind, Plain } from '../derived.ts'
const one = { plain: {} as Plain, kinds: [] as Kind[] }
export const card = func(async (_, input: Pick<Card, keyof Card>): Promise<Required<Card>> => { void input; throw 0 })
export const plain = func(async (_, input: { [Key in 'a' | 'b']: Fixed }) => { void input; return one })
export const keys = func(async (_, input: Record<string, Keys>): Promise<Map<string, Fixed>> => { void input; throw 0 })
export const found = func(async (): Promise<Found | Fixed> => { throw 0 })
export const watch = func(async function* () { yield { at: new Date(), plain: one.plain } })`,
  ],
  // What is warned of, which is told after each edit.
  'src/forms.ts': [
    `import { sep } from 'node:path'
import { z } from 'zod'
import type { Person } from './model.ts'
export const Name = z.string().max(sep.length + 9)
const Mail = z.string().email()
export interface Form { name: z.infer<typeof Name>; mail: z.infer<typeof Mail>; person: Person }
export interface Other { more: { mail?: z.infer<typeof Mail> }[] }`,
    `import { z } from 'zod'
import type { Person } from './model.ts'
export const Name = z.string().max(10)
export const Mail = z.string().email()
export interface Form { name: string; mail: z.infer<typeof Mail>; person: Person }
export interface Other { name: z.infer<typeof Name> }`,
  ],
  'src/functions/forms.ts': [
    `import { z } from 'zod'
import { func } from '../pikku.ts'
import type { Form, Other } from '../forms.ts'
export const send = func(async (_, input: { form: Form }) => { void input })
export const clear = func(async (_, input: { id: string }) => { void input })
export const other = func(async (): Promise<Other> => { throw 0 })
export const own = func({ input: z.object({ name: z.string().max(4) }) }, async (_, { name }) => name)`,
    `import { z } from 'zod'
import { func } from '../pikku.ts'
import type { Other } from '../forms.ts'
const Own = z.object({ name: z.string().max(4) })
export const own = func({ input: Own }, async (_, { name }) => name)
export const clear = func(async (_, input: { id: string }) => input.id)
export const send = func(async (_, input: { mails?: Other[]; own: z.infer<typeof Own> }) => { void input })
export const other = func(async (): Promise<{ name: string }> => { throw 0 })`,
  ],
  'src/functions/people.ts': [
    `import { func } from '../pikku.ts'
import type { Person } from '../model.ts'
import type { Page } from '../page.ts'
export const list = func(async (_, input: { after?: string }): Promise<Page<Person>> => { void input; throw 0 })
export const get = func({ auth: false }, async ({ db }, { id }: { id: string }): Promise<Person> => { void [db, id]; throw 0 })`,
    `import { func } from '../pikku.ts'
import type { Person } from '../model.ts'
import type { Page } from '../page.ts'
interface Local { size: number }
export const get = func(async ({ hub }, { id }: { id: string }): Promise<Person & Local> => { void [hub, id]; throw 0 })
export const list = func(async (_, input: Local): Promise<Page<Page<Person>>> => { void input; throw 0 })
export const more = func(async () => ({ local: { size: 1 } as Local, other: { size: 1 } }))`,
    `import { func } from '../pikku.ts'
import type { Person } from '../model.ts'
const one = func(async (_, { id }: { id: string }): Promise<Person> => { void id; throw 0 })
export const list = func(async (): Promise<Person[]> => [])
export { one as get }`,
    `import { func } from '../pikku.ts'
export const list: number = 'wrong'
export const get = func(async (_, { id }: { id: string }) => id)`,
    `import { func } from '../pikku.ts'
export const get = func(async (_, { id }: { id: number }) => id)
export const list = func(async () => new Set(['a']))`,
  ],
  'src/functions/places.ts': [
    `import { func } from '../pikku.ts'
import type { Person } from '../model.ts'
import type { Page } from '../page.ts'
export interface Local { street: string; owner?: Person }
export const find = func(async (_, input: Pick<Local, 'street'>): Promise<Page<Local>> => { void input; throw 0 })
export const only = func(async ({ mail }): Promise<Person> => { void mail; throw 0 })`,
    `import { func } from '../pikku.ts'
import type { Person } from '../model.ts'
import type { Page } from '../page.ts'
export interface Local { street: string; owner?: Person; rooms: number }
export const find = func(async (_, input: Pick<Local, 'street'>): Promise<Page<Local>> => { void input; throw 0 })
export const only = func(async ({ mail }): Promise<Person> => { void mail; throw 0 })`,
    `import { func } from '../pikku.ts'
import type { Person } from '../model.ts'
import { get } from './people.ts'
export interface Local { street: string; owner?: Person }
export const only = func(async (): Promise<Page> => { throw 0 })
interface Page { items: Local[] }
export const find = get`,
    `import { func } from '../pikku.ts'
import type { Person } from '../model.ts'
import type { Page } from '../page.ts'
/** @minLength 2 */
type Name = string
export interface Local { street: Name; owner?: Person; near: Page<Local> }
export const only = func(async ({ hub }): Promise<{ where: Local; at: Date }> => { void hub; throw 0 })
export const find = func(async function* (_, input: { name: Name }): AsyncGenerator<Local> { void input })`,
    `import { func } from '../pikku.ts'
import type { Page } from '../page.ts'
export const find = func(async (): Promise<Page<{ a: string }>> => { throw 0 })
export const only = func(async (): Promise<Page<{ a: number }>> => { throw 0 })`,
  ],
  'src/functions/rooms.ts': [
    `import { type } from 'pikku'
import type { Person } from '../model.ts'
import { channel, func } from '../pikku.ts'
export const room = channel({
  events: type<{ joined: Person; left: { id: string } }>(),
  connect: async ({ hub }, { room }: { room: string }) => { void [hub, room] },
  messages: { say: async ({ db }, input: { text: string }) => { void db; return input } },
})
export const list = func(async (): Promise<string[]> => [])`,
    `import { type } from 'pikku'
import type { Person } from '../model.ts'
import { channel } from '../pikku.ts'
/** A room. */
export const room = channel({
  auth: false,
  events: type<{ moved: { to: Person } }>(),
  connect: async ({ clock }, { room }: { room: 'a' | 'b' }) => { void [clock, room] },
  disconnect: async ({ mail }) => { void mail },
  messages: { ask: async (_, input: Person): Promise<Person> => input, say: async () => {} },
})
export const list = (_: object, input: { after?: string }): string[] => [input.after ?? '']`,
    `import { channel, func } from '../pikku.ts'
const inner = channel({ connect: async (_, { room }: { room: string }) => { void room } })
export { inner as room }
export const list = func(async () => 1)`,
    `import { channel } from '../pikku.ts'
export const room = channel({ messages: { connect: async () => {} } })
export const list = 1`,
  ],
  'src/functions/late.ts': [
    undefined,
    "import { func } from '../pikku.ts'\nexport const run = func(async () => 1)",
    "import { func } from '../pikku.ts'\nimport type { Person } from '../model.ts'\nexport const run = func(async (_, input: Person) => input)",
  ],
  'src/app.ts': [
    `import * as derived from './functions/derived.ts'
import * as forms from './functions/forms.ts'
import * as people from './functions/people.ts'
import * as places from './functions/places.ts'
import * as rooms from './functions/rooms.ts'
import { app, session } from './pikku.ts'
export default app({
  session: session.bearer((_, token) => ({ userId: token })),
  rpc: { people, inner: { find: places.find }, derived, forms },
  http: { 'GET /clear/:id': forms.clear, 'GET /people/:id': people.get, 'GET /only': places.only },
  channels: { '/rooms/:room': rooms.room },
})`,
    `import * as people from './functions/people.ts'
import { keys, plain } from './functions/derived.ts'
import { find } from './functions/places.ts'
import * as late from './functions/late.ts'
import * as rooms from './functions/rooms.ts'
import { room } from './functions/rooms.ts'
import { app, channel, session } from './pikku.ts'
export default app({
  session: session.cookie({ name: 'sid', load: ({ db }, id) => { void db; return { userId: id } } }),
  rpc: { find, keys, late, people, plain, rooms },
  http: { 'GET /people': people.list },
  channels: { '/rooms/:room': room, '/other/:room': channel({ connect: async (_, { room }: { room: string }) => { void room } }) },
})`,
    `import * as people from './functions/people.ts'
import { only } from './functions/places.ts'
import { app } from './pikku.ts'
const routes = { 'GET /only': only } as const
export default app({ session: [], rpc: { people }, http: routes })`,
  ],
}

const inner = `import { func } from './pikku.ts'
export const one = func(async (_, input: { id: string }): Promise<string> => input.id)
export const two = func(async (_, input: { id: string; size?: number }): Promise<number> => input.size ?? 0)`

function appOf(imports: string, definition: string): string {
  return `${imports}\nimport { app, session } from './pikku.ts'
export default app({ session: session.bearer((_, token) => ({ userId: token })), ${definition} })`
}

// Edits of the app itself are read in full, so most are of other files.
const weights: Readonly<Record<string, number>> = { 'src/app.ts': 1, 'src/functions/late.ts': 1 }
const edit = fc.oneof(
  ...Object.entries(variants).map(([file, { length }]) => ({
    weight: weights[file] ?? 4,
    // What is wrong is put right again soon.
    arbitrary: fc.tuple(fc.constant(file), fc.oneof(fc.constant(0), fc.nat(length - 1))),
  })),
)
const edits = fc.array(edit, { minLength: 15, maxLength: 15 })

test('after any edits the model is that of a reader which begins anew', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(edits, async (steps) => follow(steps)),
    { numRuns: Number(process.env.RUNS ?? 3), seed: Number(process.env.SEED ?? 20_261_122), endOnFailure: true },
  )
})

/** Edits of one file each, where that is felt elsewhere than where anybody would look. */
const roundabout: Readonly<Record<string, { files: Files; edited: string; text: string }>> = {
  'a function that only a route leads to, through another name': {
    files: {
      'src/inner.ts': inner,
      'src/outer.ts': "import { one, two } from './inner.ts'\nvoid two\nexport const get = one",
      'src/app.ts': appOf("import * as outer from './outer.ts'", "http: { 'GET /things': outer.get }"),
    },
    edited: 'src/outer.ts',
    text: "import { one, two } from './inner.ts'\nvoid one\nexport const get = two",
  },
  'a function that only a route leads to, imported by its name': {
    files: {
      'src/inner.ts': inner,
      'src/outer.ts': "import { one, two } from './inner.ts'\nvoid two\nexport const get = one",
      'src/app.ts': appOf("import { get } from './outer.ts'", "http: { 'GET /things': get }"),
    },
    edited: 'src/outer.ts',
    text: "import { one, two } from './inner.ts'\nvoid one\nexport const get = two",
  },
  'a function in a module of the tree, through another name': {
    files: {
      'src/inner.ts': inner,
      'src/outer.ts': "import { one, two } from './inner.ts'\nvoid two\nexport const get = one",
      'src/app.ts': appOf("import * as outer from './outer.ts'", 'rpc: { outer }'),
    },
    edited: 'src/outer.ts',
    text: "import { one, two } from './inner.ts'\nvoid one\nexport const get = two",
  },
  'a function that stands in the tree by itself, through another name': {
    files: {
      'src/inner.ts': inner,
      'src/outer.ts': "import { one, two } from './inner.ts'\nvoid two\nexport const get = one",
      'src/app.ts': appOf("import * as outer from './outer.ts'", 'rpc: { things: { get: outer.get } }'),
    },
    edited: 'src/outer.ts',
    text: "import { one, two } from './inner.ts'\nvoid one\nexport const get = two",
  },
  'a function behind a barrel behind a route': {
    files: {
      'src/inner.ts': inner,
      'src/middle.ts': "import { one, two } from './inner.ts'\nvoid two\nexport const get = one",
      'src/outer.ts': "export { get } from './middle.ts'",
      'src/app.ts': appOf("import * as outer from './outer.ts'", "http: { 'GET /things': outer.get }"),
    },
    edited: 'src/middle.ts',
    text: "import { one, two } from './inner.ts'\nvoid one\nexport const get = two",
  },
  'a type that another file hands on': {
    files: {
      'src/model.ts': 'export interface Person { name: string }',
      'src/again.ts': "import type { Person } from './model.ts'\nexport type { Person as Human }",
      'src/outer.ts':
        "import { func } from './pikku.ts'\nimport type { Human } from './again.ts'\nexport interface Card extends Human { size: number }\nexport const get = func(async (): Promise<Card> => { throw 0 })",
      'src/app.ts': appOf("import * as outer from './outer.ts'", 'rpc: { outer }'),
    },
    edited: 'src/model.ts',
    text: 'export interface Person { name: string; born: Date }',
  },
  'a type that another file adds to': {
    files: {
      'src/model.ts': 'export interface Person { name: string }',
      'src/extra.ts': 'export interface Extra { size: number }',
      'src/additions.ts':
        "import type { Extra } from './extra.ts'\ndeclare module './model.ts' { interface Person { more: Extra['size'] } }",
      'src/outer.ts':
        "import { func } from './pikku.ts'\nimport type { Person } from './model.ts'\nexport const get = func(async (): Promise<Person> => { throw 0 })",
      'src/app.ts': appOf("import * as outer from './outer.ts'", 'rpc: { outer }'),
    },
    edited: 'src/extra.ts',
    text: 'export interface Extra { size: string }',
  },
}

for (const [what, { files, edited, text }] of Object.entries(roundabout)) {
  test(`an edit reaches ${what}`, async () => {
    using project = await createProject(files)
    const before = JSON.stringify(project.model().operations)
    project.write({ [edited]: text })
    const result = project.reader.update([project.path(edited)])
    const wanted = await project.readAnew()
    assert.deepEqual(settled(result, project.reader.check()), settled(wanted, []))
    assert.notDeepEqual(JSON.stringify([...modelOf(wanted).operations, ...modelOf(wanted).types]), before)
  })
}

async function follow(steps: readonly (readonly [file: string, variant: number])[]): Promise<void> {
  const start = Object.entries(variants).flatMap(([file, [text]]) =>
    text === undefined ? [] : [[file, text] as const],
  )
  using project = await createProject(Object.fromEntries(start))
  project.model()
  const there = new Set(start.map(([file]) => file))
  for (const [file, variant] of steps) {
    const text = variants[file]?.[variant]
    const path = [project.path(file)]
    const was = there.has(file)
    let result: ReadResult
    if (text === undefined) {
      rmSync(project.path(file), { force: true })
      there.delete(file)
      result = project.reader.update([], [], was ? path : [])
    } else {
      project.write({ [file]: text })
      there.add(file)
      result = was ? project.reader.update(path) : project.reader.update([], path)
    }
    const wanted = await project.readAnew()
    assert.deepEqual(settled(result, project.reader.check()), settled(wanted, []))
  }
}

/** What a person is told in the end. */
function settled(result: ReadResult, late: ReturnType<Reader['check']>): unknown {
  if (!result.ok) return result.diagnostics
  // What is wrong with the wiring comes to light after the contracts are written.
  return late.length > 0 ? late : { ...result, model: { ...result.model, types: [...result.model.types] } }
}
