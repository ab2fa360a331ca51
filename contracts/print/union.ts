import type { LiteralShape, ObjectShape, Shape } from '../shape.ts'
import { canJoin, sharesValues } from './joining.ts'
import { membersOf, Overlap, resolve, type Types, wireKind } from './overlap.ts'
import { userSchemaOf } from './user-schemas.ts'

/** A union, arranged so that the first member that takes a value loses nothing of it. */
export interface Arranged {
  readonly nullable: boolean
  readonly optional: boolean
  /** What a list of plain values can say. */
  readonly literals: readonly LiteralShape[]
  /** Objects told apart by a property of theirs, and which. */
  readonly discriminated?: { readonly property: string; readonly members: readonly Shape[] }
  /**
   * The others, most particular first. Of several in one place each would drop keys of another, so all of them are
   * tried, and what comes out has the keys of all that fit.
   */
  readonly forms: readonly (readonly Shape[])[]
  /** Two members that each lose something of the other that no order can save. */
  readonly clash?: readonly [Shape, Shape]
}

/** Arranges the members of a union. `named` says whether a named type can be used for its properties. */
export function arrange(shape: Shape, types: Types, isOpen: (name: string) => boolean = () => true): Arranged {
  const all = membersOf(shape, types)
  // Of such, named unions could not be put in order as a whole.
  const isMixed = all.some((one) => isInstance(one, types)) && all.some((one) => wireKind(one, types) === 'object')
  const members = flatMembers(shape, isMixed ? types : undefined)
  const kindOf = (member: Shape) => resolve(member, types).kind
  const literals = members.flatMap((member): LiteralShape[] => {
    const resolved = resolve(member, types)
    return resolved.kind === 'literal' && typeof resolved.value !== 'bigint' && member.kind !== 'ref' ? [resolved] : []
  })
  const others = members.filter((member) => {
    const kind = kindOf(member)
    if (kind === 'null' || kind === 'undefined' || kind === 'never') return false
    return member.kind === 'ref' || kind !== 'literal' || !literals.includes(resolve(member, types) as LiteralShape)
  })
  const objects = others.filter((member) => kindOf(member) === 'object' && isOfOurs(member, types, isOpen))
  // Records and the like overlap with every object, so all of them have to be put in order.
  const apart = others.every(
    (member) => objects.includes(member) || !['object', 'any'].includes(wireKind(member, types)),
  )
  const inherited = others.flatMap((member) => prototypeOf(resolve(member, types)) ?? [])
  const found = objects.length > 1 && apart ? discriminatorOf(objects, types) : undefined
  // A Set has a `size` too, and a URL a `protocol`.
  const property = inherited.some((prototype) => found !== undefined && found in prototype) ? undefined : found
  const rest = property === undefined ? others : others.filter((member) => !objects.includes(member))
  return {
    nullable: members.some((member) => kindOf(member) === 'null'),
    optional: members.some((member) => kindOf(member) === 'undefined'),
    literals,
    ...(property === undefined ? {} : { discriminated: { property, members: objects } }),
    ...order(rest, types),
  }
}

/**
 * Unions within the union are laid open. Those that have a name may lead back here: of these only the others, found in
 * `types`, if that is given.
 */
function flatMembers(shape: Shape, types?: Types): readonly Shape[] {
  const isOpen = shape.kind === 'ref' && types && !userSchemaOf(shape, types) && !types.get(shape.name)?.recursive
  const union = isOpen ? resolve(shape, types) : shape
  return union.kind === 'union' ? union.members.flatMap((member) => flatMembers(member, types)) : [shape]
}

/** The property by which these objects can be told apart, as zod's discriminated unions ask for it. */
export function discriminatorOf(objects: readonly Shape[], types: Types): string | undefined {
  const [first] = objects
  if (!first) return undefined
  const shapes = objects.map((object) => resolve(object, types) as ObjectShape)
  return (shapes[0]?.properties ?? []).map(({ name }) => name).find((name) => tellsApart(name, shapes, types))
}

