import * as access from './functions/access.ts'
import * as failures from './functions/failures.ts'
import * as notes from './functions/notes.ts'
import * as probe from './functions/probe.ts'
import * as streams from './functions/streams.ts'
import { app } from './pikku.ts'
import { bearer, box, cookie, keys, tokens } from './session.ts'

export default app({
  rpc: { access, notes, failures, streams, probe },
  http: {
    'GET /notes/:id': notes.get,
    'PUT /notes/:id': notes.put,
    'GET /notes/find': notes.find,
    'GET /notes/tagged': notes.tagged,
    'GET /ticks/:upTo': streams.ticks,
    'GET /counting': streams.counting,
  },
  session: [bearer, tokens, keys, cookie, box],
})
