import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod'
import * as mini from 'zod/mini'
import type { SchemaShape, Shape } from '../shape.ts'
import * as wire from '../wire.ts'
import { printContracts } from './index.ts'
import { evaluate } from './testing/evaluate.ts'
import { array, model, object, operation, ref, string, union } from './testing/model.ts'

const shape = object({ city: string, 'street?': string })
const address: SchemaShape = { kind: 'schema', module: '../src/schemas.ts', export: 'Address', shape }
const short: SchemaShape = { kind: 'schema', module: '../src/schemas.ts', export: 'Short', mini: true, shape: string }
const money: SchemaShape = {
  kind: 'schema',
  module: '../src/money.ts',
  export: 'Money',
  member: 'codec',
  shape: string,
}
const types = { Address: address, Short: short, Money: money, Town: object({ name: string }) }
const withSchemas = object({
  'home?': ref('Address'),
  others: array(ref('Address')),
  'note?': ref('Short'),
  price: ref('Money'),
})

/** A value that travels as text. */
class Money {
  readonly cents: number
  static readonly codec = z.codec(z.string().regex(/^\d+$/), z.instanceof(Money), {
    decode: (text) => new Money(Number(text)),
    encode: ({ cents }) => String(cents),
  })

  constructor(cents: number) {
    this.cents = cents
  }
}

const schemas = {
  Address: z
    .object({ city: z.string().trim().min(1), street: z.string().optional() })
    .refine(({ city }) => city !== 'Nowhere', 'No such city'),
  Short: mini.string().check(mini.maxLength(5)),
}

function filesOf(input: Shape, extension: '.ts' | '.js' | '' = '.ts') {
  const operations = [
    operation('people.create', { input, output: input }),
    operation('people.name', { input: ref('Town') }),
  ]
  return printContracts(model(operations, types), { extension })
}

function schemasOf(input: Shape): Record<string, z.ZodType> {
  const text = filesOf(input).get('people.ts') ?? ''
  const imports = { zod: z, 'pikku/wire': wire, '../src/schemas.ts': schemas, '../src/money.ts': { Money } }
  return evaluate(text, imports) as Record<string, z.ZodType>
}

test("a schema of the user's own is imported and runs, its type is written out", () => {
  const text = filesOf(withSchemas).get('people.ts') ?? ''
  assert.match(text, /^import \* as own from '\.\.\/src\/schemas\.ts'$/m)
  assert.match(text, /^import \* as own2 from '\.\.\/src\/money\.ts'$/m)
  assert.match(
    text,
    /export interface Address \{\n {2}city: string\n {2}street\?: string \| undefined\n\}\nexport const Address = own\.Address\n/,
  )
  assert.match(text, /export type Money = string\nexport const Money = own2\.Money\.codec\n/)
  const { CreateInput } = schemasOf(withSchemas)
  const sent = { others: [{ city: ' Rome ' }], note: 'short', price: '1250' }
  const taken = CreateInput?.safeDecode(sent)
  assert.deepEqual(taken?.data, { others: [{ city: 'Rome' }], note: 'short', price: new Money(1250) })
  assert.ok((taken?.data as { price: unknown } | undefined)?.price instanceof Money)
  assert.deepEqual(CreateInput?.safeEncode(taken?.data).data, { ...sent, others: [{ city: 'Rome' }] })
  for (const wrong of [{ home: { city: 'Nowhere' } }, { home: { city: ' ' } }, { note: 'too long' }, { price: '-1' }]) {
    assert.equal(CreateInput?.safeDecode({ ...sent, ...wrong }).success, false, JSON.stringify(wrong))
  }
})

test('in a union it is what the user wrote, whatever it looks like', () => {
  const choice = union(ref('Address'), object({ kind: { kind: 'literal', value: 'none' } }))
  const { CreateInput } = schemasOf(choice)
  assert.deepEqual(CreateInput?.safeDecode({ kind: 'none' }).data, { kind: 'none' })
  assert.deepEqual(CreateInput?.safeDecode({ city: 'Rome' }).data, { city: 'Rome' })
  assert.equal(CreateInput?.safeDecode({ city: 'Nowhere' }).success, false)
})

test('operations that lead to one have no parsers; the others keep theirs', () => {
  const files = filesOf(withSchemas)
  assert.equal(files.get('index.ts')?.match(/parsers: /g)?.length, 1)
  assert.doesNotMatch(files.get('parsers/people.ts') ?? '', /Create|Address/)
  assert.match(files.get('parsers/people.ts') ?? '', /decodeTown/)
})

test('the client has the wire value and knows nothing of the schema', () => {
  assert.doesNotMatch(filesOf(withSchemas).get('client.ts') ?? '', /src\/|o: /)
})

test("the user's module is named as the project names its files, from wherever the contract stands", () => {
  const deep = printContracts(model([operation('a.create', { module: 'admin/users', input: ref('Address') })], types), {
    extension: '',
  })
  assert.match(deep.get('admin/users.ts') ?? '', /from '\.\.\/\.\.\/src\/schemas'$/m)
  assert.match(filesOf(withSchemas, '.js').get('people.ts') ?? '', /from '\.\.\/src\/schemas\.js'$/m)
})
