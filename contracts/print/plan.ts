import type { Shape } from '../shape.ts'
import { braces, type Layout, list } from './layout.ts'
import { isPlain, isText, resolve, type Types, wireKind } from './overlap.ts'
import { literalText, propertyText, stringText } from './text.ts'
import { discriminatorOf, tagsOf } from './union.ts'

/** A wire plan as `clients/plan.ts` reads it; `0` for a place that is in JSON as it is. */
export type Plan = 0 | string | readonly ['o' | 'v' | string, ...PlanPart[]]
type PlanPart = Plan | number | { readonly [key: string]: Plan }

/** The longest plan, as text, that is written wherever its type is used. */
const longest = 40

/** Two members of a union that the client could not tell apart. */
export class PlanClash extends Error {
  readonly path: readonly string[]

  constructor(path: readonly string[]) {
    super('The members of this union are read differently from the same JSON.')
    this.path = path
  }
}

/**
 * The plans of shapes, and of the named types that recur, to which they refer.
 * Making one throws {@link PlanClash} for a union whose members cannot be told apart.
 */
export class Planner {
  /** The plans that other plans refer to. */
  readonly named = new Map<string, Plan>()
  readonly #types: Types
  /** The plans of the other named types. */
  readonly #short = new Map<string, Plan>()
  /** The unions under way, and those with a plan in the table, by the name of it. */
  readonly #unions = new Map<Shape, string>()
  #count = 0

  constructor(types: Types) {
    this.#types = types
  }

