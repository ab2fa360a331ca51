import * as access from './functions/access.ts'
import * as downloads from './functions/downloads.ts'
import * as failures from './functions/failures.ts'
import * as guarded from './functions/guarded.ts'
import * as notes from './functions/notes.ts'
import * as probe from './functions/probe.ts'
import * as rooms from './functions/rooms.ts'
import * as streams from './functions/streams.ts'
import * as uploads from './functions/uploads.ts'
import { app, route } from './pikku.ts'
import { bearer, box, cookie, keys, tokens } from './session.ts'

export default app({
  rpc: { access, notes, failures, streams, probe, uploads, downloads },
  http: {
    'POST /owners/:owner': guarded.open,
    'POST /admin/owners/:owner': route(guarded.open, { permissions: [guarded.isBob] }),
    'GET /notes/:id': notes.get,
    'PUT /notes/:id': notes.put,
    'GET /notes/find': notes.find,
    'GET /notes/tagged': notes.tagged,
    'GET /ticks/:upTo': streams.ticks,
    'GET /counting': streams.counting,
    'GET /counted/:upTo': streams.counted,
    'PUT /uploads/:id': uploads.store,
    'GET /downloads/report/:name': downloads.report,
    'GET /downloads/film': downloads.film,
    'GET /downloads/shown': downloads.shown,
    'GET /downloads/blob/:size': downloads.blob,
    'GET /downloads/bytes': downloads.bytes,
    'GET /downloads/csv/:rows': downloads.csv,
    'GET /downloads/stream/:chunks': downloads.stream,
    'GET /downloads/broken': downloads.broken,
    'GET /downloads/page': downloads.page,
    'GET /downloads/away': downloads.away,
    'GET /downloads/cached/:size': downloads.cached,
    'GET /downloads/long/:size': downloads.long,
  },
  channels: { '/rooms/:room': rooms.room, '/lobby': rooms.lobby },
  session: [bearer, tokens, keys, cookie, box],
})
