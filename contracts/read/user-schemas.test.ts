import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createProject, type Files } from './testing/project.ts'
import { shapeText, typesText } from './testing/shape-text.ts'

/** A project whose one module has these schemas beside it. */
function projectOf(functions: string, schemas: string, more: Files = {}): Files {
  return {
    'src/app.ts':
      "import { app } from './pikku.ts'\nimport * as people from './functions/people.ts'\nexport default app({ rpc: { people } })\n",
    'src/schemas.ts': schemas,
    'src/functions/people.ts': `import * as z from 'zod'\nimport { func } from '../pikku.ts'\n${functions}`,
    ...more,
  }
}

const schemas = `import * as z from 'zod'
/** Where someone lives. */
export const AddressSchema = z.object({ city: z.string().min(1), zip: z.string().optional() }).refine(({ city }) => city !== 'Nowhere')
export type Address = z.infer<typeof AddressSchema>
export const instant = z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() })
const kind = z.enum(['a', 'b'])
export { kind as Kind }
export type KindName = z.infer<typeof kind>
export const when = z.date()
export const length = z.string().transform((text) => text.length)
`

test('z.infer leads back to the exported schema, wherever it stands and whatever it is called', async () => {
  using project = await createProject(
    projectOf(
      `import type { infer as Infer } from 'zod'
import * as own from '../schemas.ts'
import type { Address, KindName } from '../schemas.ts'
export interface Person { home: Address; work?: z.infer<typeof own.AddressSchema>; others: own.Address[]; kind?: KindName; last: Infer<typeof own.instant> | null }
export const create = func(async (_services, input: Person): Promise<z.output<typeof own.AddressSchema>> => input.home)
export const move = func(async (_services, home: Address): Promise<KindName | null> => home.city === '' ? 'a' : null)
`,
      schemas,
    ),
  )
  const model = project.model()
  const sides = model.operations.map(({ name, input, output }) => [
    name,
    input && shapeText(input),
    output && shapeText(output),
  ])
  assert.deepEqual(sides, [
    ['people.create', 'Person', 'Address'],
    ['people.move', 'Address', 'Kind | null'],
  ])
  assert.deepEqual(typesText(model), [
    'Person = { home: Address; work?: Address; others: Address[]; kind?: Kind; last: Instant | null }',
    'Address = schema<AddressSchema of ../src/schemas.ts>({ city: string; zip?: string })(description Where someone lives.)',
    'Kind = schema<Kind of ../src/schemas.ts>("a" | "b")',
    'Instant = schema<instant of ../src/schemas.ts>(string)',
  ])
})

test('a type may have the name of its schema, and a tag of a type that of a value', async () => {
  using project = await createProject(
    projectOf(
      "import type { Place, Short } from '../schemas.ts'\nexport const move = func(async (_services, input: { to: Place; as: Short }) => {})\n",
      `import * as z from 'zod'
export const Place = z.object({ city: z.string().min(1) })
export type Place = z.infer<typeof Place>
export const Short = 3
/** @maxLength 3 */
export type Short = string
`,
    ),
  )
  const model = project.model()
  const [operation] = model.operations
  assert.equal(operation?.input && shapeText(operation.input), '{ to: Place; as: string(maxLength 3) }')
  assert.deepEqual(typesText(model), ['Place = schema<Place of ../src/schemas.ts>({ city: string })'])
})

test('schemas of Zod Mini are known as such', async () => {
  using project = await createProject(
    projectOf(
      `import { Name } from '../schemas.ts'\nexport const greet = func(async (_services, input: { name?: z.infer<typeof Name> }) => {})\n`,
      `import * as z from 'zod/mini'\nexport const Name = z.string().check(z.minLength(1))\n`,
    ),
  )
  assert.deepEqual(typesText(project.model()), ['Name = schema<Name of ../src/schemas.ts>(string)(mini)'])
})

