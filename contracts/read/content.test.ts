import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkRoutes } from '../print/index.ts'
import { createProject, modelOf, type TestProject } from './testing/project.ts'
import { shapeText } from './testing/shape-text.ts'

/** The options and the handler, and what is read from them: input, then output or answer. */
type Case = readonly [source: string, read: string]

const cases: Readonly<Record<string, Case>> = {
  form: [
    'func(async (_, _input: { album: string; photo: File; tags?: string[] }) => {})',
    '{ album: string; photo: file; tags?: string[] }',
  ],
  formOfObjects: [
    'func(async (_, _input: { photo: File; place: { city: string; at?: { x: number } } }) => {})',
    '{ photo: file; place: { city: string; at?: { x: number } } }',
  ],
  limited: [
    `func(async (_, _input: {
      /** @maxSize 5000000 @contentType image/*, application/pdf */
      photo: File
      /** @contentType image/png */
      more: Blob[]
    }) => {})`,
    '{ photo: file(maxSize 5000000, contentType ["image/*","application/pdf"]); more: blob(contentType ["image/png"])[] }',
  ],
  stream: [
    'func(async (_, _input: { id: string; body: ReadableStream<Uint8Array> }) => {})',
    '{ id: string; body: stream }',
  ],
  whole: ['func(async (_, _input: Blob) => {})', 'blob'],
  aliased: ['func(async (_, _input: Pdf) => {})', 'file(maxSize 7)'],
  csv: ["func({ consumes: 'text/csv' }, async (_, _input: string) => {})", 'string as text/csv'],
  bytes: ["func({ consumes: ['image/*'] }, async (_, _input: Uint8Array) => {})", 'bytes(raw) as image/*'],
  bytesInBody: [
    "func({ consumes: 'image/png' }, async (_, _input: { body: Uint8Array; name: string }) => {})",
    '{ body: bytes(raw); name: string } as image/png',
  ],
  base64: ['func(async (_, _input: { body: Uint8Array }) => {})', '{ body: bytes }'],
  either: [
    "func({ consumes: ['application/json', 'application/x-www-form-urlencoded'] }, async (_, _input: { n: number }) => {})",
    '{ n: number } as application/json, application/x-www-form-urlencoded',
  ],
  giveFile: ['func(async (): Promise<File> => new File([], ""))', '{"kind":"file"}'],
  givePdf: [
    "func({ produces: 'application/pdf' }, async (): Promise<Blob> => new Blob())",
    '{"kind":"blob","type":"application/pdf"}',
  ],
  giveStream: ['func(async () => new Blob().stream())', '{"kind":"stream"}'],
  giveText: ["func({ produces: 'text/csv' }, async () => 'a,b')", '{"kind":"text","type":"text/csv"}'],
  giveBytes: ["func({ produces: 'image/png' }, async () => new Uint8Array())", '{"kind":"bytes","type":"image/png"}'],
  giveResponse: ["func({ auth: false }, async () => new Response('<h1>'))", '{"kind":"response"}'],
  giveJson: ["func({ produces: 'application/json' }, async (): Promise<string> => 'a')", 'gives string'],
  ownSchema: ['func({ input: Photo }, async (_, _input) => {})', '{ photo: file }'],
}

let project: TestProject

before(async () => {
  const body = Object.entries(cases).map(([name, [source]]) => `export const ${name} = ${source}`)
  project = await createProject({
    'src/functions/content.ts': `import * as z from 'zod'
import { func } from '../pikku.ts'
export const Photo = z.object({ photo: z.file() })
/** @maxSize 7 */
type Pdf = File
${body.join('\n')}
`,
    'src/app.ts': `import { app } from './pikku.ts'
import { ${Object.keys(cases).join(', ')} } from './functions/content.ts'
export default app({ rpc: { ${Object.keys(cases).join(', ')} } })
`,
  })
})

after(() => project[Symbol.dispose]())

test('files, streams and other content are read from types and options, and can be written', () => {
  const model = project.model()
  const found = model.operations.map(({ name, input, output, consumes, answer }) => [
    name,
    [
      ...(input ? [shapeText(input)] : []),
      ...(consumes ? [`as ${consumes.join(', ')}`] : []),
      ...(output ? [`gives ${shapeText(output)}`] : []),
      ...(answer ? [JSON.stringify(answer)] : []),
    ].join(' '),
  ])
  assert.deepEqual(
    Object.fromEntries(found),
    Object.fromEntries(Object.entries(cases).map(([name, [, read]]) => [name, read])),
  )
  assert.deepEqual(checkRoutes(model), [])
})

