import type { LiteralShape, ObjectShape, Shape } from '../shape.ts'
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
  const members = flatMembers(shape)
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
  const property = objects.length > 1 && apart ? discriminatorOf(objects, types) : undefined
  const rest = property === undefined ? others : others.filter((member) => !objects.includes(member))
  return {
    nullable: members.some((member) => kindOf(member) === 'null'),
    optional: members.some((member) => kindOf(member) === 'undefined'),
    literals,
    ...(property === undefined ? {} : { discriminated: { property, members: objects } }),
    ...order(rest, types),
  }
}

/** Unions within the union are laid open, unless they have a name, which may lead back here. */
function flatMembers(shape: Shape): readonly Shape[] {
  return shape.kind === 'union' ? shape.members.flatMap(flatMembers) : [shape]
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
      if (!eats(one, other) || !eats(other, one)) continue
      if (!canJoin(one, other, types, overlap)) clash ??= [one, other]
      else {
        const joined = groups.filter((group) => group.includes(one) || group.includes(other))
        groups = groups.flatMap((group) =>
          group === joined[0] ? [joined.flat()] : joined.includes(group) ? [] : [group],
        )
      }
    }
  }
  const isBefore = (first: readonly Shape[], second: readonly Shape[]) =>
    second.some((one) => first.some((other) => eats(one, other) && !eats(other, one)))
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

/** Whether two objects drop nothing of each other but keys, of their own or of what is inside, so that both can be put together. */
function canJoin(one: Shape, other: Shape, types: Types, overlap: Overlap, depth = 0): boolean {
  const [first, second] = [resolve(one, types), resolve(other, types)]
  if (first.kind !== 'object' || second.kind !== 'object' || first.index || second.index) return false
  if (userSchemaOf(one, types) || userSchemaOf(other, types) || depth > maxDepth) return false
  return first.properties.every(({ name, shape }) => {
    const given = second.properties.find((property) => property.name === name)
    return !given || canMerge(shape, given.shape, types, overlap, depth)
  })
}

/** How deep two objects are looked into for what they drop of each other. */
const maxDepth = 8

function canMerge(one: Shape, other: Shape, types: Types, overlap: Overlap, depth: number): boolean {
  const drops = (left: Shape, right: Shape): boolean => overlap.takes(left, right) && overlap.loses(left, right)
  if (!drops(one, other) && !drops(other, one)) return true
  const [first, second] = [soleMember(one, types), soleMember(other, types)]
  if (first?.kind === 'array' && second?.kind === 'array') {
    return canMerge(first.items, second.items, types, overlap, depth + 1)
  }
  return first !== undefined && second !== undefined && canJoin(first, second, types, overlap, depth + 1)
}

/** What a shape is when it is there. */
function soleMember(shape: Shape, types: Types): Shape | undefined {
  const members = membersOf(shape, types).filter((member) => {
    const kind = wireKind(member, types)
    return kind !== 'null' && kind !== 'nothing'
  })
  const [only] = members
  return only && members.length === 1 && !userSchemaOf(only, types) ? resolve(only, types) : undefined
}

/** The names of each of these objects, where one of them needs none: of an object with the names of others only it is none. */
export function namesToShare(objects: readonly Shape[], types: Types): readonly (readonly string[])[] | undefined {
  const shapes = objects.map((object) => (resolve(object, types) as ObjectShape).properties)
  const isWeak = shapes.some((properties) =>
    properties.every(({ optional, shape }) => optional || shape.default !== undefined),
  )
  return isWeak ? shapes.map((properties) => properties.map(({ name }) => name)) : undefined
}

/** Whether the schema of an object has the methods of ours: one of the user's may be anything. */
function isOfOurs(member: Shape, types: Types, isOpen: (name: string) => boolean): boolean {
  return !userSchemaOf(member, types) && (member.kind !== 'ref' || isOpen(member.name))
}
