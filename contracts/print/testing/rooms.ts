import type { AppModel } from '../../model.ts'
import { array, channel, date, literal, model, object, operation, ref, string } from './model.ts'

const params = object({ room: { kind: 'string', minLength: 1 } })
const full = { code: 'ROOM_FULL', status: 409, data: object({ free: date }) }

/** An app with channels. */
export const rooms: AppModel = {
  ...model(
    [
      operation('rooms.list', { output: array(string) }),
      operation('rooms.changes', { kind: 'stream', input: object({}), output: ref('Message') }),
    ],
    {
      Message: object({ id: { kind: 'bigint' }, text: string, at: date }),
    },
  ),
  channels: [
    channel('rooms.room', '/rooms/:room', {
      description: 'A room, where people talk.',
      connect: operation('rooms.room.connect', {
        exportName: 'roomConnect',
        rpc: false,
        input: params,
        permissions: ['isMember'],
        errors: [full],
        services: ['hub'],
      }),
      disconnect: operation('rooms.room.disconnect', {
        exportName: 'roomConnect',
        rpc: false,
        input: params,
        services: ['hub'],
      }),
      messages: {
        say: {
          description: 'Says something in the room.',
          input: object({ text: string }),
          output: ref('Message'),
          services: ['db', 'hub'],
        },
        clear: { input: object({ 'before?': { kind: 'bigint' } }), idempotencyKey: 'needed', permissions: ['isAdmin'] },
        show: {
          input: object({ picture: { kind: 'file' }, 'more?': array({ kind: 'blob' }), at: object({ x: date }) }),
          errors: [{ ...full, code: 'TOO_MANY', status: 400 }],
        },
        typing: { deprecated: 'Nobody looks at it.' },
      },
      events: {
        posted: { output: ref('Message'), description: 'Somebody said something.' },
        present: { output: { ...array(string), description: 'Who is there.' }, description: 'Who is there.' },
        'user:left': { output: object({ user: string }), deprecated: true },
        cleared: {},
      },
    }),
    channel('rooms.lobby', '/lobby', { auth: false, messages: { hello: { output: literal('hello') } } }),
  ],
  security: [{ from: 'bearer' }],
}
