import { type Call, type Cookie, consoleLog } from 'pikku'
import type { Session } from '../src/session.ts'

/** A call as a transport would make it. */
export function callOf<S extends Session | undefined>(session: S) {
  const reply = { status: undefined, headers: new Headers(), cookies: [] as Cookie[] }
  const { signal } = new AbortController()
  const request = new Request('http://localhost/')
  return { session, signal, id: 'test', operation: 'test', log: consoleLog, request, reply } satisfies Call<S>
}