const mistakes: Readonly<Record<string, Case>> = {
  nested: ['func(async (_, _input: { items: { photo: File }[] }) => {})', 'PK1109 nested input.items[].photo'],
  orNull: ['func(async (_, _input: { photo: File | null }) => {})', 'PK1109 orNull input.photo'],
  listOfStreams: [
    'func(async (_, _input: { all: ReadableStream<Uint8Array>[] }) => {})',
    'PK1109 listOfStreams input.all[]',
  ],
  inOutput: [
    'func(async (): Promise<{ photo: File }> => ({ photo: new File([], "") }))',
    'PK1109 inOutput output.photo',
  ],
  maybeOutput: ['func(async (): Promise<File | undefined> => undefined)', 'PK1109 maybeOutput output'],
  inItems: ['func(async function* () { yield new Blob() })', 'PK1109 inItems output'],
  inError: ['func({ errors: [Broken] }, async () => {})', 'PK1109 inError error BROKEN.photo'],
  responseIn: ['func(async (_, _input: { r: Response }) => {})', 'PK1109 responseIn input.r'],
  deepField: ['func(async (_, _input: { photo: File; of: { deep: string }[] }) => {})', 'PK2013 deepField input.of'],
  twoStreams: [
    'func(async (_, _input: { a: ReadableStream<Uint8Array>; b: ReadableStream<Uint8Array> }) => {})',
    'PK2013 twoStreams input.b',
  ],
  openForm: [
    "func({ consumes: 'application/x-www-form-urlencoded' }, async (_, _input: Record<string, string>) => {})",
    'PK2012 openForm input',
  ],
  openFields: [
    "func({ consumes: 'application/x-www-form-urlencoded' }, async (_, _input: { a: string; [key: string]: string }) => {})",
    'PK2013 openFields input',
  ],
  deepBeside: ['func(async (_, _input: { body: Blob; of: { deep: string }[] }) => {})', 'PK2005 deepBeside input.of'],
  twoBodies: ['func(async (_, _input: { body: Blob; photo: File }) => {})', 'PK2005 twoBodies input.photo'],
  noBody: ['func(async (_, _input: { body?: Blob }) => {})', 'PK2012 noBody input.body'],
  objectAsCsv: ["func({ consumes: 'text/csv' }, async (_, _input: { a: string }) => {})", 'PK2012 objectAsCsv input'],
  filesAsUrl: [
    "func({ consumes: 'application/x-www-form-urlencoded' }, async (_, _input: { a: File }) => {})",
    'PK2012 filesAsUrl input',
  ],
  nothingAsCsv: ["func({ consumes: 'text/csv' }, async () => {})", 'PK2012 nothingAsCsv input'],
  jsonOrBytes: [
    "func({ consumes: ['application/json', 'image/png'] }, async (_, _input: Blob) => {})",
    'PK2012 jsonOrBytes input',
  ],
}

const early: Readonly<Record<string, Case>> = {
  noType: ["func({ consumes: 'csv' }, async (_, _input: string) => {})", 'PK1008 noType'],
  emptyTypes: ['func({ consumes: [] }, async (_, _input: string) => {})', 'PK1008 emptyTypes'],
  computed: ["func({ produces: String('text/csv') }, async () => '')", 'PK1008 computed'],
  range: ["func({ produces: 'image/*' }, async () => new Blob())", 'PK1008 range'],
  objectGiven: ["func({ produces: 'text/csv' }, async () => ({ a: 1 }))", 'PK2012 objectGiven output'],
  buffers: ["func({ produces: 'image/png' }, async () => new ArrayBuffer(1))", 'PK2012 buffers output'],
  textStream: ['func(async (_, _input: { body: ReadableStream<string> }) => {})', 'PK1109 textStream input.body'],
  sizeOfText: ['func(async (_, _input: {\n/** @maxSize 3 */\ntext: string }) => {})', 'PK1201 sizeOfText input.text'],
  noSize: ['func(async (_, _input: {\n/** @maxSize big */\nfile: File }) => {})', 'PK1202 noSize input.file'],
  noMediaType: [
    'func(async (_, _input: {\n/** @contentType png */\nfile: File }) => {})',
    'PK1202 noMediaType input.file',
  ],
}

async function diagnosed(sources: Readonly<Record<string, Case>>): Promise<string[]> {
  const names = Object.keys(sources)
  const body = Object.entries(sources).map(([name, [source]]) => `export const ${name} = ${source}`)
  using wrong = await createProject({
    'src/functions/wrong.ts': `import { defineError } from 'pikku'
import { func } from '../pikku.ts'
export class Broken extends defineError('BROKEN', { status: 409 })<{ photo: Blob }> {}
${body.join('\n')}
`,
    'src/app.ts': `import { app } from './pikku.ts'
import { ${names.join(', ')} } from './functions/wrong.ts'
export default app({ rpc: { ${names.join(', ')} } })
`,
  })
  const result = wrong.read()
  const diagnostics = result.ok ? checkRoutes(modelOf(result)) : result.diagnostics
  return diagnostics.map(({ code, path }) => `${code} ${path}`)
}

for (const [title, sources] of Object.entries({ 'where files stand and what bodies are': mistakes, options: early })) {
  test(`mistakes are told: ${title}`, async () => {
    const wanted = Object.values(sources).map(([, told]) => told)
    assert.deepEqual((await diagnosed(sources)).sort(), wanted.toSorted())
  })
}
