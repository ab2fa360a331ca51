import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createProject } from './testing/project.ts'
import { shapeText } from './testing/shape-text.ts'

const app =
  "import { app } from './pikku.ts'\nimport * as own from './functions/own.ts'\nexport default app({ rpc: { own } })\n"

const head = `import * as z from 'zod'
import { func } from '../pikku.ts'
const instant = z.codec(z.iso.datetime(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() })
`

test("a schema of the user's own says what is on the wire", async () => {
  using project = await createProject({
    'src/app.ts': app,
    'src/functions/own.ts': `${head}
const Todo = z.object({ title: z.string().min(1), due: instant.optional(), kind: z.enum(['a', 'b']).default('a') })
export const create = func({ input: Todo, output: z.object({ at: instant }) }, async (_services, { due }) => ({ at: due ?? new Date(0) }))
const upper = z.string().transform((text) => text.length)
export const measure = func({ input: z.object({ text: upper }) }, async (_services, { text }) => text + 1)
const foreign = { '~standard': { version: 1, vendor: 'mine', validate: (value: unknown) => ({ value: String(value) }) } } as {
  readonly '~standard': { readonly version: 1; readonly vendor: string; readonly validate: (value: unknown) => { value: string }; readonly types?: { readonly input: number; readonly output: string } }
}
export const other = func({ output: foreign }, async () => 1)
`,
  })
  const sides = project
    .model()
    .operations.map(({ name, input, output }) => [name, input && shapeText(input), output && shapeText(output)])
  assert.deepEqual(sides, [
    ['own.create', '{ title: string; due?: string; kind?: "a" | "b" }', '{ at: string }'],
    ['own.measure', '{ text: string }', 'number'],
    ['own.other', undefined, 'string'],
  ])
})

test('a schema that speaks of what JSON has not is told', async () => {
  using project = await createProject({
    'src/app.ts': app,
    'src/functions/own.ts': `${head}
export const take = func({ input: z.object({ due: z.date() }) }, async (_services, { due }) => due)
export const give = func({ output: z.object({ ids: z.array(z.bigint()) }) }, async () => ({ ids: [1n] }))
export const fine = func({ output: z.object({ at: z.date() }) }, async () => ({ at: new Date() }))
`,
  })
  assert.deepEqual(
    project.diagnostics().map(({ code, path }) => [code, path]),
    [
      ['PK1119', 'own.take input'],
      ['PK1119', 'own.give output'],
    ],
  )
})

test('a schema that nothing else can import is told of, where it asks for more than its type does', async () => {
  using project = await createProject({
    'src/app.ts': app,
    'src/functions/own.ts': `${head}
const Id = z.string()
const Title = z.string().min(1)
export const Todo = z.object({ title: z.string().max(9) })
export const byType = func({ input: z.object({ Id, id: Id, off: z.literal(false), none: z.literal(null), kind: z.enum(['a', 'b']).nullable(), list: z.array(z.union([z.literal(1), z.null()])).optional() }) }, async () => {})
export const exported = func({ input: Todo }, async () => {})
export const written = func({ input: z.object({ id: z.uuid() }), output: z.string().max(3) }, async () => 'a')
export const named = func({ input: z.object({ title: Title }) }, async () => {})
export const made = func({ input: Todo.partial() }, async () => {})
export const defaults = func({ input: z.object({ limit: z.number().default(10) }) }, async () => {})
`,
  })
  const result = project.read()
  assert.ok(result.ok)
  assert.deepEqual(
    result.warnings.map(({ code, path, at }) => [code, path, at?.line]),
    [
      ['PK1303', 'own.written input', 10],
      ['PK1303', 'own.written output', 10],
      ['PK1303', 'own.named input', 11],
      ['PK1303', 'own.made input', 12],
      ['PK1303', 'own.defaults input', 13],
    ],
  )
})
