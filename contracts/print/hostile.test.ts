import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import type * as z from 'zod'
import type { AppModel } from '../model.ts'
import { printOpenApi } from '../openapi/index.ts'
import { invalid } from '../parse/index.ts'
import type { Property, Shape } from '../shape.ts'
import { writeContracts } from '../write.ts'
import { checkRoutes, printContracts } from './index.ts'
import { hostileText } from './testing/hostile-text.ts'
import { date, literal, model, object, operation, ref, string, union } from './testing/model.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e6))
const trials = Number(process.env.TRIALS ?? 25)
const perModel = 40
const folders: string[] = []

after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

/** An app in which every text that a user can choose is one of these. */
function hostileModel(texts: readonly string[]): AppModel {
  const names = [...new Set(texts)].filter((text) => !(text in Object.prototype))
  const [description = '', deprecated = '', detail = ''] = texts
  const notes = { description, deprecated, examples: [...texts] }
  const pattern = `^(?:${names.map((name) => name.replaceAll(/[$()*+.?[\]{}\\/^|]/gu, '\\$&')).join('|')})$`
  const keys = names.map((name): Property => ({ name, shape: { ...literal(name), ...notes }, optional: false }))
  const tag = names[4] ?? 'k'
  const members = names.slice(0, 4).map(
    (name, at): Shape => ({
      kind: 'object',
      properties: [
        { name: tag, shape: literal(name), optional: false },
        { name: `v${at}`, shape: date, optional: false },
      ],
    }),
  )
  const template: Shape = { kind: 'template', texts: [texts[0] ?? '', texts[1] ?? ''], holes: [{ kind: 'number' }] }
  const forms: Shape = {
    kind: 'keyed',
    properties: [],
    signatures: [
      { key: template, value: { kind: 'date' } },
      { key: { kind: 'template', texts: [`${texts[2]}!`, ''], holes: [string] }, value: { kind: 'bigint' } },
    ],
  }
  const given = object({
    keys: ref('Keys'),
    one: union(...names.map(literal)),
    held: { kind: 'string', pattern },
    told: union(...members),
    kept: { ...string, default: texts[0] ?? '' },
    'forms?': forms,
  })
  const errors = [{ code: 'ODD', status: 400, detail, data: ref('Keys') }]
  const replyHeaders = [{ name: 'x-odd', description }]
  const more = { description, deprecated, permissions: [...texts], errors, replyHeaders }
  return model([operation('all.one', { input: given, output: given, ...more })], {
    Keys: { kind: 'object', properties: keys, ...notes },
  })
}

test(`hostile texts are what they are in every file, and none of them runs (SEED=${seed})`, async (context) => {
  let [ran, strings] = [0, 0]
  Object.defineProperty(globalThis, 'ran', { value: () => ran++, configurable: true })
  await mkdir(join(root, '.data'), { recursive: true })
  for (const texts of fc.sample(fc.array(hostileText, { minLength: perModel, maxLength: perModel }), {
    seed,
    numRuns: trials,
  })) {
    const app = hostileModel(texts)
    assert.deepEqual(checkRoutes(app), [])
    const files = printContracts(app)
    const folder = await mkdtemp(join(root, '.data/hostile-'))
    folders.push(folder)
    writeContracts(folder, files)
    const [schemas, parsers] = await Promise.all(
      ['all.ts', 'parsers/all.ts', 'index.ts', 'client.ts'].map((file) => import(join(folder, file))),
    )
    const names = [...new Set(texts)].filter((text) => !(text in Object.prototype))
    const tag = names[4] ?? 'k'
    const value = {
      keys: Object.fromEntries(names.map((name) => [name, name])),
      one: names[7],
      held: names[8],
      told: { [tag]: names[1], v1: '1970-01-01T00:00:00.000Z' },
      kept: texts[3],
    }
    const decoded = { ...value, told: { [tag]: names[1], v1: new Date(0) } }
    const schema = schemas.OneInput as z.ZodType
    assert.deepStrictEqual(schema.decode(value), decoded)
    assert.deepStrictEqual(parsers.decodeOneInput(value), decoded)
    assert.deepStrictEqual(parsers.encodeOneOutput(decoded), value)
    assert.equal(parsers.decodeOneInput({ ...value, one: `${names[7]}?` }), invalid)
    const document = JSON.parse(printOpenApi(app, { title: texts[5] ?? '', version: texts[6] ?? '' }))
    assert.deepEqual(Object.keys(document.components.schemas.Keys.properties).sort(), names.toSorted())
    assert.equal(ran, 0)
    strings += texts.length
  }
  context.diagnostic(`${strings} texts in ${trials} apps`)
})
