import { type Hub, pikku } from 'pikku'
import type { KeptLines } from './kept-lines.ts'

export interface Services {
  /** What the functions remember, so that a later call can tell what an earlier one did. */
  notes: Map<string, string>
  /** What the server logged. */
  lines: KeptLines
  hub: Hub
}
export interface Session {
  user: string
}
export const { func, channel, app, permission, route, session } = pikku<Services, Session>()