function tellsApart(name: string, objects: readonly ObjectShape[], types: Types): boolean {
  const seen = new Set<unknown>()
  return objects.every((object) => {
    const values = tagsOf(object, name, types)
    const fresh = values?.every((value) => !seen.has(value)) ?? false
    for (const value of values ?? []) seen.add(value)
    return fresh
  })
}

/** The plain values a required property is one of; nothing when it can be anything else. */
export function tagsOf(
  object: ObjectShape,
  name: string,
  types: Types,
): readonly (string | number | boolean)[] | undefined {
  const property = object.properties.find((candidate) => candidate.name === name)
  if (!property || property.optional || property.shape.default !== undefined) return undefined
  const tags: (string | number | boolean)[] = []
  for (const member of membersOf(property.shape, types)) {
    const shape = resolve(member, types)
    if (shape.kind !== 'literal' || typeof shape.value === 'bigint') return undefined
    tags.push(shape.value)
  }
  return tags
}

function order(members: readonly Shape[], types: Types): Pick<Arranged, 'forms' | 'clash'> {
  const overlap = new Overlap(types)
  const eats = (one: Shape, other: Shape) => overlap.takes(one, other) && overlap.loses(one, other)
  let groups: readonly (readonly Shape[])[] = members.map((member) => [member])
  let clash: readonly [Shape, Shape] | undefined
  for (const [at, one] of members.entries()) {
    for (const other of members.slice(at + 1)) {
      const isMutual = eats(one, other) && eats(other, one)
      if (!isMutual && !sharesValues(one, other, types, overlap)) continue
      const joins = canJoin(one, other, types, overlap)
      if (!joins && isMutual) clash ??= [one, other]
      if (joins) {
        const joined = groups.filter((group) => group.includes(one) || group.includes(other))
        groups = groups.flatMap((group) =>
          group === joined[0] ? [joined.flat()] : joined.includes(group) ? [] : [group],
        )
      }
    }
  }
  const isBefore = (first: readonly Shape[], second: readonly Shape[]) =>
    second.some((one) =>
      first.some((other) => (eats(one, other) && !eats(other, one)) || takesInstance(one, other, types)),
    )
  const forms: (readonly Shape[])[] = []
  const left = [...groups]
  while (left.length > 0) {
    const next = left.find((one) => !left.some((other) => other !== one && isBefore(other, one))) ?? left[0]
    if (!next) break
    forms.push(next)
    left.splice(left.indexOf(next), 1)
  }
  return { forms, ...(clash ? { clash } : {}) }
}

/** Whether a handler holds an instance of a class; what a schema of the user's makes may be one. */
function isInstance(shape: Shape, types: Types): boolean {
  const isOwn = userSchemaOf(shape, types) !== undefined && wireKind(shape, types) !== 'object'
  return isOwn || prototypeOf(resolve(shape, types)) !== undefined
}

/** Whether the schema of an object would take what is an instance of a class to the other. */
function takesInstance(taker: Shape, giver: Shape, types: Types): boolean {
  const isObject = (shape: Shape) => wireKind(shape, types) === 'object' && !isInstance(shape, types)
  const gives = isInstance(giver, types) || membersOf(giver, types).some((member) => isInstance(member, types))
  return gives && membersOf(taker, types).some(isObject)
}

/** What the values of a shape inherit from, where a handler holds instances of a class. */
function prototypeOf(shape: Shape): object | undefined {
  switch (shape.kind) {
    case 'date':
      return Date.prototype
    case 'url':
      return URL.prototype
    case 'bytes':
      return shape.buffer ? ArrayBuffer.prototype : Uint8Array.prototype
    case 'map':
      return Map.prototype
    case 'set':
      return Set.prototype
    default:
      return undefined
  }
}

/** Whether the schema of an object has the methods of ours: one of the user's may be anything. */
function isOfOurs(member: Shape, types: Types, isOpen: (name: string) => boolean): boolean {
  return !userSchemaOf(member, types) && (member.kind !== 'ref' || isOpen(member.name))
}
