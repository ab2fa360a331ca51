import type { AppModel } from '../../model.ts'
import { array, boolean, date, literal, model, object, operation, ref, route, string, union } from './model.ts'

const id = { kind: 'string', format: 'uuid' } as const
const title = { kind: 'string', minLength: 1, maxLength: 200, description: 'What is to be done.' } as const
const notFound = { code: 'NOT_FOUND', status: 404, detail: 'There is no such todo.', data: object({ id: string }) }

/** An app of the usual kind. */
export const todos: AppModel = {
  ...model(
    [
      operation('todos.create', {
        description: "Adds a todo to the signed-in user's list.",
        input: object({ title, 'due?': date }),
        output: ref('Todo'),
        services: ['db'],
        routes: [route('POST', '/todos')],
      }),
      operation('todos.get', {
        auth: false,
        input: object({ id }),
        output: ref('Todo'),
        errors: [notFound],
        services: ['db'],
        routes: [route('GET', '/todos/:id')],
      }),
      operation('todos.list', {
        input: object({
          'done?': boolean,
          'tags?': array(string),
          limit: { kind: 'number', integer: true, minimum: 1, maximum: 100, default: 20 },
          'sort?': union(literal('due'), literal('title')),
        }),
        output: ref('PageOfTodo'),
        routes: [route('GET', '/todos')],
      }),
      operation('todos.watch', {
        description: 'Every change to the list, as it happens.',
        kind: 'stream',
        input: object({}),
        output: ref('Change'),
        routes: [route('GET', '/todos/changes')],
      }),
      operation('todos.purge', { services: '*', deprecated: 'It runs by itself now.' }),
      operation('lists.due', { output: array(ref('Todo')) }),
    ],
    {
      Todo: { ...object({ id, title, 'due?': date, done: boolean }), description: 'Something to do.' },
      PageOfTodo: object({ items: array(ref('Todo')), next: union(string, { kind: 'null' }) }),
      Change: union(
        object({ type: literal('created'), todo: ref('Todo') }),
        object({ type: literal('removed'), id, at: date }),
      ),
    },
  ),
  security: [{ from: 'cookie', name: 'session' }],
}
