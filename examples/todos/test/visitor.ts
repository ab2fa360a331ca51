import { createClient } from '../contracts/client.ts'

/** What takes a request to the server: `fetch`, or what stands around it. */
export type Send = (target: string, init?: RequestInit) => Promise<Response>

/** Somebody at the API, with a client and the cookie it was given. */
export interface Visitor {
  readonly api: ReturnType<typeof createClient>
  /** The last `set-cookie` header. */
  readonly cookie: () => string
  /** A plain request with this visitor's cookie. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

/** Makes a visitor whose cookies are kept as a browser would keep them. */
export function createVisitor(url: string, through: Send = fetch): Visitor {
  let cookie = ''
  const send = async (target: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    if (cookie) headers.set('cookie', cookie.split(';')[0] ?? '')
    const response = await through(target, { ...init, headers })
    cookie = response.headers.getSetCookie()[0] ?? cookie
    return response
  }
  return {
    api: createClient(url, { fetch: send }),
    cookie: () => cookie,
    fetch: (path, init) => send(url + path, init),
  }
}

/** Makes a visitor who has signed up. */
export async function signUp(url: string, name: string, through?: Send): Promise<Visitor & { readonly list: string }> {
  const visitor = createVisitor(url, through)
  await visitor.api.account.signUp({ name, email: `${crypto.randomUUID()}@example.com`, password: 'correct horse' })
  const [first] = await visitor.api.lists.list()
  if (!first) throw new Error('A sign-up makes a first list.')
  return { ...visitor, list: first.id }
}
