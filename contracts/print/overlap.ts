import { isDeepStrictEqual } from 'node:util'
import type { NamedType } from '../model.ts'
import type { ObjectShape, Shape } from '../shape.ts'
import { groupsOf } from './groups.ts'
import { memoize } from './memoize.ts'
import { partsOf } from './parts.ts'

/** The named types by name. */
export type Types = ReadonlyMap<string, NamedType>

/** What a value is in JSON. */
export type WireKind = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object' | 'nothing'

/** The shape that a name or a schema of the user's stands for, or the shape itself. */
export function resolve(shape: Shape, types: Types): Exclude<Shape, { kind: 'ref' } | { kind: 'schema' }> {
  let current = shape
  for (let steps = 0; current.kind === 'ref' || current.kind === 'schema'; steps++) {
    if (current.kind === 'schema') {
      current = current.shape
      continue
    }
    const named = types.get(current.name)
    if (!named) throw new TypeError(`The model has no type named ${current.name}.`)
    if (steps > types.size) throw new TypeError(`The type ${current.name} is nothing but itself.`)
    current = named.shape
  }
  return current
}

/** The members of a union, with the unions among them laid open; a single shape is its only member. */
export function membersOf(shape: Shape, types: Types): Shape[] {
  const resolved = resolve(shape, types)
  return resolved.kind === 'union' ? resolved.members.flatMap((member) => membersOf(member, types)) : [shape]
}

/** Whether these keys are text in JSON, so that an object can hold them. */
export function isText(key: Shape, types: Types): boolean {
  return membersOf(key, types).every((member) => {
    const shape = resolve(member, types)
    return (
      shape.kind === 'string' ||
      shape.kind === 'template' ||
      (shape.kind === 'literal' && typeof shape.value === 'string')
    )
  })
}

/** Whether the keys of a record say which keys it has, so that others are none of its: all of a template, or numbers. */
export function isKeyForm(key: Shape, types: Types): boolean {
  return membersOf(key, types).every((member) => {
    const shape = resolve(member, types)
    const isPlainNumber = shape.kind === 'number' && Object.keys(shape).length === 1
    return shape.kind === 'template' || isPlainNumber || (shape.kind === 'string' && shape.textCase !== undefined)
  })
}

/** What a value of this shape, which is no union, can be in JSON; all of them for `unknown`. */
export function wireKind(shape: Shape, types: Types): WireKind | 'any' {
  const resolved = resolve(shape, types)
  switch (resolved.kind) {
    case 'string':
    case 'template':
    case 'bigint':
    case 'date':
    case 'url':
    case 'bytes':
      return 'string'
    case 'number':
    case 'boolean':
    case 'null':
      return resolved.kind
    case 'literal':
      return typeof resolved.value === 'bigint' ? 'string' : (typeof resolved.value as 'string' | 'number' | 'boolean')
    case 'array':
    case 'tuple':
    case 'set':
      return 'array'
    case 'object':
    case 'record':
    case 'keyed':
      return 'object'
    case 'map':
      return isText(resolved.key, types) ? 'object' : 'array'
    case 'undefined':
    case 'never':
      return 'nothing'
    // JSON has none of these, and no union has one as a member.
    case 'file':
    case 'blob':
    case 'stream':
    case 'response':
      return 'any'
    case 'unknown':
    case 'union':
      return 'any'
  }
}

/** Whether values of this shape are in JSON as they are. */
export function isPlain(shape: Shape, types: Types): boolean {
  return !isRich(shape, richTypes(types))
}

/** The named types that lead to something that JSON does not have. */
const richTypes: (types: Types) => ReadonlySet<string> = memoize((types) => {
  const rich = new Set<string>()
  // What a group leads to stands before it.
  for (const group of groupsOf(types)) {
    if (group.some(({ shape }) => isRich(shape, rich))) for (const { name } of group) rich.add(name)
  }
  return rich
})

function isRich(shape: Shape, rich: ReadonlySet<string>): boolean {
  switch (shape.kind) {
    case 'bigint':
    case 'date':
    case 'url':
    case 'map':
    case 'set':
      return true
    case 'bytes':
      return !shape.raw
    case 'literal':
      return typeof shape.value === 'bigint'
    case 'ref':
      return rich.has(shape.name)
    case 'template':
      return false
    default:
      return partsOf(shape).some((part) => isRich(part, rich))
  }
}

/**
 * Answers how two shapes relate on the wire. Where it cannot know it says yes, so that what follows from it
 * is careful rather than wrong.
 */
export class Overlap {
  readonly #types: Types
  /** The pairs under way: shapes that recur meet themselves again. */
  readonly #asked = new Map<string, Map<string, boolean>>()

  constructor(types: Types) {
    this.#types = types
  }

  /** Whether a schema of `taker` takes some value of `giver`, given that it passes over keys it does not know. */
  takes(taker: Shape, giver: Shape): boolean {
    if (isSame(taker, giver)) return true
    return this.#once('takes', taker, giver, true, () =>
      membersOf(taker, this.#types).some((one) =>
        membersOf(giver, this.#types).some((other) => this.#takesMember(one, other)),
      ),
    )
  }

