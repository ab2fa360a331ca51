import { type Parameter, PikkuError, type RouteContract } from '../../core/index.ts'
import { checkLength } from './bytes.ts'
import { parseJson } from './json.ts'

/** The part of a request that an input is read from. */
export interface InputSource {
  header(name: string): string | undefined
  /** A parameter of the path, decoded. */
  param(name: string): string | undefined
  /** Every occurrence of a parameter of the query, decoded. */
  queries(name: string): string[] | undefined
  /** The body; a larger one is refused with `PAYLOAD_TOO_LARGE`. */
  bytes(limit: number): Promise<ArrayBuffer | Uint8Array>
}

/**
 * The wire input of a route: path parameters, and the rest from the query (GET, DELETE) or the JSON body.
 * Texts become numbers and booleans only where the contract has them, and only when they are written as such;
 * what is not is left for the contract to refuse.
 */
export async function readRouteInput(
  source: InputSource,
  { method, parameters }: RouteContract,
  maxBody: number,
): Promise<unknown> {
  const fromBody = method !== 'GET' && method !== 'DELETE' ? await readBody(source, maxBody) : {}
  if (typeof fromBody !== 'object' || fromBody === null || Array.isArray(fromBody)) return fromBody
  const input: Record<string, unknown> = { ...fromBody }
  for (const parameter of parameters) {
    const value = readParameter(source, parameter)
    if (value !== undefined) input[parameter.name] = value
  }
  return input
}

/**
 * The JSON body of a request; `{}` when it has none. Its type and its size are checked before it is read.
 *
 * A request without a body needs no content type, so browsers send it across sites without asking;
 * `credentialOf` refuses the session cookies of such a request by its origin.
 */
export async function readBody(source: InputSource, maxBody: number): Promise<unknown> {
  const type = source.header('content-type')
  if (type === undefined && !hasBody(source)) return {}
  if (!type || !isJson(type)) {
    const given = type ? `This is ${type.slice(0, 100)}` : 'The request names no content type'
    throw new PikkuError('UNSUPPORTED_MEDIA_TYPE', { detail: `${given}; this operation takes application/json.` })
  }
  checkLength(source.header('content-length'), maxBody)
  return parseJson(await source.bytes(maxBody))
}

function hasBody(source: InputSource): boolean {
  const length = source.header('content-length')
  return length === undefined ? source.header('transfer-encoding') !== undefined : length !== '0'
}

function isJson(type: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(type)
}

function readParameter(source: InputSource, { name, in: place, type, many, required }: Parameter): unknown {
  if (place === 'path') return toWire(source.param(name) ?? '', type)
  const texts = source.queries(name)
  if (many) return texts?.map((text) => toWire(text, type)) ?? (required ? [] : undefined)
  if (!texts || texts.length === 0) return undefined
  // A parameter that is given twice is no text, and the contract says so.
  return texts.length === 1 ? toWire(texts[0] as string, type) : texts
}

function toWire(text: string, type: Parameter['type']): unknown {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (type === 'number' && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return Number(text)
  return text
}
