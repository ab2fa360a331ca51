import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { tool } from '../../tests/tools.ts'
import type { AppModel } from '../model.ts'
import { content } from '../print/testing/content.ts'
import { type DocumentInfo, printOpenApi } from './document.ts'
import { model, object, operation, optional, ref, required, todos } from './testing/model.ts'

const info: DocumentInfo = {
  title: 'Todos',
  version: '1.2.3',
  description: 'Lists of things to do.',
  contact: { name: 'The team', url: 'https://todos.test' },
  license: { name: 'MIT', identifier: 'MIT' },
}

function documentOf(app: AppModel) {
  return JSON.parse(printOpenApi(app, info))
}

describe('the document of an app', () => {
  const document = documentOf(todos)
  const { paths, components } = document

  test('is the same for the same model, and ends with a line break', () => {
    assert.equal(printOpenApi(todos, info), printOpenApi(todos, info))
    assert.ok(printOpenApi(todos, info).endsWith('}\n'))
  })

  test('says where the API is: where the document is, or where the settings say', () => {
    assert.deepEqual(document.servers, [{ url: '/' }])
    const servers = [{ url: 'https://todos.test' }]
    assert.deepEqual(JSON.parse(printOpenApi(todos, { ...info, servers })).servers, servers)
  })

  test('has every way to call an operation, each with an id of its own', () => {
    const ids = Object.entries<object>(paths).flatMap(([path, item]) =>
      Object.entries<{ operationId: string }>(item as never).map(
        ([method, { operationId }]) => `${method} ${path} ${operationId}`,
      ),
    )
    assert.deepEqual(ids, [
      'post /todos todos.create',
      'get /todos todos.list',
      'put /todos/{id} todos.create.put',
      'get /todos/{id} todos.get',
      'delete /todos/{id} todos.remove',
      'post /rpc/todos.create todos.create.rpc',
      'post /rpc/todos.list todos.list.rpc',
      'get /todos/changes todos.watch',
      'post /rpc/account.settings account.settings',
      'post /rpc/account.signOut account.signOut',
    ])
  })

  test('ids stay apart when an operation is named like one of ours', () => {
    const app = model([
      operation('todos.create.rpc', { rpc: true }),
      operation('todos.create', { rpc: true, routes: ['POST /a', 'POST /b', 'POST /c'] }),
    ])
    const ids = Object.values<{ post: { operationId: string } }>(documentOf(app).paths).map(
      ({ post }) => post.operationId,
    )
    assert.deepEqual(ids, [
      'todos.create.rpc',
      'todos.create',
      'todos.create.post',
      'todos.create.post.2',
      'todos.create.rpc.2',
    ])
  })

  test('takes path and query parameters out of the input, and leaves the rest to the body', () => {
    assert.deepEqual(
      paths['/todos'].get.parameters.map(({ name, required }: { name: string; required: boolean }) => [name, required]),
      [
        ['search', false],
        ['done', false],
        ['tags', false],
        ['before', false],
        ['limit', false],
      ],
    )
    assert.deepEqual(paths['/todos'].get.parameters[2], {
      name: 'tags',
      in: 'query',
      required: false,
      description: 'All of these.',
      style: 'form',
      explode: true,
      schema: { type: 'array', items: { type: 'string' }, maxItems: 10 },
    })
    assert.equal(paths['/todos'].get.parameters[3].deprecated, true)
    assert.equal(paths['/todos'].get.requestBody, undefined)
    const { parameters, requestBody } = paths['/todos/{id}'].put
    assert.deepEqual(parameters, [
      {
        name: 'id',
        in: 'path',
        required: true,
        description: 'The id of the todo.',
        schema: { type: 'string', format: 'uuid' },
      },
    ])
    assert.deepEqual(Object.keys(requestBody.content['application/json'].schema.properties), ['title', 'due'])
    assert.equal(requestBody.required, true)
  })

  test('asks for no body where the path carries the whole input', () => {
    const input = object(required('id', { kind: 'string' }))
    const { paths } = documentOf(model([operation('todos.complete', { routes: ['PUT /todos/:id/done'], input })]))
    const { requestBody } = paths['/todos/{id}/done'].put
    assert.equal(requestBody, undefined)
  })

  test('leaves the body to the caller where nothing in it is needed', () => {
    const { paths } = documentOf(
      model([
        operation('todos.count', { input: object(optional('done', { kind: 'boolean' })) }),
        operation('todos.add', { input: object(required('title', { kind: 'string' })) }),
      ]),
    )
    assert.equal(paths['/rpc/todos.count'].post.requestBody.required, false)
    assert.equal(paths['/rpc/todos.add'].post.requestBody.required, true)
  })

  test('says what is answered: an output, nothing, or a stream', () => {
    assert.deepEqual(paths['/todos'].post.responses[200].content, {
      'application/json': { schema: { $ref: '#/components/schemas/Todo' } },
    })
    assert.deepEqual(Object.keys(paths['/todos/{id}'].get.responses), ['200', '204', '304', '400', '404', '4XX', '5XX'])
    assert.deepEqual(Object.keys(paths['/todos/{id}'].delete.responses), ['204', '400', '401', '4XX', '5XX'])
    const item = { $ref: '#/components/schemas/Change' }
    const line = {
      schema: {
        type: 'object',
        properties: { id: { type: 'string' }, item, done: { const: true }, error: { type: 'object' } },
      },
    }
    assert.deepEqual(paths['/todos/changes'].get.responses[200].content, {
      'text/event-stream': { schema: item },
      'application/jsonl': line,
      'application/x-ndjson': line,
    })
  })

  test('has the errors of an operation by status, each with its code and its data', () => {
    const { responses } = paths['/todos'].post
    assert.deepEqual(Object.keys(responses), ['200', '400', '401', '409', '4XX', '5XX'])
    const conflict = responses[409].content['application/problem+json'].schema.oneOf
    assert.deepEqual(conflict, [
      {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          {
            type: 'object',
            properties: {
              code: { type: 'string', const: 'LIST_FULL' },
              data: { type: 'object', properties: { limit: { type: 'number' } }, required: ['limit'] },
            },
            required: ['code', 'data'],
          },
        ],
      },
      {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          { type: 'object', properties: { code: { type: 'string', const: 'TITLE_TAKEN' } }, required: ['code'] },
        ],
      },
    ])
    assert.deepEqual(responses[401], { $ref: '#/components/responses/Unauthenticated' })
    assert.deepEqual(responses[400].content['application/problem+json'].schema.oneOf.at(-1), {
      $ref: '#/components/schemas/InvalidInputProblem',
    })

    test('has an error that is the same everywhere once, by its name', () => {
      const taken = { code: 'TITLE_TAKEN', status: 409, detail: 'There is one.' }
      const gone = { code: 'GONE', status: 410 }
      const { paths, components } = documentOf(
        model([
          operation('todos.add', { errors: [taken, gone] }),
          operation('todos.rename', { errors: [{ ...taken }, { ...gone, data: { kind: 'string' } }] }),
          operation('todos.check', {
            auth: true,
            errors: [
              { code: 'FAILED', status: 418 },
              { code: 'NO', status: 401 },
            ],
          }),
        ]),
      )
      const of = (name: string) => paths[`/rpc/${name}`].post.responses
      const reference = { $ref: '#/components/responses/TitleTaken' }
      assert.deepEqual([of('todos.add')[409], of('todos.rename')[409]], [reference, reference])
      assert.equal(components.responses.TitleTaken.description, '`TITLE_TAKEN`: There is one.')
      // One that says something else elsewhere, has the name of ours, or shares its status stands where it is declared.
      for (const response of [
        of('todos.add')[410],
        of('todos.rename')[410],
        of('todos.check')[418],
        of('todos.check')[401],
      ]) {
        assert.ok(response.content['application/problem+json'])
      }
      assert.deepEqual(Object.keys(components.responses), ['Failed', 'Refused', 'TitleTaken', 'Unauthenticated'])
    })
  })

  test('has input and output schemas apart only where they differ', () => {
    assert.deepEqual(Object.keys(components.schemas), [
      'Change',
      'InvalidInputProblem',
      'PageOfTodo',
      'Problem',
      'ProblemIssue',
      'Settings',
      'SettingsInput',
      'Todo',
      'UnauthenticatedProblem',
    ])
    assert.ok(components.schemas.Settings.required.includes('theme'))
    assert.ok(!components.schemas.SettingsInput.required.includes('theme'))
    const { requestBody, responses } = paths['/rpc/account.settings'].post
    assert.equal(requestBody.content['application/json'].schema.$ref, '#/components/schemas/SettingsInput')
    assert.equal(responses[200].content['application/json'].schema.$ref, '#/components/schemas/Settings')
  })

  test('types of the user keep their names, and ours make way', () => {
    const app = model(
      [
        operation('a.b', { input: ref('Settings'), output: ref('Problem') }),
        operation('a.c', { input: ref('SettingsInput'), output: ref('Settings') }),
        operation('a.d', { output: ref('Größe<1>') }),
      ],
      {
        Problem: object(required('why', { kind: 'string' })),
        Settings: object(required('theme', { kind: 'string', default: 'dark' })),
        SettingsInput: object(required('mine', { kind: 'boolean' })),
        'Größe<1>': { kind: 'string' },
      },
    )
    const { components } = documentOf(app)
    assert.deepEqual(Object.keys(components.schemas.Problem.properties), ['why'])
    assert.deepEqual(Object.keys(components.schemas.SettingsInput.properties), ['mine'])
    assert.deepEqual(Object.keys(components.schemas.SettingsInput2.properties), ['theme'])
    assert.ok(components.schemas.Problem2.properties.requestId)
    assert.deepEqual(components.schemas.Gr__e_1_, { type: 'string' })
  })

  test('tells how a caller proves who they are, and where nobody has to', () => {
    assert.deepEqual(document.security, [{ bearer: [] }, { 'cookie.session': [] }])
    assert.deepEqual(components.securitySchemes.bearer, { type: 'http', scheme: 'bearer' })
    const { type, in: place, name } = components.securitySchemes['cookie.session']
    assert.deepEqual([type, place, name], ['apiKey', 'cookie', '__Host-session'])
    assert.equal(paths['/todos'].post.security, undefined)
    assert.deepEqual(paths['/todos/{id}'].get.security, [{}, { bearer: [] }, { 'cookie.session': [] }])
    const open = documentOf(model([operation('a.b', { auth: false })], {}, { security: [] }))
    assert.deepEqual(
      [open.security, open.components.securitySchemes, open.paths['/rpc/a.b'].post.security],
      [[], undefined, []],
    )
  })

  test('tells every kind of credential, and a format of tokens only where all have it', () => {
    const schemesOf = (...security: AppModel['security']) =>
      documentOf(model([operation('a.b')], {}, { security })).components.securitySchemes
    assert.deepEqual(
      schemesOf(
        { from: 'bearer', format: 'JWT' },
        { from: 'bearer', format: 'JWT' },
        { from: 'header', name: 'x-api-key' },
      ),
      {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        'header.x-api-key': { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
    )
    const plain = { bearer: { type: 'http', scheme: 'bearer' } }
    assert.deepEqual(schemesOf({ from: 'bearer', format: 'JWT' }, { from: 'bearer' }), plain)
    assert.deepEqual(schemesOf({ from: 'bearer' }, { from: 'bearer', format: 'JWT' }), plain)
  })

  test('tells which permissions an operation needs, to programs and to people', () => {
    const permissions = ['isAdmin', 'any(isOwner, isEditor)']
    const { paths } = documentOf(model([operation('todos.purge', { permissions }), operation('todos.count')]))
    const { post } = paths['/rpc/todos.purge']
    assert.deepEqual(post['x-permissions'], permissions)
    assert.match(post.description, /\n\nNeeds `isAdmin` and `any\(isOwner, isEditor\)`\.$/)
    assert.equal('x-permissions' in paths['/rpc/todos.count'].post, false)
  })

  test('has the words of the doc comments', () => {
    const { summary, description, tags } = paths['/todos'].post
    assert.equal(summary, "Adds a todo to the signed-in user's list")
    assert.match(description, /It goes to the end\.\n\nThe list may be full\.$/)
    assert.deepEqual(tags, ['todos'])
    assert.deepEqual(
      document.tags.map(({ name }: { name: string }) => name),
      ['account', 'todos', 'by name'],
    )
    assert.deepEqual(paths['/rpc/todos.create'].post.tags, ['by name'])
    assert.equal(paths['/rpc/account.signOut'].post.summary, 'Sign out')
    const { deprecated, description: why } = paths['/todos/{id}'].delete
    assert.deepEqual([deprecated, why], [true, 'The operation `todos.remove`.\n\nDeprecated: Archive instead.'])
  })
})