  plan(shape: Shape, path: readonly string[] = []): Plan {
    // A type that recurs but holds nothing rich would otherwise get a plan that does nothing.
    if (isPlain(shape, this.#types)) return 0
    switch (shape.kind) {
      case 'date':
        return 'd'
      case 'bigint':
      case 'literal':
        return 'n'
      case 'url':
        return 'u'
      case 'bytes':
        return shape.buffer ? 'B' : 'b'
      case 'array':
        return ['a', this.plan(shape.items, [...path, '[]'])]
      case 'set':
        return ['s', this.plan(shape.items, [...path, '[]'])]
      case 'record':
        return ['r', this.plan(shape.value, [...path, '[]'])]
      case 'map': {
        const value = this.plan(shape.value, [...path, '[]'])
        return isText(shape.key, this.#types) ? ['M', value] : ['m', this.plan(shape.key, [...path, '(key)']), value]
      }
      case 'tuple': {
        const items = shape.items.map((item, at) => this.plan(item.shape, [...path, String(at)]))
        const after = (shape.after ?? []).map((item, at) => this.plan(item.shape, [...path, `-${at + 1}`]))
        if (!shape.rest) return ['t', ...items]
        const rest = this.plan(shape.rest, [...path, '[]'])
        // The last plan is for all that follows too, so it must be said when that is plain.
        const first = ['t', ...items, rest === 0 ? 0 : (['…', rest] as const)] as const
        return after.length === 0 ? first : ['e', first, ['t', ...after], -after.length]
      }
      case 'object': {
        const plans: Record<string, Plan> = {}
        for (const { name, shape: inner } of shape.properties) {
          const plan = this.plan(inner, [...path, name])
          if (plan !== 0) plans[name] = plan
        }
        const others = shape.index ? this.plan(shape.index.value, [...path, '[]']) : 0
        if (others === 0) return ['o', plans]
        for (const { name } of shape.properties) plans[name] ??= 0
        return ['o', plans, others]
      }
      case 'keyed': {
        const [others = 0, ...more] = shape.signatures.map(({ value }) => this.plan(value, [...path, '[]']))
        // A client does not look at keys.
        if (more.some((plan) => textOf(plan) !== textOf(others))) throw new PlanClash(path)
        const named = this.plan({ kind: 'object', properties: shape.properties }, path)
        const plans: Record<string, Plan> = Array.isArray(named) ? { ...named[1] } : {}
        if (others !== 0) for (const { name } of shape.properties) plans[name] ??= 0
        return others === 0 ? ['o', plans] : ['o', plans, others]
      }
      case 'ref':
        return this.#ref(shape.name, path)
      case 'union':
        return this.#once(shape, path)
      default:
        return 0
    }
  }

  /** Types that recur, and those whose plans are long, have their plans in a table, once. */
  #ref(name: string, path: readonly string[]): Plan {
    const known = this.#short.get(name) ?? (this.named.has(name) ? (['#', name] as const) : undefined)
    if (known !== undefined) return known
    const shape = resolve({ kind: 'ref', name }, this.#types)
    if (this.#types.get(name)?.recursive) this.named.set(name, 0)
    try {
      const plan = this.plan(shape, path)
      if (this.named.has(name) || textOf(plan).length > longest) this.named.set(name, plan)
      else this.#short.set(name, plan)
      return this.named.has(name) ? ['#', name] : plan
    } catch (error) {
      this.named.delete(name)
      throw error
    }
  }

  /** A union without a name can meet itself again through the names in it; then it needs one too. */
  #once(shape: Extract<Shape, { kind: 'union' }>, path: readonly string[]): Plan {
    const name = this.#unions.get(shape)
    if (name !== undefined) {
      this.named.set(name, 0)
      return ['#', name]
    }
    const own = `~${this.#count++}`
    this.#unions.set(shape, own)
    try {
      const plan = this.#union(shape.members, path)
      if (!this.named.has(own)) return plan
      this.named.set(own, plan)
      return ['#', own]
    } catch (error) {
      this.named.delete(own)
      throw error
    } finally {
      if (!this.named.has(own)) this.#unions.delete(shape)
    }
  }

  #union(members: readonly Shape[], path: readonly string[]): Plan {
    const flat = members.flatMap((member) => this.#flat(member))
    const byKind = new Map<string, Shape[]>()
    for (const member of flat) {
      const kind = wireKind(member, this.#types)
      byKind.set(kind, [...(byKind.get(kind) ?? []), member])
    }
    // What can be anything might be any of the others too.
    const any = byKind.get('any')
    if (any && flat.length > 1) throw new PlanClash(path)
    const plans: Plan[] = []
    for (const group of byKind.values()) {
      const plan = this.#sameKind(group, path)
      if (plan !== 0) plans.push(plan)
    }
    const [plan = 0] = plans
    // A plan is for one kind of JSON value, and looks at no other.
    const guarded = this.#guarded(plan, byKind)
    if (plans.length > 1 || guarded === undefined) throw new PlanClash(path)
    return guarded
  }

  #flat(shape: Shape): Shape[] {
    const resolved = resolve(shape, this.#types)
    return resolved.kind === 'union' ? resolved.members.flatMap((member) => this.#flat(member)) : [shape]
  }

  #sameKind(group: readonly Shape[], path: readonly string[]): Plan {
    const plans = group.map((member) => this.plan(member, path))
    const [first = 0] = plans
    if (plans.every((plan) => textOf(plan) === textOf(first))) return first
    const shapes = group.map((member) => resolve(member, this.#types))
    if (!shapes.every((shape) => shape.kind === 'object')) throw new PlanClash(path)
    const property = discriminatorOf(group, this.#types)
    if (property !== undefined) {
      const tags: Record<string, Plan> = {}
      for (const [at, shape] of shapes.entries()) {
        for (const tag of tagsOf(shape, property, this.#types) ?? []) {
          const plan = plans[at] ?? 0
          if (plan !== 0) tags[String(tag)] = plan
        }
      }
      return ['v', property, tags]
    }
    return this.#merged(shapes, path)
  }

  /** One plan for several objects: each property must be read alike wherever it is. */
  #merged(objects: readonly Extract<Shape, { kind: 'object' }>[], path: readonly string[]): Plan {
    if (objects.some(({ index }) => index)) throw new PlanClash(path)
    const names = new Set(objects.flatMap(({ properties }) => properties.map(({ name }) => name)))
    const plans: Record<string, Plan> = {}
    for (const name of names) {
      const shapes = objects.flatMap(({ properties }) => properties.filter((property) => property.name === name))
      const plan = this.#union(
        shapes.map(({ shape }) => shape),
        [...path, name],
      )
      if (plan !== 0) plans[name] = plan
    }
    return ['o', plans]
  }

  /** The plan for a union of which only values of one kind need it; nothing where the client could not tell which. */
  #guarded(plan: Plan, byKind: ReadonlyMap<string, readonly Shape[]>): Plan | undefined {
    const kinds = [...byKind.keys()].filter((kind) => kind !== 'null' && kind !== 'nothing')
    if (plan === 0 || kinds.length === 1) return plan
    // Texts, numbers and booleans beside one kind of object or array are easily told from it.
    const isPassing = Array.isArray(plan) && 'aortv'.includes(String(plan[0]))
    const deep = kinds.filter((kind) => kind === 'object' || kind === 'array')
    return isPassing && deep.length === 1 ? ['?', plan] : undefined
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

/** The plan as it stands in `client.ts`; `pieces` gets the names of what of `pikku/client` it is made with. */
export function planLayout(plan: PlanPart, pieces: Set<string>): Layout {
  if (typeof plan === 'number') return literalText(plan)
  if (typeof plan === 'string') return functionOf(plan, pieces) ?? stringText(plan)
  if (Array.isArray(plan)) {
    const [kind, ...parts] = plan as readonly [string, ...PlanPart[]]
    const named = kind === '#' || kind === 'v' ? 1 : 0
    const names = parts.splice(0, named).map((name) => stringText(name as string))
    const inner = parts.map((part) => planLayout(part, pieces))
    const made = functionOf(kind, pieces)
    return made ? [made, list('(', inner, ')')] : list('[', [stringText(kind), ...names, ...inner], ']')
  }
  return braces(
    Object.entries(plan).map(([key, inner]): Layout => [`${propertyText(key)}: `, planLayout(inner, pieces)]),
  )
}

/** The plans that are functions, or made by one: only the clients that use them load them. */
const functions = new Map([
  ['u', 'url'],
  ['b', 'bytes'],
  ['B', 'buffer'],
  ['s', 'set'],
  ['m', 'map'],
  ['M', 'objectMap'],
  ['e', 'tupleEnds'],
  ['?', 'orPlain'],
])

function functionOf(kind: string, pieces: Set<string>): string | undefined {
  const name = functions.get(kind)
  if (name) pieces.add(name)
  return name
}

function textOf(plan: Plan): string {
  return JSON.stringify(plan)
}
