import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppModel } from '../model.ts'
import { createProject, type Files, modelOf } from './testing/project.ts'
import { shapeText } from './testing/shape-text.ts'

const app = `import { app } from './pikku.ts'
import * as things from './functions/things.ts'
export default app({ rpc: { things } })
`

const errors = `import { defineError, PikkuError } from 'pikku'
export class Missing extends defineError('MISSING', { status: 404 })<{ id: string }> {}
export class Full extends defineError('FULL', { status: 409, detail: 'There is no room.' })<{ limit: number }> {}
export class Late extends defineError('LATE') {}
export const Loose = defineError('LOOSE', { status: 422 })
export class Generic<Data> extends defineError('GENERIC')<Data> {}
export const denied = (): PikkuError<'FORBIDDEN', undefined> => new PikkuError('FORBIDDEN')
`

function withThings(text: string): Files {
  const head = `import { PikkuError } from 'pikku'
import { func, middleware, permission } from '../pikku.ts'
import { denied, Full, Generic, Late, Loose, Missing } from '../errors.ts'
void [PikkuError, middleware, permission, denied, Full, Generic, Late, Loose, Missing]
declare const odd: boolean
declare function other(): Promise<number>
`
  return { 'src/app.ts': app, 'src/errors.ts': errors, 'src/functions/things.ts': head + text }
}

/** The errors of each operation: \`MISSING 404 { id: string }\`. */
function errorsOf(model: AppModel): Record<string, string[]> {
  const rows = model.operations.map(({ name, errors: of }): [string, string[]] => [
    name.replace('things.', ''),
    of.map(({ code, status, data }) => [code, status, ...(data ? [shapeText(data)] : [])].join(' ')),
  ])
  return Object.fromEntries(rows)
}

test('what a handler throws is in its contract', async () => {
  using project = await createProject(
    withThings(`
export const plain = func(async () => { if (odd) throw new Missing({ id: '1' }) })
export const listed = func({ errors: [Late, Missing] }, async () => { if (odd) throw new Missing({ id: '1' }); throw new Full({ limit: 1 }) })
export const rejected = func(() => Promise.reject(new Full({ limit: 1 })))
export const chosen = func(async () => { throw odd ? new Late() : (new Full({ limit: 1 })) })
export const held = func(async () => { const made = (): Missing | Late | TypeError => new TypeError(); const error = made(); if (odd) throw error })
export const made = func(async () => { throw denied() })
export const loose = func(async () => { throw new Loose({ at: new Date() }) })
export const generic = func(async () => { throw new Generic({ left: 1 }) })
export const builtIn = func(async () => { throw new PikkuError('CONFLICT', { detail: 'Taken.' }) })
export const withData = func(async () => { throw new PikkuError('CONFLICT', { data: { taken: 'a' } }) })
export const ownStatus = func(async () => { throw new PikkuError('TEAPOT', { status: 418 }) })
export const unknownStatus = func(async (_services, { status }: { status: number }) => { throw new PikkuError('CONFLICT', { status }) })
export const unknownCode = func(async (_services, { code }: { code: string }) => { throw new PikkuError(code) })
export const foreign = func(async () => { throw new TypeError('no') })
export const stream = func(async function* () { yield 1; throw new Late() })
export async function bare(_services: object): Promise<number> { throw new Late() }
`),
  )
  assert.deepEqual(errorsOf(project.model()), {
    plain: ['MISSING 404 { id: string }'],
    listed: ['LATE 400', 'MISSING 404 { id: string }', 'FULL 409 { limit: number }'],
    rejected: ['FULL 409 { limit: number }'],
    chosen: ['FULL 409 { limit: number }', 'LATE 400'],
    held: ['LATE 400', 'MISSING 404 { id: string }'],
    made: ['FORBIDDEN 403'],
    loose: ['LOOSE 422 { at: date }'],
    generic: ['GENERIC 400 { left: number }'],
    builtIn: ['CONFLICT 409'],
    withData: ['CONFLICT 409 { taken: string }'],
    ownStatus: ['TEAPOT 418'],
    unknownStatus: [],
    unknownCode: [],
    foreign: [],
    stream: ['LATE 400'],
    bare: ['LATE 400'],
  })
})

test('what is caught is not thrown, unless it is thrown again', async () => {
  using project = await createProject(
    withThings(`
export const caught = func(async () => { try { throw new Late() } catch { return 1 } })
export const again = func(async () => { try { throw new Late() } catch (error) { if (odd) throw error } })
export const instead = func(async () => { try { throw new Late() } catch { throw new Full({ limit: 1 }) } finally { await other() } })
export const without = func(async () => { try { throw new Late() } finally { await other() } })
const fail = async () => { throw new Late() }
export const byMethod = func(async () => { await fail().catch(() => 1) })
export const byMethodInstead = func(async () => { await fail().catch(() => { throw new Full({ limit: 1 }) }) })
export const byMethodAgain = func(async () => { await fail().catch((error: unknown) => { throw error }) })
export const bySecond = func(async () => { await fail().then(() => 1, () => 2) })
`),
  )
  assert.deepEqual(errorsOf(project.model()), {
    caught: [],
    again: ['LATE 400'],
    instead: ['FULL 409 { limit: number }'],
    without: ['LATE 400'],
    byMethod: [],
    byMethodInstead: ['FULL 409 { limit: number }'],
    byMethodAgain: ['LATE 400'],
    bySecond: [],
  })
})

