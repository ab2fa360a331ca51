import type { ObjectShape, Shape } from '../shape.ts'
import { membersOf, type Overlap, resolve, type Types, wireKind } from './overlap.ts'
import { userSchemaOf } from './user-schemas.ts'

/** Whether a value can be two objects at once, of which each would drop something of the other. */
export function sharesValues(one: Shape, other: Shape, types: Types, overlap: Overlap): boolean {
  const [first, second] = [soleMember(one, types), soleMember(other, types)]
  if (first?.kind !== 'object' || second?.kind !== 'object') return false
  return (
    mayBeBoth(first, second, types, overlap) &&
    dropsOf(first, second, types, overlap) &&
    dropsOf(second, first, types, overlap)
  )
}

function mayBeBoth(one: Shape, other: Shape, types: Types, overlap: Overlap, depth = 0): boolean {
  const [first, second] = [soleMember(one, types), soleMember(other, types)]
  if (first?.kind !== 'object' || second?.kind !== 'object' || depth > maxDepth) {
    return overlap.takes(one, other) || overlap.takes(other, one)
  }
  return first.properties.every((property) => {
    const given = second.properties.find(({ name }) => name === property.name)
    if (!given || (property.optional && given.optional)) return true
    return mayBeBoth(property.shape, given.shape, types, overlap, depth + 1)
  })
}

/** Whether `one` drops keys of a value that is `other` as well. */
function dropsOf(one: Shape, other: Shape, types: Types, overlap: Overlap, depth = 0): boolean {
  const [first, second] = [soleMember(one, types), soleMember(other, types)]
  if (first?.kind === 'array' && second?.kind === 'array') {
    return dropsOf(first.items, second.items, types, overlap, depth + 1)
  }
  if (first?.kind !== 'object' || second?.kind !== 'object' || depth > maxDepth) return overlap.loses(one, other)
  if (overlap.losesKeys(first, second)) return true
  return first.properties.some(({ name, shape }) => {
    const given = second.properties.find((property) => property.name === name)
    return given !== undefined && dropsOf(shape, given.shape, types, overlap, depth + 1)
  })
}

/** Whether two objects drop nothing of each other but keys, of their own or of what is inside, so that both can be put together. */
export function canJoin(one: Shape, other: Shape, types: Types, overlap: Overlap, depth = 0): boolean {
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
