import type { Database } from './database/index.ts'
import type { Change } from './functions/todos.ts'
import { Hub } from './hub.ts'
import { services } from './pikku.ts'

/** What functions of this app can ask for in their first parameter. */
export interface Services {
  db: Database
  /** What changed, by the id of the user whom it concerns. */
  hub: Hub<Change>
}

/** How they are made: each once, when a call first needs it. They are disposed when the server stops. */
export function createServices(db: Database) {
  return services({
    db: () => db,
    hub: () => new Hub(),
  })
}
