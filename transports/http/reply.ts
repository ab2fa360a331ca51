import { serialize } from 'hono/utils/cookie'
import type { Cookie, Reply } from '../../core/index.ts'

/** What a handler adds to its answer; nothing is made for handlers that add nothing. */
export class HttpReply implements Reply {
  status: number | undefined
  #headers: Headers | undefined
  #cookies: Cookie[] | undefined

  get headers(): Headers {
    this.#headers ??= new Headers()
    return this.#headers
  }

  get cookies(): Cookie[] {
    this.#cookies ??= []
    return this.#cookies
  }

  /** What the handler set a header to. */
  given(name: string): string | undefined {
    return this.#headers?.get(name) ?? undefined
  }

  /** Adds what was collected to an answer. One that sets a cookie is for its caller alone, so no cache may keep it. */
  apply(add: (name: string, value: string) => void): void {
    const cookies = this.#cookies ?? []
    for (const [name, value] of this.#headers ?? []) {
      if (cookies.length === 0 || name !== 'cache-control') add(name, value)
    }
    for (const { name, value, ...attributes } of cookies) add('set-cookie', serialize(name, value, attributes))
    if (cookies.length > 0) add('cache-control', 'no-store')
  }
}
