import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LastingModel } from '../lasting-model.ts'
import type { ChannelModel, NamedType, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { checkRoutes, createKept, printContracts } from './index.ts'
import { shapes } from './testing/arbitrary.ts'
import { array, channel, literal, model, object, operation, ref, string, union } from './testing/model.ts'

const names = ['Album', 'Badge', 'Card', 'Draft', 'Event']
const start = ['albums.get', 'badges.list', 'albums.find', 'cards.get', 'cards.move', 'badges.drop']

const rooms = ['rooms.room', 'albums.live']

const shape = fc.oneof(shapes(names), fc.constantFrom(...names).map(ref), fc.constantFrom(...names.map(ref)).map(array))
const edit = fc.oneof(
  fc.record({ type: fc.nat(names.length - 1), shape }),
  fc.record({
    operation: fc.nat(start.length - 1),
    input: shape,
    output: shape,
    code: fc.constantFrom('GONE', 'TAKEN'),
  }),
  fc.record({ channel: fc.nat(rooms.length - 1), say: shape, posted: shape, auth: fc.boolean(), ends: fc.boolean() }),
  fc.record({ gone: fc.nat(start.length - 1) }),
  fc.record({ first: fc.nat(start.length - 1) }),
)

test('after any edits the texts are those of a printing that begins anew', () => {
  let printed = 0
  fc.assert(
    fc.property(fc.array(edit, { minLength: 8, maxLength: 8 }), (edits) => {
      const kept = createKept()
      const types: Record<string, Shape> = Object.fromEntries(names.map((name) => [name, object({ name: string })]))
      const lasting = new LastingModel()
      let operations: OperationModel[] = start.map((name, at) =>
        operation(name, { input: object({ id: string }), output: ref(names[at % names.length] ?? '') }),
      )
      let channels: ChannelModel[] = rooms.map((name) => channel(name, `/${name}`))
      let checked: ReadonlySet<OperationModel> = new Set()
      const checkedTypes = new WeakSet<NamedType>()
      for (const step of edits) {
        if ('type' in step) types[names[step.type] ?? ''] = step.shape
        else if ('operation' in step) {
          const { operation: at, input, output, code } = step
          const name = start[at] ?? ''
          const errors = [{ code, status: 409, data: output }]
          operations = [...operations.filter((one) => one.name !== name), operation(name, { input, output, errors })]
        } else if ('channel' in step) {
          const name = rooms[step.channel] ?? ''
          channels = [...channels.filter((one) => one.name !== name), channelOf(name, step)]
        } else if ('gone' in step) operations = operations.filter(({ name }) => name !== start[step.gone])
        else operations.unshift(...operations.splice(step.first, 1))
        const now = { ...model(operations, types), channels }
        const renewed = lasting.renew(now)
        const problems = attempt(() => checkRoutes(now))
        // No app has types that are nothing but themselves, which overflow the stack after a while.
        if (typeof problems === 'string') continue
        const same = new Set(renewed.operations.filter((one) => checked.has(one)).map(({ name }) => name))
        const passed = { operations: same, types: checkedTypes }
        assert.deepEqual(checkRoutes({ ...now, types: renewed.types }, passed), problems)
        if (problems.length === 0) checked = new Set(renewed.operations)
        const fresh = attempt(() => [...printContracts(now)])
        const later = attempt(() => [...printContracts(renewed, { kept })])
        if (typeof fresh !== 'string') printed++
        assert.deepEqual(later, fresh)
      }
    }),
    { numRuns: 60 },
  )
  assert.ok(printed > 150, `only ${printed} models could be printed`)
})

test('a text that depends on a type which another type leads to is printed again', () => {
  const kept = createKept()
  const lasting = new LastingModel()
  const keyed: Shape = { kind: 'record', key: ref('Key'), value: string }
  const operations = [operation('albums.get', { output: keyed }), operation('cards.get', { output: ref('Key') })]
  const withKeys = (...keys: string[]) => model(operations, { Key: ref('Word'), Word: union(...keys.map(literal)) })
  printContracts(lasting.renew(withKeys('one', 'two')), { kept })
  const now = withKeys('one', 'three')
  assert.deepEqual(printContracts(lasting.renew(now), { kept }), printContracts(now))
})

test('functions that get other names by what stands before them are printed again', () => {
  const kept = createKept()
  const lasting = new LastingModel()
  const operations = [operation('albums.get', { output: object({ a: ref('Album'), b: ref('Badge') }) })]
  const texts = (...patterns: string[]) =>
    object(Object.fromEntries(patterns.map((pattern, at) => [`text${at}`, { ...string, pattern }])))
  const withPatterns = (...patterns: string[]) =>
    model(operations, { Album: texts(...patterns), Badge: texts('^last$') })
  for (const patterns of [['^one$'], ['^one$', '^two$'], ['^two$'], ['^last$', '^two$'], ['^two$', '^three$']]) {
    const now = withPatterns(...patterns)
    assert.deepEqual(printContracts(lasting.renew(now), { kept }), printContracts(now))
  }
})

test('what an edit does not touch is not printed again', () => {
  const kept = createKept()
  const lasting = new LastingModel()
  const operations = [
    operation('albums.get', { output: ref('Album') }),
    operation('cards.get', { output: ref('Card') }),
  ]
  const types = { Album: object({ name: string }), Card: object({ name: string }) }
  printContracts(lasting.renew(model(operations, types)), { kept })
  const [albums, cards] = [kept.modules.get('albums.ts'), kept.modules.get('cards.ts')]
  printContracts(lasting.renew(model(operations, { ...types, Card: object({ text: string }) })), { kept })
  assert.ok(albums)
  assert.equal(kept.modules.get('albums.ts'), albums)
  assert.notEqual(kept.modules.get('cards.ts'), cards)
})

function channelOf(name: string, edited: { say: Shape; posted: Shape; auth: boolean; ends: boolean }): ChannelModel {
  const { say, posted, auth, ends } = edited
  return channel(name, `/${name}`, {
    auth,
    ...(ends ? { disconnect: operation(`${name}.disconnect`) } : {}),
    messages: { say: { input: object({ text: say }), output: say } },
    events: { posted: { output: posted } },
  })
}

/** What is made, or why it cannot be. */
function attempt<Made>(make: () => Made): Made | string {
  try {
    return make()
  } catch (error) {
    return String(error)
  }
}
