import { pikku } from 'pikku'
import type { Services } from './services.ts'
import type { Session } from './session.ts'

/** Pikku's makers, bound to this app's services and session. */
export const { func, channel, app, services } = pikku<Services, Session>()
