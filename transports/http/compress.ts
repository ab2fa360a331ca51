import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/utils/compress'
import { preferred } from './accept.ts'
import type { HttpAnswer } from './endpoint.ts'

/** Shorter answers grow, or gain less than the work costs. */
const minLength = 1_024

/**
 * The answer in the coding that its caller takes, where its type is one that compression shortens. Streams stay as
 * they are, since what waits to be compressed does not arrive; so does a part of a file.
 */
export async function compress(answer: HttpAnswer, acceptEncoding: string | undefined): Promise<HttpAnswer> {
  const { status, headers, body } = answer
  if (body === null || body instanceof ReadableStream || status === 206) return answer
  const length = typeof body === 'string' ? body.length : body instanceof Blob ? body.size : body.byteLength
  const header = (name: string) => headers.find(([known]) => known === name)?.[1]
  const isFit =
    length >= minLength &&
    COMPRESSIBLE_CONTENT_TYPE_REGEX.test(header('content-type') ?? '') &&
    header('content-encoding') === undefined &&
    !header('cache-control')?.includes('no-transform')
  if (!isFit) return answer
  const coding = preferred(acceptEncoding ?? '', codings)
  const varying: HttpAnswer['headers'] = [...headers, ['vary', 'accept-encoding']]
  if (!coding) return { status, headers: varying, body }
  return {
    status,
    headers: [...varying.flatMap(([name, value]) => encodedHeader(name, value)), ['content-encoding', coding]],
    body: await encode(body, coding),
  }
}

/** The bytes are others, so their length is, and a tag that stood for the bytes stands for what they mean. */
function encodedHeader(name: string, value: string): HttpAnswer['headers'] {
  if (name === 'content-length' || name === 'accept-ranges') return []
  return [[name, name === 'etag' && !value.startsWith('W/') ? `W/${value}` : value]]
}

type Coding = 'br' | 'gzip'

/** Node's own compression, where there is one: it works beside the calls, and knows Brotli. */
const zlib = globalThis.process?.getBuiltinModule?.('node:zlib')

/** The codings that can be made here, the better one first. */
const codings: readonly Coding[] = zlib ? ['br', 'gzip'] : ['gzip']

function encode(body: string | Uint8Array<ArrayBuffer> | Blob, coding: Coding): Promise<Uint8Array<ArrayBuffer>> {
  if (!zlib || body instanceof Blob) return encodeStream(new Blob([body]).stream(), coding)
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>()
  const done = (error: Error | null, bytes: NonSharedBuffer) => (error ? reject(error) : resolve(bytes))
  if (coding === 'gzip') zlib.gzip(body, done)
  else zlib.brotliCompress(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }, done)
  return promise
}

async function encodeStream(bytes: ReadableStream<Uint8Array<ArrayBuffer>>, coding: Coding) {
  const encoded = bytes.pipeThrough(new CompressionStream(coding as 'gzip'))
  return new Uint8Array(await new Response(encoded).arrayBuffer())
}
