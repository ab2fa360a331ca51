import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OperationModel } from '../model.ts'
import { object, operation, ref, string } from '../print/testing/model.ts'
import type { Shape } from '../shape.ts'
import type { LastingType, LastingTypes } from './lasting-types.ts'
import { createKeptNames, nameTypes } from './names.ts'

function type(key: string, base: string, file: string, shape: Shape): LastingType {
  return { key, path: key, name: { base, args: [], ofPlatform: false, file: `/app/${file}` }, shape }
}

/** An app in which two types have one name, and one of them has that of a schema. */
const start = {
  get: operation('albums.get', { input: ref('#id'), output: ref('#album') }),
  list: operation('cards.list', { output: object({ card: ref('#card'), first: ref('#label') }) }),
  id: type('#id', 'ListInput', 'ids.ts', string),
  album: type('#album', 'Album', 'albums.ts', object({ 'id?': ref('#id') })),
  card: type('#card', 'Card', 'cards.ts', object({ title: string })),
  label: type('#label', 'Card', 'labels.ts', object({ title: string })),
}

function name({ get, list, ...types }: typeof start, kept = createKeptNames()) {
  const lasting: LastingTypes = new Map(Object.values(types).map((one) => [one.key, one]))
  return nameTypes([get, list] satisfies OperationModel[], lasting, kept)
}

const edits: Readonly<Record<string, Partial<typeof start>>> = {
  'a type says more': { card: type('#card', 'Card', 'cards.ts', object({ title: string, text: string })) },
  'a type has another name': { card: type('#card', 'Label', 'cards.ts', object({ title: string })) },
  'a type of a name that another has stands in another file': {
    card: type('#card', 'Card', 'sheets.ts', object({ title: string })),
    label: type('#label', 'Card', 'notes.ts', object({ title: string })),
  },
  'a type leads to itself': { card: type('#card', 'Card', 'cards.ts', object({ 'next?': ref('#card') })) },
  'a type leads to nothing': { album: type('#album', 'Album', 'albums.ts', object({ id: string })) },
  'a function gives its types in another order': {
    list: operation('cards.list', { output: object({ first: ref('#label'), card: ref('#card') }) }),
  },
  'a function gives another type': { get: operation('albums.get', { output: ref('#card') }) },
  'a function is in another module': {
    list: operation('cards.list', { output: start.list.output as Shape, module: 'albums' }),
  },
  'a function takes what has the name of a type': {
    list: operation('cards.list', { input: string, output: start.list.output as Shape }),
  },
  'a function has another export name': {
    list: operation('cards.list', { output: start.list.output as Shape, exportName: 'all' }),
  },
}

for (const [what, edit] of Object.entries(edits)) {
  test(`when ${what}, all is named as at first sight`, () => {
    const kept = createKeptNames()
    const before = name(start, kept)
    const now = { ...start, ...edit }
    assert.deepEqual(name(now, kept), name(now))
    assert.equal(name(start, kept).types.get('Album')?.name, 'Album')
    assert.deepEqual(name(start, kept), before)
  })
}

test('what is the same and refers to the same names becomes the same object', () => {
  const kept = createKeptNames()
  const before = name(start, kept)
  const card = type('#card', 'Label', 'cards.ts', object({ title: string }))
  const now = name({ ...start, card }, kept)
  assert.equal(now.types.get('ListInput'), before.types.get('ListInput'))
  assert.notEqual(now.operations[1], before.operations[1])
  assert.deepEqual([...now.types.keys()].toSorted(), [...name({ ...start, card }).types.keys()].toSorted())
})
