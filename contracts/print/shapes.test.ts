import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inspect, promisify } from 'node:util'
import fc from 'fast-check'
import type * as z from 'zod'
import type { AppModel, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { writeContracts } from '../write.ts'
import { checkRoutes, printContracts } from './index.ts'
import { shapes, valuesOf } from './testing/arbitrary.ts'
import { model, object, operation, ref } from './testing/model.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const types = ['T0', 'T1', 'T2', 'T3']
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e6))
const folders: string[] = []

after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

/** An app of shapes at random, without those that are refused. */
function randomModel(): AppModel {
  const [named, inline] = fc.sample(
    fc.tuple(
      fc.array(shapes(types), { minLength: 12, maxLength: 12 }),
      fc.array(shapes([]), { minLength: 50, maxLength: 50 }),
    ),
    { seed, numRuns: 1 },
  )[0] as [Shape[], Shape[]]
  const bodies = named.filter(({ kind }) => kind !== 'ref' && kind !== 'union')
  const all = Object.fromEntries(types.map((name, at): [string, Shape] => [name, bodies[at] ?? { kind: 'date' }]))
  const operations = [
    ...inline.map((output, at) => operation(`random.inline${at}`, { output })),
    ...types.map((name) => operation(`random.named${name}`, { output: object({ value: ref(name) }) })),
  ]
  return model(
    operations.filter((one) => {
      const alone = model([one], all)
      return (
        checkRoutes(alone).length === 0 && one.output !== undefined && valuesOf(one.output, alone.types) !== undefined
      )
    }),
    all,
  )
}

function schemaName({ exportName }: OperationModel): string {
  return `${exportName.charAt(0).toUpperCase()}${exportName.slice(1)}Output`
}

/** Writes the contracts where the packages of this repository are found. */
async function write(app: AppModel): Promise<string> {
  await mkdir(join(root, '.data'), { recursive: true })
  const folder = await mkdtemp(join(root, '.data/shapes-'))
  folders.push(folder)
  writeContracts(folder, printContracts(app))
  return folder
}

test(`shapes at random (SEED=${seed}): values survive the wire, and what is not in the type does not`, async () => {
  const app = randomModel()
  const folder = await write(app)
  const schemas = (await import(join(folder, 'random.ts'))) as Record<string, z.ZodType>
  for (const one of app.operations) {
    const schema = schemas[schemaName(one)]
    const values = one.output && valuesOf(one.output, app.types)
    assert.ok(schema && values)
    fc.assert(
      fc.property(values, (value) => {
        const told = () => `${inspect(one.output, { depth: 9 })}\nof ${inspect(value, { depth: 9 })}`
        const encoded = schema.safeEncode(withMore(value))
        assert.ok(encoded.success, `${encoded.error?.message} in ${told()}`)
        const decoded = schema.safeDecode(withMore(JSON.parse(JSON.stringify(encoded.data))))
        assert.ok(decoded.success, `${decoded.error?.message} in ${told()}`)
        assert.deepStrictEqual(decoded.data, value, told())
      }),
      { seed, numRuns: 20 },
    )
  }
})

/** The value with a key too many at its top, where it is an object that takes it. */
function withMore(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return value
  return { ...value, 'not in the type': 'secret' }
}

test(`shapes at random (SEED=${seed}): schemas and types are the same to the compiler`, async () => {
  const app = randomModel()
  const folder = await write(app)
  const checks = app.operations.map((one) => `same<m.${schemaName(one)}, z.output<typeof m.${schemaName(one)}>>()`)
  const source = [
    "import type * as z from 'zod'",
    "import * as m from './random.ts'",
    'type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false',
    'function same<One, Other>(..._: Same<One, Other> extends true ? [] : [never]): void {}',
    ...checks,
  ]
  await writeFile(join(folder, 'same.ts'), source.join('\n'))
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', include: ['*.ts'], exclude: [] }),
  )
  const compiler = join(root, 'node_modules/.bin/tsc')
  const { stdout } = await promisify(execFile)(compiler, ['-p', folder, '--pretty', 'false'], {
    timeout: 120_000,
  }).catch((error: { stdout: string }) => error)
  const told = stdout.split('\n').filter((line) => line.includes('/shapes-') || line.startsWith('.data/'))
  assert.deepEqual(told, [])
})