test('a schema that cannot stand in for its type is read by the type, and told', async () => {
  using project = await createProject(
    projectOf(
      `import { type Former, length } from '../schemas.ts'
const hidden = z.object({ a: z.string().min(3) })
export const take = func(async (_services, input: { a: z.infer<typeof hidden>; b: Former; c: z.input<typeof length>; d: z.infer<typeof length> }) => {})
`,
      `import * as old from 'zod/v3'\n${schemas}export const former = old.z.object({ a: old.z.string() })\nexport type Former = old.z.infer<typeof former>\n`,
    ),
  )
  const result = project.read()
  assert.ok(result.ok, JSON.stringify(result))
  const [operation] = result.model.operations
  assert.equal(operation?.input && shapeText(operation.input), '{ a: { a: string }; b: Former; c: string; d: Length }')
  assert.deepEqual(typesText(result.model), [
    'Former = { a: string }',
    'Length = schema<length of ../src/schemas.ts>(string)',
  ])
  assert.deepEqual(
    result.warnings.map(({ code, path }) => [code, path]),
    [
      ['PK1301', 'people.take input.a'],
      ['PK1301', 'people.take input.b'],
      ['PK1301', 'people.take input.c'],
    ],
  )
})

test('a schema in a type speaks of what JSON has', async () => {
  using project = await createProject(
    projectOf(
      `import { when } from '../schemas.ts'\nexport const take = func(async (_services, input: { at: z.infer<typeof when> }) => {})\n`,
      schemas,
    ),
  )
  assert.deepEqual(
    project.diagnostics().map(({ code, at }) => [code, at?.file.endsWith('src/schemas.ts')]),
    [['PK1119', true]],
  )
})

test('an output may speak of a Date, which JSON writes as text', async () => {
  using project = await createProject(
    projectOf(
      `import { when } from '../schemas.ts'\nexport const give = func(async (): Promise<{ at: z.infer<typeof when> }> => ({ at: new Date() }))\n`,
      schemas,
    ),
  )
  assert.deepEqual(typesText(project.model()), ['When = schema<when of ../src/schemas.ts>(date)'])
})

test('a module of schemas that brings more than Zod along is told, by what it brings', async () => {
  using project = await createProject(
    projectOf(
      `import { Name } from '../light.ts'
import { Town } from '../heavy.ts'
export const take = func(async (_services, input: { a: z.infer<typeof Name>; b: z.infer<typeof Town> }) => {})
`,
      '',
      {
        'src/light.ts': `import { z } from 'zod'\nimport type { Services } from './pikku.ts'\nimport { min } from './plain.ts'\nexport const Name = z.string().min(min)\n`,
        'src/plain.ts': 'export const min = 1\n',
        'src/heavy.ts': `import { z } from 'zod'\nimport { towns } from './towns.ts'\nexport const Town = z.string().refine((name) => towns.has(name))\n`,
        'src/towns.ts': `import { readdirSync } from 'node:fs'\nexport const towns = new Set(readdirSync('.'))\n`,
      },
    ),
  )
  const result = project.read()
  assert.ok(result.ok, JSON.stringify(result))
  assert.deepEqual(
    result.warnings.map(({ code, message }) => [code, /`.*`/.exec(message)?.[0]]),
    [['PK1302', '`node:fs`']],
  )
})

const money = `import * as z from 'zod'
export class Money {
  readonly #cents: number
  static readonly codec = z.codec(z.string().regex(/^\\d+ [A-Z]{3}$/), z.instanceof(Money), {
    decode: (text) => new Money(Number(text)),
    encode: (money) => money.toString(),
  })
  constructor(cents: number) { this.#cents = cents }
  plus(other: Money): Money { return new Money(this.#cents + other.#cents) }
  override toString(): string { return String(this.#cents) }
}
`

test('a class with a codec travels as its codec says, as an input too', async () => {
  using project = await createProject(
    projectOf(
      `import { Money } from '../schemas.ts'\nexport const pay = func(async (_services, input: { amount: Money; tip?: Money }): Promise<Money[]> => [input.amount])\n`,
      money.replace('override ', ''),
    ),
  )
  const model = project.model()
  const [operation] = model.operations
  assert.equal(operation?.input && shapeText(operation.input), '{ amount: Money; tip?: Money }')
  assert.deepEqual(typesText(model), ['Money = schema<Money.codec of ../src/schemas.ts>(string)'])
})

test('a class with a codec that nobody can import is told', async () => {
  using project = await createProject(
    projectOf(
      `${money.replace("import * as z from 'zod'\nexport ", '').replace('override ', '')}
export const pay = func(async (): Promise<{ amount: Money }> => ({ amount: new Money(1) }))
`,
      '',
    ),
  )
  assert.deepEqual(
    project.diagnostics().map(({ code, path }) => [code, path]),
    [['PK1120', 'people.pay output.amount']],
  )
})
