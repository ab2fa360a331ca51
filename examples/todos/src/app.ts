import * as account from './functions/account.ts'
import * as attachments from './functions/attachments.ts'
import * as lists from './functions/lists.ts'
import * as todos from './functions/todos.ts'
import { app } from './pikku.ts'
import { cookie } from './session.ts'

/** Everything that can be called from outside. The page uses the RPC names; the routes are for everybody else. */
export default app({
  session: cookie,
  rpc: { account, attachments, lists, todos },
  http: {
    'POST /account': account.signUp,
    'GET /session': account.me,
    'POST /session': account.signIn,
    'DELETE /session': account.signOut,

    'GET /lists': lists.list,
    'POST /lists': lists.create,
    'PATCH /lists/:id': lists.rename,
    'DELETE /lists/:id': lists.remove,

    'GET /todos': todos.list,
    'POST /todos': todos.create,
    'GET /todos/stats': todos.stats,
    'GET /todos/changes': todos.watch,
    'GET /todos/:id': todos.get,
    'PATCH /todos/:id': todos.update,
    'DELETE /todos/:id': todos.remove,
    'PUT /todos/:id/done': todos.complete,
    'DELETE /todos/:id/done': todos.reopen,

    'GET /todos/:todo/attachments': attachments.list,
    'POST /todos/:todo/attachments': attachments.add,
    'GET /attachments/:id': attachments.download,
    'DELETE /attachments/:id': attachments.remove,
  },
})
