import fc from 'fast-check'
import * as z from 'zod'
import type { AppModel, OperationModel } from '../../model.ts'
import * as parse from '../../parse/index.ts'
import * as wire from '../../wire.ts'
import { declarationOrder } from '../declaration-order.ts'
import { moduleText } from '../module-text.ts'
import { parserPlace, printParsers } from '../parsers.ts'
import { place } from '../places.ts'
import { evaluate } from './evaluate.ts'
import { hostile, mutate } from './hostile.ts'
import { models, type Random, randomFrom, sampleOf } from './parser-shapes.ts'

/** A value that a schema and the parser of the same shape answer differently. */
export interface Disagreement {
  readonly operation: OperationModel
  readonly model: AppModel
  readonly direction: 'decode' | 'encode'
  readonly value: unknown
  /** What the schema made of it, or its issues. */
  readonly zod: unknown
  readonly parser: unknown
}

/** How a run went. */
export interface Agreement {
  readonly trials: number
  readonly models: number
  /** How many values both took. */
  readonly accepted: number
  /** How many times Zod threw instead of answering; the parser is then free to take the value or not. */
  readonly zodThrew: number
  /** What it threw. */
  readonly thrown: ReadonlySet<string>
  readonly disagreements: readonly Disagreement[]
}

/** One shape with its schema and both of its parsers. */
export interface Pair {
  readonly operation: OperationModel
  readonly schema: z.ZodType
  readonly decode: (value: unknown) => unknown
  readonly encode: (value: unknown) => unknown
}

/** The texts of a model whose operations all stand in one file. */
export function textsOf(model: AppModel): { readonly schemas: string; readonly parsers: string } {
  const places = place(model)
  const [file = ''] = places.files
  return {
    schemas: moduleText(file, model, places, '.ts', declarationOrder(model.types)),
    parsers: printParsers(model).get(`parsers/${file}`) ?? '',
  }
}

/** Evaluates the texts of a model whose operations all stand in one file. */
export function pairsOf(model: AppModel): Pair[] {
  const { schemas: schemaText, parsers: parserText } = textsOf(model)
  const schemas = evaluate(schemaText, { zod: z, 'pikku/wire': wire })
  const parsers = evaluate(parserText, { 'pikku/parse': parse })
  return [...place(model).operations].map(([operation, where]) => {
    const { input = '', output = '' } = parserPlace(where)
    return {
      operation,
      schema: schemas[where.input ?? ''] as z.ZodType,
      decode: parsers[input] as Pair['decode'],
      encode: parsers[output] as Pair['encode'],
    }
  })
}

/** Tries values on the schemas and parsers of shapes made at random, until so many were tried or so many differ. */
export function compareParsers(options: { trials: number; seed: number; most?: number }): Agreement {
  const { memoizer } = z.config()
  // Zod 4.6.7 looks at a value twice when it encodes what has checks, first without them, and where types lead to
  // themselves it takes what it remembers from then: it lets through what it should refuse.
  z.config({ memoizer: forgetful })
  try {
    return compareAll(options)
  } finally {
    z.config({ memoizer })
  }
}

const forgetful: NonNullable<ReturnType<typeof z.config>['memoizer']> = {
  alloc: (_schema, _payload, empty) => empty,
  guard: () => {},
  attach: () => {},
}

function compareAll({ trials, seed, most = 5 }: { trials: number; seed: number; most?: number }): Agreement {
  const random = randomFrom(seed)
  const disagreements: Disagreement[] = []
  const run = { done: 0, models: 0, accepted: 0, zodThrew: 0, thrown: new Set<string>() }
  while (run.done < trials && disagreements.length < most) {
    const [model] = fc.sample(models, { numRuns: 1, seed: (seed + run.models * 7919) | 0 })
    run.models++
    for (const pair of pairsOf(model as AppModel)) {
      for (const direction of ['decode', 'encode'] as const) {
        for (let turn = 0; turn < 60; turn++) {
          const value = candidate(pair, direction, model as AppModel, random, turn)
          run.done++
          const answer = compare(pair, direction, value)
          if (answer === 'accepted') run.accepted++
          else if (answer === 'refused') continue
          else if ('thrown' in answer) {
            run.zodThrew++
            run.thrown.add(String(answer.thrown))
          } else disagreements.push({ model: model as AppModel, ...answer })
        }
      }
    }
  }
  return {
    trials: run.done,
    models: run.models,
    accepted: run.accepted,
    zodThrew: run.zodThrew,
    thrown: run.thrown,
    disagreements,
  }
}

/** Of the shape, that with a change, or nothing like it. */
function candidate(
  { operation }: Pair,
  direction: 'decode' | 'encode',
  model: AppModel,
  random: Random,
  turn: number,
): unknown {
  const shape = operation.input ?? { kind: 'never' }
  const make = () => sampleOf(shape, direction === 'decode', model.types, random)
  const kind = turn % 6
  if (kind < 2) return make()
  if (kind < 5) return mutate(make(), () => (random(3) === 0 ? make() : hostile(random)), random)
  return hostile(random)
}

/** Whether both take a value and make the same of it. */
export function compare(
  { operation, schema, decode, encode }: Pair,
  direction: 'decode' | 'encode',
  value: unknown,
): 'accepted' | 'refused' | { readonly thrown: unknown } | Omit<Disagreement, 'model'> {
  freeze(value)
  const parser = direction === 'decode' ? decode(value) : encode(value)
  let zod: unknown
  try {
    const result = direction === 'decode' ? schema.safeDecode(value as never) : schema.safeEncode(value as never)
    if (result.success ? isSame(result.data, parser) : parser === parse.invalid)
      return result.success ? 'accepted' : 'refused'
    zod = result.success ? result.data : result.error.issues
  } catch (thrown) {
    return { thrown }
  }
  return { operation, direction, value, zod, parser }
}

/** So that a parser that changes what it is given throws. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return
  Object.freeze(value)
  for (const part of Object.values(value)) freeze(part)
}

/** Whether nothing but properties that are `undefined`, which are as good as absent, tells two values apart. */
export function isSame(one: unknown, other: unknown, seen = new Map<object, object>()): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (seen.get(one) === other) return true
  seen.set(one, other)
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false
  if (one instanceof Date) return one.getTime() === (other as Date).getTime()
  if (one instanceof URL) return one.href === (other as URL).href
  if (one instanceof Uint8Array) return Buffer.compare(one, other as Uint8Array) === 0
  if (one instanceof ArrayBuffer) return Buffer.from(one).equals(Buffer.from(other as ArrayBuffer))
  if (one instanceof Map) return isSame([...one], [...(other as Map<unknown, unknown>)], seen)
  if (one instanceof Set) return isSame([...one], [...(other as Set<unknown>)], seen)
  if (Array.isArray(one)) {
    return (
      one.length === (other as unknown[]).length &&
      one.every((item, at) => isSame(item, (other as unknown[])[at], seen))
    )
  }
  const there = (value: object) => Object.entries(value).filter(([, item]) => item !== undefined)
  const fields = new Map(there(other))
  return (
    there(one).length === fields.size &&
    there(one).every(([key, item]) => fields.has(key) && isSame(item, fields.get(key), seen))
  )
}
