import type { FormField } from '../../core/index.ts'
import { collectBytes, malformed } from './bytes.ts'
import type { MediaType } from './media-type.ts'
import { decodeText, MultipartReader, type Part } from './multipart.ts'
import type { InputSource } from './source.ts'
import { readField } from './text-field.ts'

/** What was sent for each name. */
type Values = Map<string, (string | File)[]>

const maxPairs = 1_000

/**
 * The wire input of a form. Texts become numbers and booleans as those of a query do; what the contract does not name
 * is passed over. A part that is read as it arrives ends the reading here: what follows it is read by its reader.
 */
export async function readForm(
  source: InputSource,
  fields: readonly FormField[],
  { type, parameters }: MediaType,
  limit: number,
): Promise<Record<string, unknown>> {
  if (type !== 'multipart/form-data') return toInput(fields, readPairs(decodeText(await source.bytes(limit))))
  const boundary = parameters.get('boundary') ?? ''
  if (!/^[\w'()+,./:=? -]{1,70}$/.test(boundary)) throw malformed('The content type of the form names no boundary.')
  const reader = new MultipartReader(source.stream(limit), boundary)
  const values: Values = new Map()
  for (let part = await reader.next(); part; part = await reader.next()) {
    const field = fieldOf(fields, part)
    if (field?.type === 'stream') return { ...toInput(fields, values), [field.name]: contentOf(reader, fields) }
    if (!field) continue
    const value = field.type === 'file' || field.type === 'blob' ? await readFile(reader, part) : await readText(reader)
    if (value !== undefined) add(values, part.name, value)
  }
  return toInput(fields, values)
}

/** The names of an object's fields have brackets: `place[city]`. */
function fieldOf(fields: readonly FormField[], { name }: Part): FormField | undefined {
  const bracket = name.indexOf('[')
  return fields.find((field) => field.name === (field.type === 'object' ? name.slice(0, bracket) : name))
}

function readPairs(text: string): Values {
  const values: Values = new Map()
  let pairs = 0
  for (const [name, value] of new URLSearchParams(text)) {
    if (++pairs > maxPairs) throw malformed(`The form has more than ${maxPairs} fields.`)
    if (name === '__proto__') throw malformed('A field of the form is named __proto__.')
    add(values, name, value)
  }
  return values
}

function add(values: Values, name: string, value: string | File): void {
  const known = values.get(name)
  if (known) known.push(value)
  else values.set(name, [value])
}

function toInput(fields: readonly FormField[], values: Values): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const field of fields) {
    const value = readField((name) => values.get(name), field)
    if (value !== undefined) input[field.name] = value
  }
  return input
}

async function readText(reader: MultipartReader): Promise<string> {
  return decodeText(await collectBytes(piecesOf(reader), Number.POSITIVE_INFINITY))
}

/** The file of a part; `undefined` where a page has a field for a file and its user chose none. */
async function readFile(reader: MultipartReader, { fileName, type }: Part): Promise<File | undefined> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  for await (const piece of piecesOf(reader)) pieces.push(piece)
  if (fileName === '' && pieces.length === 0) return undefined
  return new File(pieces, fileName || 'blob', { type: type ?? 'application/octet-stream' })
}

async function* piecesOf(reader: MultipartReader): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let piece = await reader.piece(); piece; piece = await reader.piece()) yield piece
}

/** The content of a part as it arrives. It ends when the form does, so that no reader takes half a file for a whole one. */
function contentOf(reader: MultipartReader, fields: readonly FormField[]): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const piece = await reader.piece()
        if (piece) return controller.enqueue(piece)
        for (let part = await reader.next(); part; part = await reader.next()) {
          if (fieldOf(fields, part))
            throw malformed(`The part ${part.name} comes after the one that is read as it arrives.`)
        }
        controller.close()
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
