import type { Call, Cookie } from '../../../core/index.ts'
import { cookieNameOn } from '../../../core/index.ts'

/** A call by HTTP as a session source sees it, with the cookies it sets and the lines it logs. */
export function callBy(url = 'https://notes.test/') {
  const lines: string[] = []
  const keep = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`)
  const cookies: Cookie[] = []
  const { signal } = new AbortController()
  const call: Call<unknown> = {
    session: undefined,
    signal,
    id: 'test',
    operation: 'notes.test',
    log: { debug: keep, info: keep, warn: keep, error: keep },
    request: new Request(url),
    reply: { status: undefined, headers: new Headers(), cookies },
  }
  const cookie = (name: string) => cookies.find((one) => one.name === cookieNameOn(url, name))
  return { call, lines, cookies, cookie }
}
