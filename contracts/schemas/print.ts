/**
 * A program of its own: it imports modules of the user, and says of the schemas in them what JSON Schema can. It reads
 * a `Request` from its standard input and writes an `Answer` to its fourth file, whatever the modules print.
 */
import { readFileSync, writeSync } from 'node:fs'
import nodeModule from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as z from 'zod'
import type { Answer, PrintedSchema, Request, SchemaPlace } from './run.ts'

type Schema = { readonly [name: string]: unknown }

/** What JSON has nothing of. */
const without = new Set([
  'bigint',
  'custom',
  'function',
  'map',
  'nan',
  'set',
  'symbol',
  'transform',
  'undefined',
  'void',
])

const files = new Set<string>()

/** Remembers what is loaded, and finds files by the names that bundlers and older compilers understand. */
// Before Node 22.15 there are no such hooks.
nodeModule.registerHooks?.({
  resolve(specifier, context, next) {
    const endings = /^\.\.?\//.test(specifier) ? ['', '.ts', '/index.ts'] : ['']
    const names = endings.map((ending) => specifier + ending)
    for (const name of [...names, specifier.replace(/\.([cm]?)js$/, '.$1ts')]) {
      try {
        return next(name, context)
      } catch {
        // The next name may be the one.
      }
    }
    return next(specifier, context)
  },
  load(url, context, next) {
    if (url.startsWith('file:') && !url.includes('/node_modules/')) files.add(fileURLToPath(url))
    return next(url, context)
  },
})

const { places }: Request = JSON.parse(readFileSync(0, 'utf8'))
const schemas: PrintedSchema[] = []
for (const place of places) schemas.push(await print(place).catch(toReason))
const answer: Answer = { schemas, files: [...files] }
writeAll(3, Buffer.from(JSON.stringify(answer)))
// A module of the user may have opened something that would keep this running.
process.exit(0)

async function print({ file, export: name, member, side }: SchemaPlace): Promise<PrintedSchema> {
  const module: Schema = await import(pathToFileURL(file).href)
  const found = module[name] as Schema
  const schema = (member === undefined ? found : found[member]) as Schema
  if (isClassic(schema)) {
    const isOneWay = side === 'output' && hasTransform(schema)
    return { json: inlined(printZod(schema)), ...(isOneWay ? { isOneWay } : {}) }
  }
  const { typeName } = Object(schema._def)
  if (typeof typeName !== 'string') return printStandard(schema, side)
  const { zodToJsonSchema } = await import('zod-to-json-schema')
  const options = { target: 'jsonSchema2019-09', $refStrategy: 'none', strictUnions: true, pipeStrategy: side } as const
  const { $schema: _, ...json } = zodToJsonSchema(schema, options)
  // Objects of `zod/v3` are said to be closed, and drop what they do not know as others do.
  return { json: JSON.parse(JSON.stringify(json, isStrict(schema) ? undefined : withoutClosing)) }
}

function isClassic(schema: Schema): schema is Schema & z.core.$ZodType {
  return typeof schema._zod === 'object'
}

/** A schema of Zod 4 stands for its wire side on both ways: an output runs backwards. */
function printZod(schema: z.core.$ZodType): Schema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    cycles: 'throw',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema, path }) {
      const { type } = zodSchema._zod.def
      // What a handler gives JSON writes by itself.
      if (type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
      else if (without.has(type))
        throw new Error(`JSON Schema has no ${type}${path.length > 0 ? ` (at ${path.join('.')})` : ''}`)
    },
  })
  return json
}

/** Whether somewhere in a schema a `.transform` stands, which has no way back. */
function hasTransform(schema: z.core.$ZodType): boolean {
  let found = false
  for (const io of ['input', 'output'] as const) {
    z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override({ zodSchema }) {
        found ||= zodSchema._zod.def.type === 'transform'
      },
    })
  }
  return found
}

/** What has an id stands in `$defs`; a component of a document has no such place. */
function inlined({ $defs, ...json }: Schema): Schema {
  const definitions = Object(($defs ?? {}) as object)
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace)
    if (typeof value !== 'object' || value === null) return value
    const { $ref, ...rest } = value as Schema
    const { id: _, ...target } = typeof $ref === 'string' ? (definitions[$ref.replace('#/$defs/', '')] ?? {}) : {}
    return Object.fromEntries(Object.entries({ ...target, ...rest }).map(([name, inner]) => [name, replace(inner)]))
  }
  const { id: _, ...whole } = replace(json) as Schema
  return whole
}

/** Any other schema that says it itself, as the Standard JSON Schema has it. */
function printStandard(schema: Schema, side: 'input' | 'output'): PrintedSchema {
  const printers = Object(Object(schema['~standard']).jsonSchema)
  if (typeof printers[side] !== 'function') return { because: 'its library does not say what it is in JSON Schema' }
  const { $schema: _, ...json } = printers[side]({ target: 'draft-2020-12' })
  return { json }
}

function isStrict(schema: Schema): boolean {
  return Object(schema._def).unknownKeys === 'strict'
}

function withoutClosing(name: string, value: unknown): unknown {
  return name === 'additionalProperties' && value === false ? undefined : value
}

function toReason(error: unknown): PrintedSchema {
  const [because = ''] = String(error instanceof Error ? error.message : error).split('\n', 1)
  return { because }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