test('functions that are called are looked into, wherever they stand in the project', async () => {
  using project = await createProject({
    ...withThings(`
import { type Store, load, nested } from '../store.ts'
import * as store from '../store.ts'
export const direct = func(async () => load())
export const member = func(async () => store.load())
export const deep = func(async () => nested.deeper())
export const method = func(async () => (null as unknown as Store).find('1'))
export const callback = func(async () => [1].map(() => { throw new Late() }))
export const uncalled = func(async () => { const idle = () => { throw new Late() }; return idle.length })
export const called = func(async () => { const busy = () => { throw new Late() }; return busy() })
export const immediate = func(async () => (async () => { throw new Late() })())
export const operation = func(async (services, _input, call) => direct(services, undefined, call))
export const round = func(async () => ping(1))
function ping(left: number): number { if (left < 0) throw new Late(); return pong(left) }
function pong(left: number): number { if (left > 9) throw new Full({ limit: 9 }); return ping(left) }
`),
    'src/store.ts': `import { Full, Missing } from './errors.ts'
export async function load(): Promise<number> { throw new Missing({ id: '1' }) }
export const nested = { deeper: async () => load() }
export class Store { find(id: string): string { if (id) throw new Full({ limit: 1 }); return this.other() } other(): string { throw new Missing({ id: '' }) } }
`,
  })
  assert.deepEqual(errorsOf(project.model()), {
    direct: ['MISSING 404 { id: string }'],
    member: ['MISSING 404 { id: string }'],
    deep: ['MISSING 404 { id: string }'],
    method: ['FULL 409 { limit: number }', 'MISSING 404 { id: string }'],
    callback: ['LATE 400'],
    uncalled: [],
    called: ['LATE 400'],
    immediate: ['LATE 400'],
    operation: ['MISSING 404 { id: string }'],
    round: ['FULL 409 { limit: number }', 'LATE 400'],
  })
})

test('permissions and middleware throw as well, those of the app too, after edits as before', async () => {
  using project = await createProject({
    ...withThings(`
const isOwner = permission('isOwner', () => { throw new Missing({ id: '' }) })
const busy = middleware(async (_services, _input, _call, next) => { if (odd) throw new Full({ limit: 1 }); return next() })
export const guarded = func({ permissions: [isOwner], middleware: [busy] }, async () => 1)
export const open = func(async () => 1)
`),
    'src/app.ts': `import { app, session } from './pikku.ts'
import { tardy } from './tardy.ts'
import * as things from './functions/things.ts'
export default app({ middleware: [tardy], session: session.bearer((_, token) => ({ userId: token })), rpc: { things } })
`,
    'src/tardy.ts': `import { Late } from './errors.ts'
import { middleware } from './pikku.ts'
export const tardy = middleware(async (_services, _input, _call, next) => { if (_call.id) throw new Late(); return next() })
`,
  })
  const expected = {
    guarded: ['FULL 409 { limit: number }', 'LATE 400', 'MISSING 404 { id: string }'],
    open: ['LATE 400'],
  }
  assert.deepEqual(errorsOf(project.model()), expected)
  const path = 'src/functions/things.ts'
  const text = withThings(
    "export const guarded = func(async () => 1)\nexport const open = func(async () => { throw new Missing({ id: '' }) })",
  )
  project.write({ [path]: text[path] ?? '' })
  assert.deepEqual(errorsOf(modelOf(project.reader.update([project.path(path)]))), {
    guarded: ['LATE 400'],
    open: ['LATE 400', 'MISSING 404 { id: string }'],
  })
})

test('an edit of a helper changes the errors of who calls it', async () => {
  const helper = (thrown: string): string =>
    `import { Full, Late } from './errors.ts'\nexport const check = (): void => { void [Full, Late]; throw new ${thrown} }\n`
  using project = await createProject({
    ...withThings("import { check } from '../check.ts'\nexport const one = func(async () => check())\n"),
    'src/check.ts': helper('Late()'),
  })
  assert.deepEqual(errorsOf(project.model()), { one: ['LATE 400'] })
  project.write({ 'src/check.ts': helper('Full({ limit: 1 })') })
  assert.deepEqual(errorsOf(modelOf(project.reader.update([project.path('src/check.ts')]))), {
    one: ['FULL 409 { limit: number }'],
  })
})

test('two errors of one code that are not the same are told', async () => {
  using project = await createProject(
    withThings(`
import { defineError } from 'pikku'
class OtherMissing extends defineError('MISSING', { status: 404 })<{ name: string }> {}
class SameMissing extends defineError('MISSING', { status: 404 })<{ id: string }> {}
class GoneMissing extends defineError('MISSING', { status: 410 })<{ id: string }> {}
export const data = func(async () => { if (odd) throw new Missing({ id: '' }); throw new OtherMissing({ name: '' }) })
export const status = func({ errors: [Missing] }, async () => { throw new GoneMissing({ id: '' }) })
export const same = func(async () => { if (odd) throw new Missing({ id: '' }); throw new SameMissing({ id: '' }) })
`),
  )
  assert.deepEqual(
    project.diagnostics().map(({ code, path, message }) => [code, path, /and (.*?), and/.exec(message)?.[1]]),
    [
      ['PK1007', 'things.data', 'different data'],
      ['PK1007', 'things.status', 'the statuses 404 and 410'],
    ],
  )
})
