// A Worker of Cloudflare, and a Durable Object, which call out while they answer. The address is the query.
import { createClient } from '../../../transports/testing/conformance/contracts/client.ts'
import { socket } from '../../fetch.ts'
import { run } from './run.ts'

/** Runs the suite, or asks by a client that is kept from one request to the next. */
class Caller {
  #kept: ReturnType<typeof createClient> | undefined

  async fetch(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url)
    const app = decodeURIComponent(search.slice(1))
    if (pathname !== '/kept') return new Response(`${await run(app)}`)
    this.#kept ??= createClient(app, { over: socket })
    const answer = await this.#kept.notes
      .echo({ text: 'kept' })
      .catch((error: { code: string }) => ({ text: error.code }))
    return new Response(answer.text)
  }
}

export class App extends Caller {}

const inWorker = new Caller()

interface Objects {
  idFromName(name: string): unknown
  get(id: unknown): { fetch(request: Request): Promise<Response> }
}

export default {
  fetch(request: Request, { APP }: { APP?: Objects }): Promise<Response> {
    return (APP?.get(APP.idFromName('one')) ?? inWorker).fetch(request)
  },
}