describe('the document of an app with files', () => {
  const { paths } = documentOf(content)

  test('has forms by their media types, and what their files are held to', () => {
    const { requestBody, parameters } = paths['/albums/{album}/photos'].post
    const { schema, encoding } = requestBody.content['multipart/form-data']
    assert.deepEqual(
      parameters.map(({ name }: { name: string }) => name),
      ['album'],
    )
    assert.deepEqual(schema.required, ['photo'])
    assert.deepEqual(schema.properties.photo, {
      type: 'string',
      contentMediaType: 'image/*',
      maxLength: 5_000_000,
      description: 'What was taken.',
    })
    assert.deepEqual(schema.properties.taken, { type: 'string', format: 'date-time' })
    assert.deepEqual(encoding, { photo: { contentType: 'image/*' } })
    const { content: either } = paths['/rpc/forms.either'].post.requestBody
    assert.deepEqual(Object.keys(either), ['application/json', 'application/x-www-form-urlencoded'])
  })

  test('has bodies of bytes as they are taken, and what stands beside them in the path and the query', () => {
    const { requestBody, parameters } = paths['/users/{id}/avatar'].put
    assert.deepEqual(
      parameters.map(({ name, in: place }: { name: string; in: string }) => `${name} in ${place}`),
      ['id in path', 'crop in query'],
    )
    const bytes = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } }
    assert.deepEqual(requestBody.content, { 'application/octet-stream': bytes, '*/*': bytes })
    assert.deepEqual(
      paths['/rpc/bodies.avatar'].post.parameters.map(({ in: place }: { in: string }) => place),
      ['query', 'query'],
    )
    assert.deepEqual(paths['/rpc/bodies.csv'].post.requestBody.content, {
      'text/csv': { schema: { type: 'string', maxLength: 1000 } },
    })
    assert.deepEqual(Object.keys(paths['/rpc/bodies.pipe'].post.requestBody.content), ['video/mp4', 'video/*'])
  })

  test('has answers that are not JSON, and ranges of those whose length is known', () => {
    const { responses } = paths['/reports/{id}'].get
    const pdf = { 'application/pdf': { schema: { type: 'string', contentMediaType: 'application/pdf' } } }
    assert.deepEqual([responses[200].content, responses[206].content], [pdf, pdf])
    assert.deepEqual([responses[304].content, responses[416].content], [undefined, undefined])
    const csv = paths['/rpc/answers.csv'].post.responses
    assert.deepEqual(csv[200].content, { 'text/csv': { schema: { type: 'string' } } })
    const any = paths['/'].get.responses
    assert.deepEqual([any['2XX'].content, any[200], any[206]], [{ '*/*': { schema: {} } }, undefined, undefined])
    assert.equal(csv[206], undefined)
  })
})

