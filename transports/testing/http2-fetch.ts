import { connect, constants } from 'node:http2'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'

/** `fetch` over HTTP/2, as browsers do it: one connection for each server, and each answer on a stream of its own. */
export function openHttp2(url: string, ca: string) {
  const session = connect(url, { ca })
  session.on('error', () => {})
  const fetch = async (input: string, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(input, init)
    const { pathname, search } = new URL(request.url)
    const stream = session.request(
      { ':method': request.method, ':path': pathname + search, ...Object.fromEntries(request.headers) },
      { endStream: request.body === null },
    )
    const leave = () => stream.close(constants.NGHTTP2_CANCEL)
    request.signal.addEventListener('abort', leave)
    return new Promise((resolve, reject) => {
      stream.on('error', reject)
      stream.once('close', () => reject(new TypeError('The stream was closed before it was answered.')))
      stream.once('response', ({ ':status': status = 0, ...fields }) => {
        const headers = Object.entries(fields).flatMap(([name, value = []]) =>
          name.startsWith(':') ? [] : [value].flat().map((each): [string, string] => [name, each]),
        )
        const isEmpty = [204, 304].includes(status) || request.method === 'HEAD'
        if (isEmpty) stream.resume()
        const body = isEmpty ? null : (Readable.toWeb(stream) as globalThis.ReadableStream<Uint8Array>)
        resolve(new Response(body, { status, headers }))
      })
      // What is refused is sent no further: the stream is closed under it.
      if (request.body)
        Readable.fromWeb(request.body as ReadableStream)
          .on('error', () => {})
          .pipe(stream)
    })
  }
  return { fetch, session, close: () => session.close() }
}
