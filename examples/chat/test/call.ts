import { type Call, type ChannelCall, type Cookie, consoleLog } from 'pikku'
import type { Session } from '../src/session.ts'

/** A call as a transport would make it. */
export function callOf<S extends Session | undefined>(session: S) {
  const reply = { status: undefined, headers: new Headers(), cookies: [] as Cookie[] }
  const { signal } = new AbortController()
  const request = new Request('http://localhost/')
  return { session, signal, id: 'test', operation: 'test', log: consoleLog, request, reply } satisfies Call<S>
}

/** A call by somebody through the channel of a room, which goes nowhere. */
export function callIn(room: string, name: string) {
  const call = callOf({ name })
  const { signal } = call
  const quiet = { send: async () => {}, join: async () => {}, follow() {}, close() {} }
  return { ...call, channel: { id: 'test', params: { room }, signal, ...quiet } } satisfies ChannelCall<
    Session,
    { room: string }
  >
}
