import type { HttpAnswer } from './endpoint.ts'

/** Which origins are believed: those listed, or those for which it says so. */
export type Origins = readonly string[] | ((origin: string) => boolean)

/** What pages of other origins may do besides (Fetch Standard, section 3.2). */
export interface CorsOptions {
  /**
   * Origins whose pages may call without the user's cookies, beside those that may with them: `'*'` for every one.
   * Default: none.
   */
  readonly origins?: '*' | Origins
  /** Methods that may be asked with. Default: GET, HEAD, POST, PUT, PATCH and DELETE. */
  readonly methods?: readonly string[]
  /** Headers that may be sent. Default: whichever the page asks for. */
  readonly headers?: readonly string[]
  /** Headers that pages may read, beside those that answers of Pikku have. Default: none. */
  readonly exposeHeaders?: readonly string[]
  /** Seconds for which a browser need not ask again. Default: as browsers have it, 5. */
  readonly maxAge?: number
}

type Headers = HttpAnswer['headers']

/** Those that a client needs and browsers keep to themselves. */
const ownHeaders = [
  'x-request-id',
  'retry-after',
  'www-authenticate',
  'ratelimit',
  'ratelimit-policy',
  'idempotency-replayed',
  'x-heartbeat',
]

/** Tells browsers which pages of other origins may read answers: alike on every road that an answer takes. */
export class Cors {
  readonly #trusts: (origin: string) => boolean
  readonly #admits: (origin: string) => boolean
  readonly #isOpen: boolean
  readonly #exposed: string
  readonly #methods: string
  readonly #allowed: string | undefined
  readonly #maxAge: number | undefined
  /** For callers who are no page. */
  readonly #plain: Headers

  /** @param trusted origins whose pages may call with the user's cookies. */
  constructor(trusted: Origins, options: CorsOptions = {}) {
    const { origins = [], methods = defaultMethods, headers, exposeHeaders = [], maxAge } = options
    this.#trusts = toTest(trusted)
    this.#isOpen = origins === '*'
    this.#admits = origins === '*' ? () => true : toTest(origins)
    this.#exposed = [...ownHeaders, ...exposeHeaders].join(', ')
    this.#methods = methods.join(', ')
    this.#allowed = headers?.join(', ')
    this.#maxAge = maxAge
    const isAlike = isEmpty(trusted) && (origins === '*' || isEmpty(origins))
    this.#plain = isAlike ? [] : [['vary', 'origin']]
  }

  /** What an answer to a page of this origin has besides, or to a caller who is no page. */
  headersFor(origin: string | undefined): Headers {
    const allowed = this.#allows(origin)
    return allowed.length === 0
      ? this.#plain
      : [...this.#plain, ...allowed, ['access-control-expose-headers', this.#exposed]]
  }

  /** The answer to a page that asks whether it may call; `undefined` when nobody asks. */
  preflight(header: (name: string) => string | undefined): Headers | undefined {
    if (header('access-control-request-method') === undefined) return undefined
    const allowed = this.#allows(header('origin'))
    const vary: Headers = [['vary', 'origin, access-control-request-headers']]
    if (allowed.length === 0) return vary
    const headers = this.#allowed ?? header('access-control-request-headers')
    return [
      ...vary,
      ...allowed,
      ['access-control-allow-methods', this.#methods],
      ...(headers ? [['access-control-allow-headers', headers] as const] : []),
      ...(this.#maxAge === undefined ? [] : [['access-control-max-age', String(this.#maxAge)] as const]),
    ]
  }

  /** Only whom the app names may call with cookies; what is open to all is so without them. */
  #allows(origin: string | undefined): Headers {
    if (origin === undefined) return []
    if (this.#trusts(origin)) {
      return [
        ['access-control-allow-origin', origin],
        ['access-control-allow-credentials', 'true'],
      ]
    }
    return this.#admits(origin) ? [['access-control-allow-origin', this.#isOpen ? '*' : origin]] : []
  }
}

function isEmpty(origins: Origins): boolean {
  return typeof origins !== 'function' && origins.length === 0
}

const defaultMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Whether an origin is one of these.
 *
 * @throws TypeError when one of the list is no origin, and so would never be that of a page.
 */
export function toTest(origins: Origins): (origin: string) => boolean {
  // Documents without an origin, of which anybody can make one, all say `null`.
  if (typeof origins === 'function') return (origin) => origin !== 'null' && origins(origin)
  for (const origin of origins) {
    if (!/^[a-z][a-z\d+.-]*:\/\/[^/*?#\s]+$/.test(origin))
      throw new TypeError(`${JSON.stringify(origin)} is no origin: write \`https://app.example.com\`, without a path.`)
  }
  const known = new Set(origins)
  return (origin) => known.has(origin)
}
