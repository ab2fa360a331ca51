import { invoke } from './invocation.ts'
import type { Operation } from './operation.ts'
import type { ClientOptions } from './options.ts'
import type { Pieces, Read } from './pieces.ts'
import { toQuery } from './request.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * The piece of a client for what is not JSON: it makes the call with a `fetch` around that of the caller, which puts the
 * bytes into the request, and reads the answer itself.
 */
export const files: NonNullable<Pieces['files']> = async function* (
  baseUrl,
  name,
  operation,
  plans,
  input,
  options,
  call,
  read,
) {
  const { b: sent, a: given } = operation
  const { fetch: request = fetch } = options
  let output: unknown
  const own: Read = async (response) => {
    output = await readAnswer(given, response)
    return []
  }
  const around = async (url: string, init: RequestInit): Promise<Response> => {
    const [target, outer] = sent === undefined ? [url, init] : await toBody(url, init, operation, input as Fields)
    return /[sr]/.test(given ?? '') ? requestLasting(request, target, outer, call.signal) : request(target, outer)
  }
  const isPlain = sent === undefined && !given
  const outer = isPlain ? options : { ...options, fetch: around }
  yield* invoke(baseUrl, name, operation, plans, besides(sent, input), outer, call, given ? own : read)
  if (given) yield output
}

/** The call is over once its answer has begun, and its signal with it; the signal of the caller is not. */
async function requestLasting(
  request: NonNullable<ClientOptions['fetch']>,
  url: string,
  init: RequestInit,
  caller: AbortSignal | undefined,
): Promise<Response> {
  const beginning = new AbortController()
  const pass = (): void => beginning.abort(init.signal?.reason)
  init.signal?.addEventListener('abort', pass)
  const signal = AbortSignal.any([beginning.signal, ...(caller ? [caller] : [])])
  const response = await request(url, { ...init, signal })
  // What is no success is read as part of the call.
  if (response.ok) init.signal?.removeEventListener('abort', pass)
  return response
}

/** What of an input is sent beside its bytes. */
function besides(sent: Operation['b'], input: unknown): unknown {
  if (sent === undefined || sent === 'u') return input
  const files = sent === 'p' || sent === 'P' ? ['body'] : sent
  if (files === 'w' || files === 'W') return undefined
  return Object.fromEntries(Object.entries(input as Fields).filter(([name]) => !files.includes(name)))
}

/** Puts the bytes of an input into its request, whose JSON body has the rest of it. */
async function toBody(
  url: string,
  init: RequestInit,
  { b: sent, c: type = 'application/octet-stream' }: Operation,
  input: Fields,
): Promise<[string, RequestInit & { duplex?: 'half' }]> {
  const headers = new Headers(init.headers)
  headers.delete('content-type')
  const rest = new URLSearchParams(toQuery(JSON.parse((init.body as string | null) ?? '{}')))
  if (sent === 'u') return [url, { ...init, headers, body: rest }]
  if (Array.isArray(sent)) return [url, { ...init, headers, body: await toForm(rest, sent, input) }]
  const isWhole = sent === 'w' || sent === 'W'
  const body = (isWhole ? input : input.body) as Blob | ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | string
  if (!(body instanceof Blob && body.type)) headers.set('content-type', type)
  if (body instanceof File && (sent === 'W' || sent === 'P')) {
    headers.set('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(body.name)}`)
  }
  const query = isWhole ? '' : `${rest}`
  const duplex = body instanceof ReadableStream ? ({ duplex: 'half' } as const) : {}
  return [query ? `${url}?${query}` : url, { ...init, headers, body, ...duplex }]
}

/** A form has no room for a stream, so one is read before it is sent; a `Blob` is not. */
async function toForm(fields: URLSearchParams, names: readonly string[], input: Fields): Promise<FormData> {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  for (const name of names) {
    for (const part of [input[name]].flat()) {
      if (part instanceof ReadableStream) form.append(name, await new Response(part).blob())
      else if (part instanceof Blob) form.append(name, part)
    }
  }
  return form
}

async function readAnswer(kind: Operation['a'], response: Response): Promise<unknown> {
  if (kind === 'r') return response
  if (kind === 's') return response.body ?? new Blob().stream()
  if (kind === 't') return response.text()
  if (kind === 'y') return new Uint8Array(await response.arrayBuffer())
  const blob = await response.blob()
  if (kind === 'b') return blob
  const { type } = blob
  return new File([blob], fileName(response.headers.get('content-disposition') ?? ''), { type })
}

/** The name of a file as an answer says it (RFC 6266), in any letters (RFC 8187) where it says so. */
function fileName(disposition: string): string {
  const [, coded] = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition) ?? []
  const [, quoted, plain] = /;\s*filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]+))/i.exec(disposition) ?? []
  try {
    if (coded) return decodeURIComponent(coded)
  } catch {
    // What is coded wrongly is passed over.
  }
  return quoted?.replace(/\\(.)/g, '$1') ?? plain ?? ''
}
