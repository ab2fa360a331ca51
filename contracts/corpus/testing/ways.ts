import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as z from 'zod'
import type { AppModel } from '../../model.ts'
import { printOpenApi } from '../../openapi/index.ts'
import { invalid } from '../../parse/index.ts'
import { printContracts } from '../../print/index.ts'
import { parserPlace, printParsers } from '../../print/parsers.ts'
import { place } from '../../print/places.ts'
import type { Json } from './values.ts'

/** The ways that a value is judged by. */
export const ways = ['zod', 'parser', 'schema'] as const

/** One of them. */
export type Way = (typeof ways)[number]

/** One case, in all ways. */
export interface Judges {
  readonly zod: (value: Json) => boolean
  readonly parser: (value: Json) => boolean
  readonly schema: (value: Json) => boolean
  /** What a value is after it was read and written again by the schema of Zod. */
  readonly back: (value: Json) => unknown
}

/** Writes everything that is made from the model, so that it can be used. */
export async function writeOutput(root: string, model: AppModel): Promise<void> {
  const parse = pathToFileURL(join(import.meta.dirname, '../../parse/index.ts')).href
  const parsers = [...printParsers(model)].map(
    ([path, text]) => [path, text.replaceAll("'pikku/parse'", `'${parse}'`)] as const,
  )
  for (const [path, text] of [...printContracts(model), ...parsers]) {
    const file = join(root, 'contracts', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}

/** What the type of each input is called in its file. */
export function printedTypes(model: AppModel): Map<string, string> {
  return new Map([...place(model).operations].map(([{ name }, { input }]) => [name, input ?? '']))
}

/** The judges of each case. */
export async function judgesOf(root: string, model: AppModel, tools: string): Promise<Map<string, Judges>> {
  const validate = schemasOf(model, tools)
  const judges = new Map<string, Judges>()
  for (const [operation, own] of place(model).operations) {
    const schemas = await load(root, own.file)
    const { file, input = '' } = parserPlace(own)
    const parsers = await load(root, file)
    const schema = schemas[own.input ?? ''] as z.ZodType
    const decode = parsers[input] as (value: unknown) => unknown
    judges.set(operation.name, {
      zod: (value) => schema.safeDecode(value as never).success,
      parser: (value) => decode(value) !== invalid,
      schema: validate(operation.name),
      back: (value) => JSON.parse(JSON.stringify(schema.encode(schema.decode(value as never)))) as unknown,
    })
  }
  return judges
}

async function load(root: string, file: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(join(root, 'contracts', file)).href)) as Record<string, unknown>
}

/** The part of AJV that is used. */
interface Validator {
  addSchema(schema: object, key: string): void
  getSchema(reference: string): ((value: Json) => boolean) | undefined
}

/** What the OpenAPI document says that an operation takes. */
function schemasOf(model: AppModel, tools: string): (operation: string) => (value: Json) => boolean {
  const require = createRequire(join(tools, 'package.json'))
  const { Ajv2020 } = require('ajv/dist/2020') as { Ajv2020: new (options: object) => Validator }
  const addFormats = require('ajv-formats') as (ajv: Validator) => void
  const ajv = new Ajv2020({ strict: false, multipleOfPrecision: 9 })
  addFormats(ajv)
  ajv.addSchema(JSON.parse(printOpenApi(model, { title: 'Corpus', version: '1' })) as object, 'openapi.json')
  return (operation) => {
    const path = ['paths', `/rpc/${operation}`, 'post', 'requestBody', 'content', 'application/json', 'schema']
    const validate = ajv.getSchema(
      `openapi.json#/${path.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`,
    )
    if (!validate) throw new Error(`The document has no input for ${operation}.`)
    return (value) => validate(value)
  }
}
