import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LastingModel } from '../lasting-model.ts'
import type { AppModel } from '../model.ts'
import { createKept, type PrintOptions, printContracts } from './index.ts'
import { model, object, operation, ref, string } from './testing/model.ts'

test('an operation that says what it said is printed again when its types are called otherwise', () => {
  const gone = (name: string) => [{ code: 'GONE', status: 410, data: object({ [name]: string }) }]
  const get = operation('albums.get', {
    input: object({ id: string }),
    output: object({ name: string }),
    errors: gone('since'),
  })
  const find = operation('albums.find', { input: ref('GetInput') })
  const last = operation('albums.last', { output: ref('GetOutput') })
  const apps: readonly (readonly [AppModel, PrintOptions])[] = [
    [model([get, find], { GetInput: object({ first: string }) }), {}],
    [model([get, last], { GetOutput: object({ last: string }) }), {}],
    [model([get, operation('albums.drop', { errors: gone('until') })]), {}],
    [model([operation('Albums.get', { output: string }), get]), {}],
    // What both are imported as in the client is the same.
    [model([operation('al.get', { module: '-albums', output: string }), get]), {}],
    [model([get]), { extension: '.js' }],
  ]
  const kept = createKept()
  const lasting = new LastingModel()
  for (const [app, options] of apps.flatMap((other) => [[model([get]), {}] as const, other])) {
    const files = printContracts(lasting.renew(app), { ...options, kept })
    assert.deepEqual([...files], [...printContracts(app, options)])
  }
})