  /** Whether a schema of `taker` drops, or leaves unread, something of a value of `giver` that it takes. */
  loses(taker: Shape, giver: Shape): boolean {
    if (isSame(taker, giver)) return false
    return this.#once('loses', taker, giver, true, () =>
      membersOf(giver, this.#types).some((other) => {
        const takers = membersOf(taker, this.#types).filter((one) => this.#takesMember(one, other))
        return takers.length > 0 && takers.every((one) => this.#losesMember(one, other))
      }),
    )
  }

  /** Whether it drops keys at its own level, rather than only deeper down. */
  losesKeys(taker: ObjectShape, giver: ObjectShape): boolean {
    const known = new Set(taker.properties.map(({ name }) => name))
    return !taker.index && (giver.index !== undefined || giver.properties.some(({ name }) => !known.has(name)))
  }

  #takesMember(taker: Shape, giver: Shape): boolean {
    const kinds = [wireKind(taker, this.#types), wireKind(giver, this.#types)] as const
    if (kinds.includes('nothing')) return kinds[0] === kinds[1]
    if (kinds.includes('any')) return true
    if (kinds[0] !== kinds[1]) return false
    const one = resolve(taker, this.#types)
    const other = resolve(giver, this.#types)
    if (one.kind === 'literal' && other.kind === 'literal') {
      return String(one.value) === String(other.value) && typeof one.value === typeof other.value
    }
    if (one.kind === 'object' && other.kind === 'object') return this.#takesObject(one, other)
    if (one.kind === 'tuple' && other.kind === 'tuple' && !one.after && !other.after) {
      return one.items.every(({ shape, optional }, at) => {
        const item = other.items[at]?.shape ?? other.rest
        return item ? this.takes(shape, item) : optional === true
      })
    }
    return true
  }

  #takesObject(taker: ObjectShape, giver: ObjectShape): boolean {
    return taker.properties.every(({ name, shape, optional }) => {
      const given = giver.properties.find((property) => property.name === name)
      const value = given?.shape ?? giver.index?.value
      if (!value) return optional || shape.default !== undefined
      const mayLack = (optional || shape.default !== undefined) && (given === undefined || given.optional)
      return mayLack || this.takes(shape, value)
    })
  }

  #losesMember(taker: Shape, giver: Shape): boolean {
    const one = resolve(taker, this.#types)
    const other = resolve(giver, this.#types)
    // Which keys such an object has depends on the keys themselves.
    if (one.kind === 'keyed' || other.kind === 'keyed') return !isDeepStrictEqual(one, other)
    if (one.kind === 'object') {
      if (other.kind !== 'object') return true
      if (this.losesKeys(one, other)) return true
      return one.properties.some(({ name, shape }) => {
        const given = other.properties.find((property) => property.name === name)
        return given !== undefined && this.loses(shape, given.shape)
      })
    }
    if (one.kind === 'record' && isKeyForm(one.key, this.#types)) {
      return other.kind !== 'record' || !isDeepStrictEqual(one.key, other.key) || this.loses(one.value, other.value)
    }
    if (one.kind === 'record' && other.kind === 'record') return this.loses(one.value, other.value)
    if (one.kind === 'record' && other.kind === 'object') {
      return other.properties.some(({ shape }) => this.loses(one.value, shape))
    }
    const items = itemsOf(one)
    const given = itemsOf(other)
    if (items.length > 0 && given.length > 0) return items.some((item) => given.some((part) => this.loses(item, part)))
    if (one.kind === 'unknown') return !isPlain(other, this.#types)
    // A literal or a form of text that is more particular goes first, though it loses nothing either way.
    return one.kind === 'string' && other.kind !== 'string'
  }

  #once(question: string, one: Shape, other: Shape, meanwhile: boolean, answer: () => boolean): boolean {
    if (one.kind !== 'ref' && other.kind !== 'ref') return answer()
    const key = `${question} ${one.kind === 'ref' ? one.name : this.#idOf(one)}`
    const second = other.kind === 'ref' ? other.name : this.#idOf(other)
    const row = this.#asked.get(key) ?? new Map<string, boolean>()
    this.#asked.set(key, row)
    const known = row.get(second)
    if (known !== undefined) return known
    row.set(second, meanwhile)
    const found = answer()
    row.set(second, found)
    return found
  }

  readonly #ids = new Map<Shape, string>()

  #idOf(shape: Shape): string {
    const id = this.#ids.get(shape) ?? `#${this.#ids.size}`
    this.#ids.set(shape, id)
    return id
  }
}

function isSame(one: Shape, other: Shape): boolean {
  return one === other || (one.kind === 'ref' && other.kind === 'ref' && one.name === other.name)
}

function itemsOf(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case 'array':
    case 'set':
      return [shape.items]
    case 'tuple':
      return [
        ...shape.items.map((item) => item.shape),
        ...(shape.rest ? [shape.rest] : []),
        ...(shape.after ?? []).map((item) => item.shape),
      ]
    case 'map':
      return [shape.value]
    default:
      return []
  }
}
