import type { Location } from '../../diagnostic.ts'
import type { AppModel, NamedType, OperationModel } from '../../model.ts'
import type { Property, Shape } from '../../shape.ts'

const at: Location = { file: '/app/src/app.ts', line: 1, column: 1, length: 1 }

/** A property that must be there. */
export function required(name: string, shape: Shape): Property {
  return { name, shape, optional: false }
}

/** A property that may be absent. */
export function optional(name: string, shape: Shape): Property {
  return { name, shape, optional: true }
}

/** An object of these properties. */
export function object(...properties: Property[]): Shape {
  return { kind: 'object', properties }
}

/** A named type, by its name. */
export function ref(name: string): Shape {
  return { kind: 'ref', name }
}

/** An operation, with what is not said being the simplest. */
export function operation(
  name: string,
  rest: Partial<Omit<OperationModel, 'routes'>> & { readonly routes?: readonly string[] } = {},
): OperationModel {
  const [module = '', exportName = name] = name.split('.')
  const { routes = [], ...others } = rest
  return {
    name,
    module,
    source: `src/functions/${module}.ts`,
    exportName,
    kind: 'call',
    auth: true,
    rpc: routes.length === 0,
    errors: [],
    services: [],
    at,
    ...others,
    routes: routes.map((route) => {
      const [method = '', path = ''] = route.split(' ')
      return { method, path, at }
    }),
  }
}

/** A model of operations and named types. */
export function model(
  operations: readonly OperationModel[],
  types: { readonly [name: string]: Shape } = {},
  rest: Partial<AppModel> = {},
): AppModel {
  const named = Object.entries(types).map(([name, shape]): [string, NamedType] => {
    return [name, { name, shape, recursive: false, module: 'shared' }]
  })
  return {
    operations,
    channels: [],
    types: new Map(named),
    sessionServices: [],
    security: [{ from: 'bearer' }],
    ...rest,
  }
}

const text: Shape = { kind: 'string' }
const id: Shape = { kind: 'string', format: 'uuid', description: 'The id of the todo.' }
const page: Property = required('limit', { kind: 'number', integer: true, minimum: 1, maximum: 100, default: 20 })

/** An app with something of everything that a document tells. */
export const todos: AppModel = model(
  [
    operation('todos.create', {
      rpc: true,
      routes: ['POST /todos', 'PUT /todos/:id'],
      description: "Adds a todo to the signed-in user's list. It goes to the end.\n\nThe list may be full.",
      input: object(
        required('id', id),
        required('title', { ...text, minLength: 1, maxLength: 200 }),
        optional('due', { kind: 'date' }),
      ),
      output: ref('Todo'),
      errors: [
        {
          code: 'LIST_FULL',
          status: 409,
          detail: 'The list is full.',
          data: object(required('limit', { kind: 'number' })),
        },
        { code: 'TITLE_TAKEN', status: 409 },
        { code: 'NO_CLEAN_TITLE', status: 400, data: ref('Todo') },
      ],
    }),
    operation('todos.list', {
      rpc: true,
      routes: ['GET /todos'],
      input: object(
        optional('search', text),
        optional('done', { kind: 'boolean' }),
        optional('tags', { kind: 'array', items: text, maxItems: 10, description: 'All of these.' }),
        optional('before', { kind: 'date', deprecated: 'Use `cursor`.' }),
        page,
      ),
      output: ref('PageOfTodo'),
    }),
    operation('todos.get', {
      auth: false,
      routes: ['GET /todos/:id'],
      input: object(required('id', id)),
      output: { kind: 'union', members: [ref('Todo'), { kind: 'undefined' }] },
      errors: [{ code: 'NOT_FOUND', status: 404, data: object(required('id', text)) }],
    }),
    operation('todos.watch', {
      kind: 'stream',
      routes: ['GET /todos/changes'],
      description: 'Every change to the list, as it happens.',
      output: ref('Change'),
    }),
    operation('todos.remove', {
      routes: ['DELETE /todos/:id'],
      input: object(required('id', id)),
      deprecated: 'Archive instead.',
    }),
    operation('account.settings', { input: ref('Settings'), output: ref('Settings') }),
    operation('account.signOut', { auth: false }),
  ],
  {
    Todo: {
      kind: 'object',
      description: 'Something to do.',
      properties: [
        required('id', id),
        required('title', { ...text, minLength: 1, maxLength: 200, examples: ['Milk'] }),
        optional('due', { kind: 'date' }),
        required('done', { kind: 'boolean' }),
        required('priority', {
          kind: 'union',
          members: [{ kind: 'literal', value: 'low' }, { kind: 'literal', value: 'high' }, { kind: 'null' }],
        }),
        required('parts', { kind: 'array', items: ref('Todo') }),
      ],
    },
    PageOfTodo: object(
      required('items', { kind: 'array', items: ref('Todo') }),
      optional('next', text),
      required('total', { kind: 'bigint' }),
    ),
    Change: {
      kind: 'union',
      members: [
        object(required('type', { kind: 'literal', value: 'added' }), required('todo', ref('Todo'))),
        object(required('type', { kind: 'literal', value: 'removed' }), required('id', text)),
      ],
    },
    Settings: object(
      required('theme', {
        kind: 'union',
        members: [
          { kind: 'literal', value: 'light' },
          { kind: 'literal', value: 'dark' },
        ],
        default: 'light',
      }),
      required('labels', { kind: 'map', key: text, value: text }),
      required('shares', { kind: 'map', key: { kind: 'number' }, value: { kind: 'url' } }),
      required('days', { kind: 'set', items: { kind: 'number', integer: true } }),
      required('avatar', { kind: 'union', members: [{ kind: 'bytes' }, { kind: 'null' }] }),
      required('home', { kind: 'tuple', items: [{ shape: { kind: 'number' } }, { shape: { kind: 'number' } }] }),
      required('code', { kind: 'template', texts: ['user_', ''], holes: [{ kind: 'number' }] }),
      required('counts', { kind: 'record', key: text, value: { kind: 'number' } }),
      optional('extra', { kind: 'unknown' }),
    ),
  },
  { security: [{ from: 'bearer' }, { from: 'cookie', name: 'session' }] },
)
