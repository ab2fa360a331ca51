// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import type { Contracts } from 'pikku/wire'

/** Every operation of this app. Hand it to `serve` or `createHono`. */
export const contracts: Contracts = {
  version: 1,
  session: [],
  operations: [
    {
      name: 'todos.create',
      kind: 'call',
      auth: true,
      rpc: true,
      routes: [{ method: 'POST', path: '/todos', parameters: [] }],
      errors: [],
      services: ['db'],
      load: () => import('./todos.ts').then((m) => ({ input: m.CreateInput, output: m.CreateOutput })),
    },
    {
      name: 'todos.get',
      kind: 'call',
      auth: false,
      rpc: true,
      routes: [{ method: 'GET', path: '/todos/:id', parameters: [{ name: 'id', in: 'path', type: 'string' }] }],
      errors: [{ code: 'NOT_FOUND', status: 404 }],
      services: ['db'],
      load: () =>
        import('./todos.ts').then((m) => ({
          input: m.GetInput,
          output: m.GetOutput,
          errors: { NOT_FOUND: m.NotFoundData },
        })),
    },
    {
      name: 'todos.list',
      kind: 'call',
      auth: true,
      rpc: true,
      routes: [
        {
          method: 'GET',
          path: '/todos',
          parameters: [
            { name: 'done', in: 'query', type: 'boolean' },
            { name: 'tags', in: 'query', type: 'string', many: true },
            { name: 'limit', in: 'query', type: 'number' },
            { name: 'sort', in: 'query', type: 'string' },
          ],
        },
      ],
      errors: [],
      services: [],
      load: () => import('./todos.ts').then((m) => ({ input: m.ListInput, output: m.ListOutput })),
    },
    {
      name: 'todos.watch',
      kind: 'stream',
      auth: true,
      rpc: true,
      routes: [{ method: 'GET', path: '/todos/changes', parameters: [] }],
      errors: [],
      services: [],
      load: () => import('./todos.ts').then((m) => ({ input: m.WatchInput, output: m.WatchOutput })),
    },
    {
      name: 'todos.purge',
      kind: 'call',
      auth: true,
      rpc: true,
      routes: [],
      errors: [],
      services: '*',
      load: async () => ({}),
    },
    {
      name: 'lists.due',
      kind: 'call',
      auth: true,
      rpc: true,
      routes: [],
      errors: [],
      services: [],
      load: () => import('./lists.ts').then((m) => ({ output: m.DueOutput })),
    },
  ],
  openapi: () => new URL('./openapi.json', import.meta.url),
}
