import type { PikkuHono } from './hono.ts'
import { parseSetCookie, type SetCookie } from './http/set-cookie.ts'

type RouteHandler = (request: Request) => Response | Promise<Response>

/** What a route file of Next.js exports. */
export type RouteHandlers = Record<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', RouteHandler>

/**
 * An app as the handlers of a route of Next.js, `app/api/[[...route]]/route.ts`. The app's `basePath` is where that
 * folder stands: `/api`.
 *
 * ```ts
 * export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toRouteHandlers(hono)
 * ```
 */
export function toRouteHandlers(hono: PikkuHono): RouteHandlers {
  const handler: RouteHandler = (request) => hono.fetch(asAsked(request))
  return { GET: handler, HEAD: handler, POST: handler, PUT: handler, PATCH: handler, DELETE: handler, OPTIONS: handler }
}

/**
 * Next.js names the host that it listens on, whatever the caller asked for: cookies and origins go by the latter. And it
 * takes `content-encoding` off an answer, of which compressed ones would be broken: none is asked for.
 */
function asAsked(request: Request): Request {
  const url = new URL(request.url)
  const host = request.headers.get('host')
  if (host && host !== url.host) {
    url.host = host
    if (!/:\d+$/.test(host)) url.port = ''
  }
  const asked = new Request(url, request)
  asked.headers.delete('accept-encoding')
  return asked
}

/** What of `next/headers` a caller needs, by its shape. */
export interface NextHeaders {
  headers(): Promise<Iterable<[string, string]>>
  cookies(): Promise<NextCookies>
}

interface NextCookies {
  getAll(): { name: string; value: string }[]
  set(name: string, value: string, attributes: Omit<SetCookie, 'name' | 'value'>): unknown
}

/** The `createClient` of an app's contracts, as far as it is needed here. */
type CreateClient<Api> = (baseUrl: string, options: LocalClient) => Api
interface LocalClient {
  headers(): Promise<Headers>
  fetch(url: string, init: RequestInit): Promise<Response>
}

/**
 * The client of an app that calls it in this process, as the request that Next.js is answering: with its session, and
 * without HTTP. It is for server components, server actions and route handlers. Cookies that a function sets reach the
 * browser from actions and route handlers; a server component cannot send any.
 *
 * ```ts
 * import { cookies, headers } from 'next/headers'
 * export const api = createCaller(createClient, hono, { cookies, headers })
 * ```
 */
export function createCaller<Api>(createClient: CreateClient<Api>, hono: PikkuHono, next: NextHeaders): Api {
  const { basePath, runtime } = hono.operations
  return createClient(basePath, {
    headers: async () => callerHeaders(await next.headers(), await next.cookies()),
    fetch: async (path, init) => {
      const host = new Headers(init.headers).get('host') ?? 'localhost'
      const response = await hono.fetch(new Request(`http://${host}${path}`, init))
      for (const header of response.headers.getSetCookie()) {
        const { name, value, ...attributes } = parseSetCookie(header)
        try {
          const cookies = await next.cookies()
          cookies.set(name, value, attributes)
        } catch (error) {
          runtime.log.warn({ error, cookie: name }, 'a cookie was not set: server components of Next.js send none')
        }
      }
      return response
    },
  })
}

/** The headers that say who calls. Those that tell of the page's own request and its body do not count for the call. */
function callerHeaders(given: Iterable<[string, string]>, cookies: NextCookies): Headers {
  const headers = new Headers()
  for (const [name, value] of given) if (!ofPage.test(name)) headers.append(name, value)
  // Cookies that were set since the request came are among these.
  const all = cookies.getAll().map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
  if (all.length > 0) headers.set('cookie', all.join('; '))
  return headers
}

/** `origin` and `sec-fetch-site` too: who may submit an action is for Next.js to check, and it is the page that calls. */
const ofPage =
  /^(?:accept|accept-encoding|connection|content-.*|cookie|expect|idempotency-key|if-.*|keep-alive|last-event-id|next-.*|origin|range|rsc|sec-.*|te|trailer|transfer-encoding|upgrade)$/i
