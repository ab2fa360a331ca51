import { type Call, pikku, type StandardSchema, type Tracked, tracked } from './index.ts'

type Equal<Left, Right> = (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false
type Expect<_ extends true> = true

interface Entry {
  text: string
}

const { func, app } = pikku<object, { userId: string }>()

const item = tracked('1', { text: 'opened' })
const place = tracked('2')
export type _Value = Expect<Equal<(typeof item)['value'], { text: string }>>
export type _Item = Expect<Equal<typeof item, Tracked<{ text: string }>>>
export type _Place = Expect<Equal<typeof place, Tracked<never>>>

// An id alone goes with items of every type, and adds nothing to it.
export const _fits: Tracked<Entry> = place
const follow = func(async function* (_services, _input: { list: string }, { lastEventId }) {
  if (lastEventId === undefined) yield tracked('0')
  yield tracked('1', { text: 'opened' } satisfies Entry)
})
export type _Stream = Expect<Equal<ReturnType<typeof follow>, AsyncGenerator<Tracked<{ text: string }>, void, unknown>>>
export type _Id = Expect<Equal<Call<unknown>['lastEventId'], string | undefined>>
app({ rpc: { log: { follow } }, http: { 'GET /log/:list': follow } })

// @ts-expect-error the id is a text
tracked(1, { text: 'opened' })
// @ts-expect-error an id is needed
tracked()
// @ts-expect-error what looks like one has not been checked
export const _made: Tracked<Entry> = { id: '1', value: { text: 'opened' } }

// An output schema holds the items, with ids and without.
declare const Entries: StandardSchema<Entry, Entry>
func({ output: Entries }, async function* () {
  yield tracked('1', { text: 'opened' })
})
func({ output: Entries }, async function* () {
  yield { text: 'opened' }
})
// @ts-expect-error an item that is none of the schema
func({ output: Entries }, async function* () {
  yield tracked('1', { text: 1 })
})
// @ts-expect-error one with an id is no stream
func({ output: Entries }, async () => tracked('1', { text: 'opened' }))
