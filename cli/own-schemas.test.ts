import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { createHono } from '../transports/hono.ts'
import { smallApp, TemporaryProject } from './testing/project.ts'

const files = {
  ...smallApp,
  'src/money.ts': `import * as z from 'zod'

/** An amount of one currency. */
export class Money {
  readonly cents: number

  /** \`12.50\` */
  static readonly codec = z.codec(z.string().regex(/^\\d+\\.\\d\\d$/), z.instanceof(Money), {
    decode: (text) => new Money(Math.round(Number(text) * 100)),
    encode: (money) => money.toString(),
  })

  constructor(cents: number) {
    this.cents = cents
  }

  plus(other: Money): Money {
    return new Money(this.cents + other.cents)
  }

  toString(): string {
    return (this.cents / 100).toFixed(2)
  }
}
`,
  'src/schemas.ts': `import * as z from 'zod'

export const AddressSchema = z
  .object({ city: z.string().trim().min(1), zip: z.string().default('0000') })
  .refine(async ({ city }) => city !== 'Nowhere', 'There is no such city')
export type Address = z.infer<typeof AddressSchema>
`,
  'src/functions/orders.ts': `import { func } from '../pikku.ts'
import { Money } from '../money.ts'
import type { Address } from '../schemas.ts'

export const total = func({ auth: false }, async (_services, input: { prices: Money[]; to?: Address }): Promise<{ total: Money; to?: Address | undefined }> => {
  return { total: input.prices.reduce((sum, price) => sum.plus(price), new Money(0)), to: input.to }
})
`,
  'src/app.ts': `import * as orders from './functions/orders.ts'
import { app } from './pikku.ts'

export default app({ rpc: { orders } })
`,
}

test('schemas and classes of the user run when a call comes, and the client has what is on the wire', async () => {
  using project = new TemporaryProject(files)
  const run = await project.run(['contracts'])
  assert.deepEqual([run.code, run.stderr], [0, ''])
  // What was printed is read with the project from now on, so its types are checked.
  assert.equal((await project.run(['contracts', '--check'])).code, 0)
  const load = (path: string) => import(pathToFileURL(project.path(path)).href)
  const [{ default: app }, { contracts }, hono] = await Promise.all([
    load('src/app.ts'),
    load('contracts/index.ts'),
    import('../transports/hono.ts'),
  ])
  const server = hono.createHono(app as Parameters<typeof createHono>[0], { contracts })
  const call = async (input: object) => {
    const body = JSON.stringify(input)
    const answer = await server.request('/rpc/orders.total', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    return [answer.status, (await answer.json()) as { issues?: { path: unknown; message: string }[] }] as const
  }
  const to = { city: ' Rome ', street: 'Via' }
  assert.deepEqual(await call({ prices: ['12.50', '0.75'], to }), [
    200,
    { total: '13.25', to: { city: 'Rome', zip: '0000' } },
  ])
  const [status, problem] = await call({ prices: ['12.5'], to: { city: 'Nowhere' } })
  assert.equal(status, 400)
  assert.deepEqual(
    problem.issues?.map(({ path }) => JSON.stringify(path)),
    ['["prices",0]', '["to"]'],
  )
  const text = readFileSync(project.path('contracts/orders.ts'), 'utf8')
  assert.match(text, /export type Money = string$/m)
})

test('what the contracts drag along is told in a line, and in JSON', async () => {
  using project = new TemporaryProject({
    ...files,
    'src/schemas.ts': `import { sep } from 'node:path'\n${files['src/schemas.ts'].replace("'Nowhere'", 'sep')}`,
  })
  const run = await project.run(['contracts'])
  assert.equal(run.code, 0)
  assert.match(run.stderr, /^warning: src\/schemas\.ts:1:21 PK1302 .*`node:path`.*\n$/)
  const { ok, warnings } = JSON.parse((await project.run(['contracts', '--json'])).stdout)
  assert.equal(ok, true)
  assert.deepEqual(
    warnings.map(({ code, at }: { code: string; at: object }) => [code, at]),
    [['PK1302', { file: 'src/schemas.ts', line: 1, column: 21, length: 11 }]],
  )
})
