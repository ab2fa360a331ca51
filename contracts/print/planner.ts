import type { NamedType } from '../model.ts'
import type { KeyedShape, Shape } from '../shape.ts'
import { isPlain, isText, resolve, type Types, type WireKind, wireKind } from './overlap.ts'
import {
  areSame,
  type KeyForm,
  keyPatterns,
  mayRead,
  type Plan,
  PlanClash,
  type PlanTable,
  textOf,
  withAll,
} from './plan.ts'
import { discriminatorOf, tagsOf } from './union.ts'

/** The named types that were met when plans were made. */
export interface Trail {
  /** In the order in which they were met first. */
  readonly names: ReadonlySet<string>
  /** Those that had their plans before. Otherwise they might lead back into a union that is under way. */
  readonly needed: ReadonlySet<string>
}

/** The plans of the named types of a lasting model. */
export type KeptPlans = WeakMap<NamedType, { readonly plan: Plan; readonly trail: Trail }>

/** The longest plan, as text, that is written wherever its type is used. */
const longest = 40

/**
 * The plans of shapes, and of the named types that recur, to which they refer.
 * Making one throws {@link PlanClash} for a union whose members cannot be told apart.
 */
export class Planner {
  /** The plans that other plans refer to. */
  readonly named = new Map<string, Plan>()
  readonly #types: Types
  readonly #kept: KeptPlans | undefined
  #trail = newTrail()
  /** Whether types were met instead of planning again what leads to them. */
  #hasMet = false
  /** Whether a plan in the table is no type's. */
  #hasOthers = false
  /** The plans of the other named types. */
  readonly #short = new Map<string, Plan>()
  /** The unions under way, and those with a plan in the table, by the name of it. */
  readonly #unions = new Map<Shape, string>()
  #count = 0
  /** The objects that are being merged, and those whose merged plan is in the table, by the name of it. */
  readonly #merges: { readonly objects: ReadonlySet<Shape>; readonly name: string }[] = []
  #merged = 0

  constructor(types: Types, kept?: KeptPlans) {
    this.#types = types
    this.#kept = kept
  }

  /** Whether the plans have to be made anew, without any that are kept: names that are no type's depend on all of them. */
  get isMisled(): boolean {
    return this.#hasMet && this.#hasOthers
  }

  /** Makes plans, and tells what was met on the way. */
  follow<Made>(make: () => Made): { readonly made: Made; readonly trail: Trail | undefined } {
    const outer = this.#trail
    const trail = newTrail()
    this.#trail = trail
    try {
      const made = make()
      return { made, trail: this.#hasOthers ? undefined : trail }
    } finally {
      this.#trail = outer
      if (this.#isWithin) for (const name of trail.needed) if (!outer.names.has(name)) outer.needed.add(name)
    }
  }

  /** Meets the types that plans led to instead of making them again. Whether that is all that would be done now. */
  meet({ names, needed }: Trail): boolean {
    if (this.#isWithin) return false
    for (const name of needed) if (!this.#known(name)) return false
    for (const name of names) this.#ref(name, [])
    this.#hasMet = true
    return true
  }

  /** Whether a union is under way, or has a name. */
  get #isWithin(): boolean {
    return this.#unions.size > 0 || this.#merges.length > 0
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
        return others === 0 ? ['o', plans] : ['o', withAll(plans, shape.properties), others]
      }
      case 'keyed':
        return this.#keyed(shape, path)
      case 'ref':
        return this.#ref(shape.name, path)
      case 'union':
        return this.#once(shape, path)
      default:
        return 0
    }
  }

  #keyed({ properties, signatures }: KeyedShape, path: readonly string[]): Plan {
    const named = this.plan({ kind: 'object', properties }, path)
    const plans: PlanTable = Array.isArray(named) ? named[1] : {}
    const values = signatures.map(({ value }) => this.plan(value, [...path, '[]']))
    const [first = 0] = values
    const isSame = areSame(values)
    if (isSame && first === 0) return ['o', plans]
    // Keys that all hold the same need not be looked at.
    if (isSame) return ['o', withAll(plans, properties), first]
    const forms: KeyForm[] = []
    let others: Plan = 0
    for (const [at, { key }] of signatures.entries()) {
      const patterns = keyPatterns(key, this.#types)
      forms.push(...patterns.map((pattern): KeyForm => ({ pattern, plan: values[at] ?? 0 })))
      if (patterns.length === 0) others = values[at] ?? 0
    }
    return ['k', withAll(plans, properties), forms, others]
  }

  /** Types that recur, and those whose plans are long, have their plans in a table, once. */
  #ref(name: string, path: readonly string[]): Plan {
    const type = this.#types.get(name)
    const known = this.#known(name)
    const { names, needed } = this.#trail
    if (known !== undefined && type?.recursive && this.#isWithin && !names.has(name)) needed.add(name)
    names.add(name)
    if (known !== undefined) return known
    if (type?.recursive) this.named.set(name, 0)
    try {
      const plan = this.#typePlan(name, type, path)
      if (this.named.has(name) || textOf(plan).length > longest) this.named.set(name, plan)
      else this.#short.set(name, plan)
      return this.named.has(name) ? ['#', name] : plan
    } catch (error) {
      this.named.delete(name)
      throw error
    }
  }

  #known(name: string): Plan | undefined {
    return this.#short.get(name) ?? (this.named.has(name) ? ['#', name] : undefined)
  }

