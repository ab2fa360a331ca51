import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { smallApp, TemporaryProject } from './testing/project.ts'

const schemas = `import * as z from 'zod'
import * as old from 'zod/v3'
import { shortest } from './shortest'

console.log('loaded')
export const Place = z.object({ city: z.string().trim().min(shortest).max(80), at: z.iso.datetime().optional() }).refine(async () => true)
export type Place = z.infer<typeof Place>
export const Search = z.object({ text: z.string().regex(/^[a-z]+$/), limit: z.number().int().max(50).default(10) })
export const Former = old.object({ name: old.string().min(3).max(9) })
export const Back = z.object({ length: z.string().transform((text) => text.length) })
export const Loud = z.string().transform((text) => text.toUpperCase())
export type Loud = z.infer<typeof Loud>
export const Endless: z.ZodType<{ next?: object }> = z.object({ get next() { return Endless.optional() } })
`

const files = {
  ...smallApp,
  'src/shortest.ts': 'export const shortest: number = 2\n',
  'src/schemas.ts': schemas,
  'src/functions/places.ts': `import { func } from '../pikku.ts'
import { Back, Endless, Former, type Loud, type Place, Search } from '../schemas.ts'

export const move = func(async (_services, { to }: { to: Place }): Promise<Place> => to)
export const find = func({ input: Search }, async (_services, { text, limit }) => text.length + limit)
export const rename = func({ input: Former, output: Former }, async (_services, input) => input)
export const measure = func({ output: Back }, async () => ({ length: 1 }))
export const shout = func(async (): Promise<{ text: Loud }> => ({ text: 'A' }))
export const nest = func({ input: Endless }, async () => {})
`,
  'src/app.ts': `import * as places from './functions/places.ts'
import { app, session } from './pikku.ts'

export default app({ session: session.bearer((_services, token) => ({ userId: token })), rpc: { places }, http: { 'GET /places': places.find } })
`,
  'tsconfig.json': smallApp['tsconfig.json']?.replace('"nodenext"', '"esnext","moduleResolution":"bundler"') ?? '',
}

const read = (project: TemporaryProject, file: string) =>
  JSON.parse(readFileSync(project.path(`contracts/${file}`), 'utf8'))
const at = 'application/json'

test('what schemas of the user ask for is in the document and in the lock', async () => {
  using project = new TemporaryProject(files)
  const run = await project.run(['contracts'])
  assert.equal(run.code, 0, run.stdout + run.stderr)
  assert.deepEqual(run.stderr.match(/PK\d{4}/g)?.sort(), ['PK1303', 'PK1304', 'PK1304'], run.stderr)
  assert.match(run.stderr, /PK1304 Loud of src\/schemas\.ts/)
  assert.match(run.stderr, /PK1304 Back of src\/schemas\.ts/)
  const { components, paths } = read(project, 'openapi.json')
  assert.deepEqual(components.schemas.Place.properties.city, { type: 'string', minLength: 2, maxLength: 80 })
  assert.equal(components.schemas.Place.properties.at.format, 'date-time')
  const parameters = paths['/places'].get.parameters.map(({ name, schema }: { name: string; schema: object }) => [
    name,
    schema,
  ])
  assert.deepEqual(parameters, [
    ['text', { type: 'string', pattern: '^[a-z]+$' }],
    ['limit', { type: 'integer', default: 10, minimum: Number.MIN_SAFE_INTEGER, maximum: 50 }],
  ])
  const former = {
    type: 'object',
    properties: { name: { type: 'string', minLength: 3, maxLength: 9 } },
    required: ['name'],
  }
  const { requestBody, responses } = paths['/rpc/places.rename'].post
  assert.deepEqual([requestBody.content[at].schema, responses[200].content[at].schema], [former, former])
  const before = read(project, 'contract.json').operations
  project.write('src/shortest.ts', 'export const shortest: number = 3\n')
  await project.run(['contracts'])
  const after = read(project, 'contract.json').operations
  const changed = Object.keys(after).filter((name) => after[name] !== before[name])
  assert.deepEqual(changed, ['places.move'])
})

test('a module that cannot be run leaves its schemas to their types, and says so', async () => {
  using project = new TemporaryProject({
    ...files,
    'src/schemas.ts': `${schemas}if (shortest === 2) throw new Error('no database\\nat all')\n`,
  })
  const run = await project.run(['contracts', '--json'])
  const { ok, warnings } = JSON.parse(run.stdout)
  assert.ok(ok)
  assert.ok(warnings.every(({ code }: { code: string }) => code === 'PK1303'))
  assert.match(warnings[0].message, /of src\/schemas\.ts by its type, without its refinements: no database\.$/)
  assert.deepEqual(read(project, 'openapi.json').components.schemas.Place.properties.city, { type: 'string' })
})

test('a project can have none of its code run', async () => {
  using project = new TemporaryProject({ ...files, 'pikku.config.js': 'export default { runSchemas: false }\n' })
  const run = await project.run(['contracts'])
  assert.deepEqual([run.code, run.stderr], [0, ''])
  assert.deepEqual(read(project, 'openapi.json').components.schemas.Place.properties.city, { type: 'string' })
})

test('an edit of a schema, or of what it imports, is seen while watching', async () => {
  using project = new TemporaryProject(files)
  const watching = project.start(['contracts', '--watch'])
  await watching.until(/Ctrl-C ends/)
  project.write('src/shortest.ts', 'export const shortest: number = 4\n')
  await watching.until(/~ .*openapi\.json/)
  assert.equal(read(project, 'openapi.json').components.schemas.Place.properties.city.minLength, 4)
  await watching.stop()
})
