import * as account from './functions/account.ts'
import * as files from './functions/files.ts'
import * as messages from './functions/messages.ts'
import * as rooms from './functions/rooms.ts'
import { app } from './pikku.ts'
import { cookie } from './session.ts'

/** Everything that can be reached from outside. */
export default app({
  session: cookie,
  rpc: {
    account,
    files,
    messages,
    rooms: { list: rooms.list, create: rooms.create },
  },
  http: {
    'GET /files/:id': files.download,
  },
  channels: {
    '/rooms': rooms.lobby,
    '/rooms/:room': rooms.room,
  },
})
