import { type BodyContract, type Parameter, PikkuError } from '../../core/index.ts'
import { checkLength } from './bytes.ts'
import { fileNameOf } from './file-name.ts'
import { parseJson } from './json.ts'
import { isOneOf, type MediaType, parseMediaType } from './media-type.ts'
import { readParameters } from './parameters.ts'
import { hasBody, type InputSource, unsupported } from './source.ts'

/**
 * The wire input of an operation whose contract has a body of its own kind: a form, or one value with parameters
 * beside it. Of what is read as it arrives nothing is held: its reader sets the pace.
 */
export async function readContent(
  source: InputSource,
  body: BodyContract,
  parameters: readonly Parameter[],
  maxBody: number,
): Promise<unknown> {
  const given = source.header('content-type')
  const media = parseMediaType(given ?? '')
  const isAbsent = given === undefined && !hasBody(source)
  if (!isAbsent && !isOneOf(media.type, body.types)) throw unsupported(given, body.types)
  checkLength(source.header('content-length'), maxBody)
  if (body.kind === 'form') {
    const fields = await readFields(source, body, media, maxBody)
    return isRecord(fields) ? { ...fields, ...readParameters(source, parameters) } : fields
  }
  const value = isAbsent && body.property !== undefined ? undefined : await readValue(source, body.kind, media, maxBody)
  if (body.property === undefined) return value
  return { ...readParameters(source, parameters), ...(value === undefined ? {} : { [body.property]: value }) }
}

/** Where a form may come as JSON too, that is read like any other. */
async function readFields(
  source: InputSource,
  body: BodyContract & { kind: 'form' },
  media: MediaType,
  maxBody: number,
): Promise<unknown> {
  if (media.type === 'application/json') return parseJson(await source.bytes(maxBody))
  const { readForm } = await import('./form.ts')
  return readForm(source, body.fields, media, maxBody)
}

async function readValue(
  source: InputSource,
  kind: Exclude<BodyContract['kind'], 'form'>,
  { type, parameters }: MediaType,
  maxBody: number,
): Promise<unknown> {
  if (kind === 'stream') return source.stream(maxBody)
  const bytes = await source.bytes(maxBody)
  if (kind === 'text') return toText(bytes, parameters.get('charset'))
  if (kind === 'blob') return new Blob([bytes], { type })
  if (kind === 'bytes') return bytes
  const disposition = parseMediaType(source.header('content-disposition') ?? '')
  return new File([bytes], fileNameOf(disposition.parameters) ?? 'file', { type })
}

function toText(bytes: Uint8Array, charset = 'utf-8'): string {
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(charset, { fatal: true })
  } catch {
    throw new PikkuError('UNSUPPORTED_MEDIA_TYPE', { detail: 'The charset of the body is not known here; use UTF-8.' })
  }
  try {
    return decoder.decode(bytes)
  } catch {
    throw new PikkuError('BAD_REQUEST', { detail: 'The body is not text of the charset that it names, UTF-8 if none.' })
  }
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
