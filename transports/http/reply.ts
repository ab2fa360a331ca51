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

  /** Adds what was collected to an answer. */
  apply(add: (name: string, value: string) => void): void {
    for (const [name, value] of this.#headers ?? []) add(name, value)
    for (const { name, value, ...attributes } of this.#cookies ?? [])
      add('set-cookie', serialize(name, value, attributes))
  }
}
