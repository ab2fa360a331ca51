import type { Codec, CodecResult, EventContract, OperationContract } from './contract.ts'
import { decodeBy, encodeBy, type StandardSchema } from './schema.ts'

/** The user's own schemas, in place of those of the contract. */
export interface OwnSchemas {
  readonly input: StandardSchema | undefined
  readonly output: StandardSchema | undefined
}

/** Takes a value to the other side of the wire. A promise only where a schema is loaded, or takes its time. */
export type Convert = (value: unknown) => CodecResult | Promise<CodecResult>

/** What the contract of an operation does with values. */
export interface Codecs {
  /** Absent when the operation takes no input. */
  readonly decode: Convert | undefined
  /** Absent when it gives no output. */
  readonly encode: Convert | undefined
  /** For the data of its errors, by code. */
  readonly errors: ReadonlyMap<string, Convert>
}

/**
 * Loads what an operation needs. Where its contract has parsers they do the work, and the schemas are loaded only
 * to say what is wrong with a value that does not fit: creating one costs far more than a parser's whole run.
 */
export async function loadCodecs(contract: OperationContract, own: OwnSchemas): Promise<Codecs> {
  const { input, output } = contract
  const convert = await converters(contract)
  const { input: ownInput, output: ownOutput } = own
  return {
    decode: ownInput ? (wire) => decodeBy(ownInput, wire) : input === undefined ? undefined : convert('decode', input),
    encode: ownOutput
      ? (value) => encodeBy(ownOutput, value)
      : output === undefined
        ? undefined
        : convert('encode', output),
    errors: new Map(contract.errors.flatMap(({ code, data }) => (data ? [[code, convert('encode', data)]] : []))),
  }
}

/** What takes the data of each event to the wire, by its name; `undefined` for one that carries none. */
export async function loadEncoders(
  modules: SchemaModules,
  events: readonly EventContract[],
): Promise<ReadonlyMap<string, Convert | undefined>> {
  const convert = await converters(modules)
  return new Map(events.map(({ name, data }) => [name, data === undefined ? undefined : convert('encode', data)]))
}

type SchemaModules = Pick<OperationContract, 'schemas' | 'parsers'>

async function converters(modules: SchemaModules): Promise<(direction: Direction, name: string) => Convert> {
  const parsers = await modules.parsers?.()
  const schemas = parsers ? undefined : await modules.schemas()
  return (direction, name) => {
    if (schemas) return (value) => askLong(schemas, direction, name, value)
    const parse = member<(value: unknown) => unknown>(parsers ?? {}, direction + name)
    return (value) => {
      const data = parse(value)
      if (data !== invalid) return { success: true, data }
      return modules.schemas().then((loaded) => ask(loaded, direction, name, value))
    }
  }
}

type Direction = 'decode' | 'encode'

/** What a parser answers when the value does not fit: the symbol that Zod's own parsers have for it. */
const invalid: symbol = Symbol.for('zod.compile.invalid')

function ask(schemas: object, direction: Direction, name: string, value: unknown): CodecResult {
  const codec = member<Codec>(schemas, name)
  return direction === 'decode' ? codec.safeDecode(value as never) : codec.safeEncode(value as never)
}

/** A codec that may take its time, as a schema of the user's with an asynchronous refinement does. */
interface LongCodec extends Codec {
  safeDecodeAsync?(wire: never): Promise<CodecResult>
  safeEncodeAsync?(value: never): Promise<CodecResult>
}

/** Where there are no parsers, a schema of the user's may be among those of the contract. */
function askLong(
  schemas: object,
  direction: Direction,
  name: string,
  value: unknown,
): CodecResult | Promise<CodecResult> {
  const codec = member<LongCodec>(schemas, name)
  const long = direction === 'decode' ? codec.safeDecodeAsync : codec.safeEncodeAsync
  return long ? long.call(codec, value as never) : ask(schemas, direction, name, value)
}

function member<Member>(module: object, name: string): Member {
  if (Object.hasOwn(module, name)) return (module as Record<string, Member>)[name] as Member
  throw new TypeError(`The contracts have no ${name}. Run \`pikku contracts\`.`)
}
