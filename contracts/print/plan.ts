import { decodeBigInt, decodeBytes, decodeDate, decodeUrl, invalid } from '../parse/index.ts'
import type { LiteralShape, Property, Shape } from '../shape.ts'
import { membersOf, resolve, type Types, type WireKind } from './overlap.ts'
import { templatePattern } from './template-pattern.ts'
import { patternText } from './text.ts'

/** A wire plan as `clients/plan.ts` reads it; `0` for a place that is in JSON as it is. */
export type Plan =
  | 0
  | string
  | readonly ['k', PlanTable, readonly KeyForm[], Plan]
  | readonly ['!', Plan, ...LiteralShape['value'][]]
  | readonly ['a' | 'r' | 't' | '…' | 'o' | 'v' | '#' | 's' | 'm' | 'M' | 'e' | '?', ...PlanPart[]]

/** What a plan is made of. */
export type PlanPart = Plan | number | PlanTable

/** Plans by name. */
export type PlanTable = { readonly [key: string]: Plan }

/** Keys of one form. */
export interface KeyForm {
  /** A regular expression, as text of the client. */
  readonly pattern: string
  readonly plan: Plan
}

/** Two members of a union that the client could not tell apart. */
export class PlanClash extends Error {
  readonly path: readonly string[]
  /** What both are in JSON. */
  readonly kind: WireKind | 'any'

  constructor(path: readonly string[], kind: WireKind | 'any') {
    super('The members of this union are read differently from the same JSON.')
    this.path = path
    this.kind = kind
  }
}

/** A plan for each of the properties, so that none of them is taken for one of the others. */
export function withAll(plans: PlanTable, properties: readonly Property[]): PlanTable {
  const others = properties.filter(({ name }) => !Object.hasOwn(plans, name))
  return { ...plans, ...Object.fromEntries(others.map(({ name }) => [name, 0])) }
}

/** Whether a text may be of a shape that is no text to a handler. */
export function mayRead(shape: Shape, text: string): boolean {
  switch (shape.kind) {
    case 'date':
      return decodeDate(text) !== invalid
    case 'bigint':
      return decodeBigInt(text) !== invalid
    case 'url':
      return decodeUrl(text) !== invalid
    case 'bytes':
      return decodeBytes(text) !== invalid
    case 'literal':
      return String(shape.value) === text
    default:
      return true
  }
}

/** Whether an input needs no plan: JSON writes dates as the wire has them, with or without one. */
export function isWrittenAnyway(plan: Plan): boolean {
  if (typeof plan !== 'object') return plan === 0 || plan === 'd'
  const [kind, ...parts] = plan
  const inner = kind === 'v' ? parts.slice(1) : kind === 'e' ? parts.slice(0, 2) : parts
  const plans = inner.flatMap((part) =>
    typeof part === 'object' && !Array.isArray(part) ? Object.values(part) : [part],
  )
  return 'aertov…'.includes(kind) && plans.every((part) => isWrittenAnyway(part as Plan))
}

/** The keys of one form, as regular expressions; none where they are any texts. */
export function keyPatterns(key: Shape, types: Types): string[] {
  return membersOf(key, types).flatMap((member) => {
    const shape = resolve(member, types)
    if (shape.kind === 'number') return [patternText('^-?\\d+(?:\\.\\d+)?$')]
    if (shape.kind === 'template') return [templatePattern(shape, types)]
    return shape.kind === 'string' && shape.textCase ? [patternText(shape.pattern ?? '')] : []
  })
}

/** Whether some plans say the same. */
export function areSame([first = 0, ...others]: readonly Plan[]): boolean {
  const text = others.length > 0 && textOf(first)
  return others.every((plan) => textOf(plan) === text)
}

/** A plan as it can be compared with others. */
export function textOf(plan: Plan): string {
  return JSON.stringify(plan)
}
