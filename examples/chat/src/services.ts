import type { Hub } from 'pikku'
import type { Database } from './database/index.ts'
import { services } from './pikku.ts'

/** What functions of this app can ask for in their first parameter. */
export interface Services {
  db: Database
  /** Carries what happens in a room to everybody in it, whatever server they are connected to. */
  hub: Hub
}

/** How they are made: each once, when a call first needs it. They are disposed when the server stops. */
export function createServices(db: Database, hub: Hub) {
  return services({ db: () => db, hub: () => hub })
}
