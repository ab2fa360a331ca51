import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printAsyncApi } from '../asyncapi/index.ts'
import { LastingModel } from '../lasting-model.ts'
import type { AppModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { printOpenApi } from './document.ts'
import { createKeptPieces } from './pieces.ts'
import { model, object, operation, optional, ref, required } from './testing/model.ts'

const info = { title: 'Albums', version: '1' }
const text: Shape = { kind: 'string' }

const album = object(required('name', text), required('label', ref('Label')))
const label = object(required('title', text))
const find = operation('albums.find', { input: object(optional('name', text)), output: ref('Album') })
const add = operation('albums.add', {
  input: ref('Album'),
  output: ref('Album'),
  routes: ['POST /albums'],
  rpc: true,
})
const drop = operation('labels.drop', {
  auth: false,
  input: ref('Label'),
  errors: [{ code: 'TAKEN', status: 409, data: ref('Label') }],
})

const watch = operation('albums.watch', {
  kind: 'stream',
  rpc: true,
  input: ref('Label'),
  output: ref('Album'),
  errors: [{ code: 'GONE', status: 410, data: ref('Label') }],
})

/** The same app as it is edited. */
const edits: readonly AppModel[] = [
  model([watch, find], { Album: album, Label: label }),
  model([find, watch], { Album: album, Label: object(required('title', { ...text, maxLength: 9 })) }),
  model([watch, { ...watch, name: 'albums.follow', errors: [] }], { Album: album, Label: label }),
  { ...model([watch], { Album: album, Label: label }), security: [{ from: 'bearer' }] },
  model([find, add, drop], { Album: album, Label: label }),
  // A type that others lead to.
  model([find, add, drop], { Album: album, Label: object(required('title', { ...text, minLength: 1 })) }),
  // Its forms differ from here on, so that there are two schemas of it.
  model([find, add, drop], { Album: album, Label: object(optional('title', { ...text, default: 'none' })) }),
  model([{ ...find, statuses: [200, 206], replyHeaders: [{ name: 'age', description: 'In seconds.' }] }, add, drop], {
    Album: album,
    Label: label,
  }),
  model([find], { Album: album, Label: label }),
  model([find, operation('albums.count')], { Album: album, Label: label }),
  model([add, drop], { Album: album, Label: label }),
  model([drop, find, add, operation('albums.add.rpc', { output: text })], { Album: album, Label: label }),
  { ...model([find, add, drop], { Album: album, Label: label }), security: [{ from: 'header', name: 'x-key' }] },
  model([drop], { Label: label }),
]

for (const specification of ['3.1', '3.2'] as const) {
  test(`after any edit the document is one that begins anew, in OpenAPI ${specification}`, () => {
    const lasting = new LastingModel()
    const kept = createKeptPieces()
    for (const edit of [...edits, ...edits.toReversed()]) {
      const later = printOpenApi(lasting.renew(edit), { ...info, specification }, kept)
      assert.equal(later, printOpenApi(edit, { ...info, specification }))
      assert.equal(later, `${JSON.stringify(JSON.parse(later), null, 2)}\n`)
    }
  })
}

test('after any edit the document is one that begins anew, in AsyncAPI', () => {
  const lasting = new LastingModel()
  const kept = createKeptPieces()
  for (const edit of [...edits, ...edits.toReversed()]) {
    const later = printAsyncApi(lasting.renew(edit), info, kept)
    assert.equal(later, printAsyncApi(edit, info))
    if (later !== undefined) assert.equal(later, `${JSON.stringify(JSON.parse(later), null, 2)}\n`)
  }
})

test('what an edit does not touch is not made again', () => {
  const lasting = new LastingModel()
  const kept = createKeptPieces()
  const print = (app: AppModel) => {
    const now = lasting.renew(app)
    printOpenApi(now, info, kept)
    return now.operations.map((one) => kept.pieces.get(one))
  }
  const before = print(model([find, drop], { Album: album, Label: label }))
  const after = print(
    model([find, drop], { Album: object(required('name', text), optional('label', text)), Label: label }),
  )
  assert.ok(before[0] && before[1])
  assert.notEqual(after[0], before[0])
  assert.equal(after[1], before[1])
})
