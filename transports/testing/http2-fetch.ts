import { type ClientHttp2Stream, connect, constants, type OutgoingHttpHeaders } from 'node:http2'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import { type RequestParts, readableOf } from './conformance/target.ts'

/** Requests over HTTP/2, as browsers make them: one connection for each server, and each answer on a stream of its own. */
export function openHttp2(url: string, ca: string) {
  const session = connect(url, { ca })
  session.on('error', () => {})
  const fetch = (input: string, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(input, init)
    const { pathname, search } = new URL(request.url)
    const headers = { ':method': request.method, ':path': pathname + search, ...Object.fromEntries(request.headers) }
    const stream = session.request(headers, { endStream: request.body === null, waitForTrailers: true })
    // The signal of a request that nobody holds any more does not fire.
    init.signal?.addEventListener('abort', () => stream.close(constants.NGHTTP2_CANCEL))
    // Without them Node would say of a body that is given up that it has ended, before it says that it was given up.
    stream.on('wantTrailers', () => init.signal?.aborted || stream.sendTrailers({}))
    if (request.body) send(stream, Readable.fromWeb(request.body as NodeStream))
    return answerOf(stream, request.method)
  }
  const request = ({ pathname, search }: URL, { method = 'POST', headers, body }: RequestParts): Promise<Response> => {
    const { host, ...others } = headers
    const fields: OutgoingHttpHeaders = { ':method': method, ':path': pathname + search, ...others }
    const stream = session.request(host === undefined ? fields : { ':authority': host, ...fields })
    send(stream, readableOf(body))
    return answerOf(stream, method)
  }
  return { fetch, request, session, close: () => session.destroy() }
}

/** What is refused is sent no further: the stream is closed under it. */
function send(stream: ClientHttp2Stream, body: Readable): void {
  stream.once('close', () => body.destroy())
  body.on('error', () => {}).pipe(stream)
}

function answerOf(stream: ClientHttp2Stream, method: string): Promise<Response> {
  return new Promise((resolve, reject) => {
    stream.on('error', reject)
    stream.once('close', () => reject(new TypeError('The stream was closed before it was answered.')))
    stream.once('response', ({ ':status': status = 0, ...fields }) => {
      const headers = Object.entries(fields).flatMap(([name, value = []]) =>
        name.startsWith(':') ? [] : [value].flat().map((each): [string, string] => [name, each]),
      )
      const isEmpty = [204, 304].includes(status) || method === 'HEAD'
      if (isEmpty) stream.resume()
      const body = isEmpty ? null : decoded(stream, fields['content-encoding'])
      resolve(new Response(body, { status, headers }))
    })
  })
}

/** The body of an answer, out of the coding that it is in, as `fetch` hands it over: it may be whole though what was sent is not. */
function decoded(stream: ClientHttp2Stream, coding: string | undefined): ReadableStream<Uint8Array<ArrayBuffer>> {
  const decoder = coding === 'br' ? createBrotliDecompress() : coding === 'gzip' ? createGunzip() : undefined
  const source = decoder ? stream.pipe(decoder) : stream
  return new ReadableStream(
    {
      start(controller) {
        source.pause().on('data', (chunk: Uint8Array<ArrayBuffer>) => {
          source.pause()
          controller.enqueue(chunk)
        })
        source.once('end', () => controller.close())
        stream.once('close', () => stream.readableEnded || source.destroy(new TypeError('The answer was cut.')))
        for (const part of new Set([stream, source])) part.once('error', (error) => controller.error(error))
      },
      pull: () => void source.resume(),
      cancel: () => stream.close(constants.NGHTTP2_CANCEL),
    },
    { highWaterMark: 0 },
  )
}