describe('a document of OpenAPI 3.2', () => {
  const todos32 = JSON.parse(printOpenApi(todos, { ...info, specification: '3.2' }))

  test('differs in the version and in what streams are, and in nothing else', () => {
    assert.equal(todos32.openapi, '3.2.0')
    const { openapi, paths, ...rest } = structuredClone(todos32)
    const { openapi: usual, paths: usualPaths, ...usualRest } = documentOf(todos)
    assert.equal(usual, '3.1.0')
    assert.deepEqual(rest, usualRest)
    assert.equal(JSON.stringify(usualPaths).includes('itemSchema'), false)
    delete paths['/todos/changes'].get.responses[200].content
    delete usualPaths['/todos/changes'].get.responses[200].content
    assert.deepEqual(paths, usualPaths)
  })

  test('says what each event and each line of a stream is', () => {
    const Change = { $ref: '#/components/schemas/Change' }
    const Problem = { $ref: '#/components/schemas/Problem' }
    const json = { type: 'string', contentMediaType: 'application/json' }
    const { content } = todos32.paths['/todos/changes'].get.responses[200]
    assert.deepEqual(Object.keys(content), ['text/event-stream', 'application/jsonl', 'application/x-ndjson'])
    assert.deepEqual(content['text/event-stream'].itemSchema.anyOf, [
      { type: 'object', properties: { data: { ...json, contentSchema: Change } }, required: ['data'] },
      {
        type: 'object',
        properties: { event: { const: 'done' }, data: { const: '' } },
        required: ['event', 'data'],
      },
      {
        type: 'object',
        properties: { event: { const: 'error' }, data: { ...json, contentSchema: Problem } },
        required: ['event', 'data'],
      },
    ])
    assert.deepEqual(content['application/jsonl'].itemSchema.anyOf, [
      { type: 'object', properties: { item: Change }, required: ['item'] },
      { type: 'object', properties: { done: { const: true } }, required: ['done'] },
      { type: 'object', properties: { error: Problem }, required: ['error'] },
    ])
    assert.deepEqual(content['application/x-ndjson'], content['application/jsonl'])
  })

  test('says that items carry ids, where they do', () => {
    const item = { kind: 'string' } as const
    const app = model([operation('a.b', { kind: 'stream', resumable: true, routes: ['GET /'], output: item })])
    const { paths } = JSON.parse(printOpenApi(app, { ...info, specification: '3.2' }))
    const { content } = paths['/'].get.responses[200]
    assert.deepEqual(content['application/jsonl'].itemSchema.anyOf[0], {
      type: 'object',
      properties: { id: { type: 'string' }, item: { type: 'string' } },
      required: ['id'],
    })
    assert.deepEqual(content['text/event-stream'].itemSchema.anyOf[0].required, ['id'])
  })
})