  #typePlan(name: string, type: NamedType | undefined, path: readonly string[]): Plan {
    const known = type && this.#kept?.get(type)
    if (known && this.meet(known.trail)) return known.plan
    const { made, trail } = this.follow(() => this.plan(resolve({ kind: 'ref', name }, this.#types), path))
    if (type && trail) this.#kept?.set(type, { plan: made, trail })
    return made
  }

  /** The plan of what is under way, or in the table, under a name that is no type's. */
  #other(name: string): Plan {
    this.#hasOthers = true
    if (!this.named.has(name)) this.named.set(name, 0)
    return ['#', name]
  }

  /** A union without a name can meet itself again through the names in it; then it needs one too. */
  #once(shape: Extract<Shape, { kind: 'union' }>, path: readonly string[]): Plan {
    const name = this.#unions.get(shape)
    if (name !== undefined) return this.#other(name)
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
    const byKind = new Map<WireKind | 'any', Shape[]>()
    for (const member of flat) {
      const kind = wireKind(member, this.#types)
      byKind.set(kind, [...(byKind.get(kind) ?? []), member])
    }
    // What can be anything might be any of the others too.
    const any = byKind.get('any')
    if (any && flat.length > 1) throw new PlanClash(path, 'any')
    const plans: { [Kind in WireKind | 'any']?: Plan } = {}
    for (const [kind, group] of byKind) {
      const plan = this.#sameKind(group, kind, path)
      if (plan !== 0) plans[kind] = plan
    }
    const [plan = 0] = Object.values(plans)
    const kinds = [...byKind.keys()].filter((kind) => kind !== 'null' && kind !== 'nothing')
    // A plan is for one kind of JSON value, and looks at no other.
    if (plan === 0 || kinds.length === 1) return plan
    const maps = flat.filter((member) => resolve(member, this.#types).kind === 'map')
    const ofMaps = new Set(maps.map((member) => wireKind(member, this.#types)))
    // What the client is to send says of which class it is, and no more.
    if (ofMaps.size > 1) throw new PlanClash(path, 'any')
    return ['?', plans, ...(ofMaps.has('array') ? ['array'] : [])]
  }

  #flat(shape: Shape): Shape[] {
    const resolved = resolve(shape, this.#types)
    return resolved.kind === 'union' ? resolved.members.flatMap((member) => this.#flat(member)) : [shape]
  }

  #sameKind(group: readonly Shape[], kind: WireKind | 'any', path: readonly string[]): Plan {
    const plans = group.map((member) => this.plan(member, path))
    const [first = 0] = plans
    if (areSame(plans)) return first
    const shapes = group.map((member) => resolve(member, this.#types))
    if (!shapes.every((shape) => shape.kind === 'object')) return this.#textsApart(group, kind, path)
    const property = discriminatorOf(group, this.#types)
    if (property !== undefined) {
      const tags = shapes.flatMap((shape, at) => {
        const plan = plans[at] ?? 0
        const own = plan === 0 ? [] : (tagsOf(shape, property, this.#types) ?? [])
        return own.map((tag) => [String(tag), plan] as const)
      })
      return ['v', property, Object.fromEntries(tags)]
    }
    return this.#merge(shapes, path)
  }

  /** The plan for texts of one kind beside some that stand for themselves: `Date | 'never'`. */
  #textsApart(group: readonly Shape[], kind: WireKind | 'any', path: readonly string[]): Plan {
    const values: string[] = []
    const others = group.filter((member) => {
      const shape = resolve(member, this.#types)
      if (shape.kind !== 'literal' || typeof shape.value !== 'string') return true
      values.push(shape.value)
      return false
    })
    const isApart = values.every((value) => others.every((other) => !mayRead(resolve(other, this.#types), value)))
    if (values.length === 0 || !isApart) throw new PlanClash(path, kind)
    return ['!', this.#sameKind(others, kind, path), ...values]
  }

  /** One plan for several objects: each property must be read alike wherever it is. */
  #merge(objects: readonly Extract<Shape, { kind: 'object' }>[], path: readonly string[]): Plan {
    if (objects.some(({ index }) => index)) throw new PlanClash(path, 'object')
    const members = new Set(objects)
    // What leads to itself meets the same objects again.
    const known = this.#merges.find(({ objects: others }) => isSameSet(others, members))
    if (known) return this.#other(known.name)
    const name = `+${this.#merged++}`
    this.#merges.push({ objects: members, name })
    try {
      const plan = this.#mergeProperties([...members], path)
      if (!this.named.has(name)) return plan
      this.named.set(name, plan)
      return ['#', name]
    } catch (error) {
      this.named.delete(name)
      throw error
    } finally {
      const at = this.#merges.findIndex((merge) => merge.name === name)
      if (!this.named.has(name)) this.#merges.splice(at, 1)
    }
  }

  #mergeProperties(objects: readonly Extract<Shape, { kind: 'object' }>[], path: readonly string[]): Plan {
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
}

function newTrail(): { readonly names: Set<string>; readonly needed: Set<string> } {
  return { names: new Set(), needed: new Set() }
}

function isSameSet(one: ReadonlySet<unknown>, other: ReadonlySet<unknown>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item))
}
