import type { Operation, RouteContract } from '../../core/index.ts'
import { checkLength } from './bytes.ts'
import { parseJson } from './json.ts'
import { readParameters } from './parameters.ts'
import { hasBody, type InputSource, unsupported } from './source.ts'

/** The wire input of an operation, which was called by a route or, without one, by its name. */
export function readInput(
  source: InputSource,
  { contract: { body }, maxBody }: Operation,
  route: RouteContract | undefined,
): Promise<unknown> {
  if (body) {
    const own = 'parameters' in body ? body.parameters : undefined
    const parameters = route?.parameters ?? own ?? []
    return import('./body.ts').then(({ readContent }) => readContent(source, body, parameters, maxBody))
  }
  return route ? readRouteInput(source, route, maxBody) : readBody(source, maxBody)
}

/** The wire input of a route: its parameters, and the rest from the JSON body unless it is a GET or a DELETE. */
async function readRouteInput(
  source: InputSource,
  { method, parameters }: RouteContract,
  maxBody: number,
): Promise<unknown> {
  const fromBody = method !== 'GET' && method !== 'DELETE' ? await readBody(source, maxBody) : {}
  if (typeof fromBody !== 'object' || fromBody === null || Array.isArray(fromBody)) return fromBody
  return { ...fromBody, ...readParameters(source, parameters) }
}

/**
 * The JSON body of a request; `{}` when it has none. Its type and its size are checked before it is read.
 *
 * A request without a body needs no content type, so browsers send it across sites without asking;
 * `credentialOf` refuses the session cookies of such a request by its origin.
 */
async function readBody(source: InputSource, maxBody: number): Promise<unknown> {
  const type = source.header('content-type')
  if (type === undefined && !hasBody(source)) return {}
  if (!type || !isJson(type)) throw unsupported(type, ['application/json'])
  checkLength(source.header('content-length'), maxBody)
  return parseJson(await source.bytes(maxBody))
}

function isJson(type: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(type)
}