const openapi = await tool('openapi')

describe('the document is read by others', { skip: openapi.skip, concurrency: 2 }, () => {
  const withFiles = () => join(folder, 'files.json')
  const withItems = () => join(folder, 'items.json')
  let folder = ''
  const file = () => join(folder, 'openapi.json')
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pikku-openapi-'))
    await writeFile(file(), printOpenApi(todos, info))
    await writeFile(withFiles(), printOpenApi(content, info))
    await writeFile(withItems(), printOpenApi(todos, { ...info, specification: '3.2' }))
  })
  after(() => rm(folder, { recursive: true }))

  const options = () => ({
    cwd: folder,
    timeout: 120_000,
    env: { ...process.env, NO_COLOR: '1', REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })

  test('redocly lint, recommended rules, warns of nothing', async () => {
    await writeFile(join(folder, 'redocly.yaml'), 'extends: [recommended]\n')
    for (const document of [file(), withFiles(), withItems()]) {
      const { code, stdout, stderr } = await openapi.run('redocly', ['lint', '--format=json', document], options())
      const { totals } = JSON.parse(stdout)
      assert.deepEqual([code, totals], [0, { errors: 0, warnings: 0, ignored: 0 }], stdout + stderr)
    }
  })

  test('spectral, spectral:oas, warns of nothing', async () => {
    await writeFile(join(folder, '.spectral.yaml'), 'extends: ["spectral:oas"]\n')
    const args = ['lint', '--ruleset', join(folder, '.spectral.yaml'), '--fail-severity', 'hint', file(), withFiles()]
    const { code, stdout, stderr } = await openapi.run('spectral', args, options())
    assert.equal(code, 0, stdout + stderr)
  })

  test('openapi-typescript makes the types of the functions of it', async () => {
    const out = join(folder, 'types.d.ts')
    const { code, stderr } = await openapi.run('openapi-typescript', [file(), '-o', out], options())
    assert.equal(code, 0, stderr)
    const types = await readFile(out, 'utf8')
    assert.match(types, /priority: "low" \| "high" \| null;/)
    const { code: filesCode } = await openapi.run('openapi-typescript', [withFiles(), '-o', out], options())
    assert.equal(filesCode, 0)
    assert.match(types, /code: "LIST_FULL";\s+data: \{\s+limit: number;/)
  })

  test('@hey-api/openapi-ts makes a client of it', async () => {
    const { code, stdout, stderr } = await openapi.run(
      'openapi-ts',
      ['-i', file(), '-o', join(folder, 'client')],
      options(),
    )
    assert.equal(code, 0, stdout + stderr)
    const types = await readFile(join(folder, 'client', 'types.gen.ts'), 'utf8')
    assert.match(types, /priority: 'low' \| 'high' \| null;/)
    assert.match(await readFile(join(folder, 'client', 'sdk.gen.ts'), 'utf8'), /export const todosCreate = /)
  })
})
