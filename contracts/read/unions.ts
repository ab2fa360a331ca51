import { isDeepStrictEqual } from 'node:util'
import {
  isLiteralTypeNode,
  isStringLiteral,
  isTypeAliasDeclaration,
  isUnionTypeNode,
  type TypeNode,
} from 'typescript/ast'
import { TypeFlags, type UnionType } from 'typescript/sync'
import type { Shape } from '../shape.ts'
import { type Ask, type CompilerSymbol, isOfPlatform, type Type, together } from './compiler.ts'
import { enter } from './named.ts'
import { compare } from './problems.ts'
import { aliasSymbolOf, symbolOf } from './questions.ts'
import type { ShapeReader } from './shapes.ts'
import { inside, type Site, unwrapped } from './site.ts'

/** A union: under its name where it has one, otherwise written out. */
export function* readUnion(reader: ShapeReader, type: UnionType, site: Site): Ask<Shape> {
  // `(typeof roles)[number]` has no name of its own, and gets that of the alias it is written as.
  const own = yield* aliasSymbolOf(type)
  const alias = own && !isOfPlatform(own) ? own : site.alias
  const isPartly = (yield* type.getTypes.gen()).some(({ flags }) => flags & TypeFlags.VoidLike)
  // What may be undefined depends on where it stands, so it is written out there.
  if (!alias || isPartly) return yield* readMembers(reader, type, site)
  const node = (yield* nodeOfAlias(reader, alias)) ?? site.node
  return yield* enter(reader, type, { ...site, alias: own === alias ? undefined : alias }, (inner) =>
    readMembers(reader, type, { ...inner, node }),
  )
}

/** What an alias is written as, wherever it is met; none for a generic one, which is something else each time. */
function* nodeOfAlias(reader: ShapeReader, alias: CompilerSymbol): Ask<TypeNode | undefined> {
  const declaration = yield* reader.compiler.typeDeclarationOf(alias)
  const isPlain = declaration && isTypeAliasDeclaration(declaration) && !declaration.typeParameters
  return isPlain ? unwrapped(declaration.type) : undefined
}

interface Member {
  readonly type: Type
  readonly node: TypeNode | undefined
}

function* readMembers(reader: ShapeReader, type: UnionType, site: Site): Ask<Shape> {
  const types = yield* type.getTypes.gen()
  const written =
    site.node && isUnionTypeNode(site.node) ? yield* membersAsWritten(reader, site.node, types) : undefined
  const members: readonly Member[] = written ?? (yield* inOrder(types)).map((type) => ({ type, node: undefined }))
  const kept = members.filter(
    ({ type: member }) => !(site.undefinedIs === 'dropped' && member.flags & TypeFlags.VoidLike),
  )
  const shapes = yield* together(
    kept.map((member) => {
      const at = inside(site, '', member.node)
      return reader.read(member.type, { ...at, undefinedIs: site.undefinedIs })
    }),
  )
  return unionOf(yield* foldEnums(reader, kept, shapes, site))
}

/**
 * The compiler's own order is that in which it met the members, which is another after an edit, and has `null` first,
 * where nobody writes it.
 */
function* inOrder(types: readonly Type[]): Ask<readonly Type[]> {
  const declared = types.filter(isDeclared)
  const symbols = yield* together(declared.map((type) => symbolOf(type)))
  const places = new Map(declared.map((type, index) => [type, symbols[index]?.declarations[0]]))
  return types.toSorted((left, right) => {
    const [one, other] = [places.get(left), places.get(right)]
    const byPlace = one && other ? compare(one.path, other.path) || one.index - other.index : 0
    return rank(left) - rank(right) || byPlace || (rank(left) === 1 ? compareLiterals(left, right) : 0)
  })
}

/** Whether a type stands somewhere in the sources. */
function isDeclared(type: Type): boolean {
  return (type.flags & (TypeFlags.Object | TypeFlags.EnumLiteral)) !== 0
}

/** The primitives first, then literals, what is declared, and `null`. */
function rank(type: Type): number {
  if (type.flags & TypeFlags.Null) return 3
  if (isDeclared(type)) return 2
  return type.isLiteralType() && !(type.flags & TypeFlags.BooleanLike) ? 1 : 0
}

/** Numbers as they are counted, texts by their characters. */
function compareLiterals(left: Type, right: Type): number {
  if (!left.isLiteralType() || !right.isLiteralType()) return 0
  const [one, other] = [left.value, right.value]
  if (typeof one !== typeof other) return compare(typeof one, typeof other)
  return one === other ? 0 : one < other ? -1 : 1
}

/** The members in the order of the source, if what is written there is really what the compiler made of it. */
function* membersAsWritten(reader: ShapeReader, node: TypeNode, types: readonly Type[]): Ask<Member[] | undefined> {
  const nodes = [...flatten(node)]
  const texts = textsIn(types)
  const written = yield* together(nodes.map((member) => typeAsWritten(reader, member, texts)))
  const covered = new Set<number>()
  for (const member of written) for (const { id } of yield* constituentsOf(member, true)) covered.add(id)
  const isAll = types.every(({ id, flags }) => covered.has(id) || flags & TypeFlags.VoidLike)
  const ids = new Set(types.map(({ id }) => id))
  if (!isAll || [...covered].some((id) => !ids.has(id))) return undefined
  const members = written.flatMap((member, index) => ({ type: member, node: nodes[index] }))
  // `undefined` of an optional property is not written.
  const silent = types.filter(({ id, flags }) => flags & TypeFlags.VoidLike && !covered.has(id))
  return [...members, ...silent.map((member) => ({ type: member, node: undefined }))]
}

/** The type of what is written; texts are found without asking. */
function* typeAsWritten(reader: ShapeReader, node: TypeNode, texts: ReadonlyMap<string, Type>): Ask<Type> {
  const known = isLiteralTypeNode(node) && isStringLiteral(node.literal) ? texts.get(node.literal.text) : undefined
  return known ?? (yield* reader.compiler.typeAt(node))
}

/** The literals of a union that are no members of enums, by their text. */
function textsIn(types: readonly Type[]): ReadonlyMap<string, Type> {
  const texts = types.filter((type) => type.isStringLiteralType() && !(type.flags & TypeFlags.EnumLiteral))
  return new Map(texts.map((type) => [type.isStringLiteralType() ? type.value : '', type]))
}

function* flatten(node: TypeNode): Generator<TypeNode> {
  const inner = unwrapped(node) ?? node
  if (isUnionTypeNode(inner)) for (const member of inner.types) yield* flatten(member)
  else yield inner
}

/** The types that a union is made of, without `undefined` unless it is asked for. */
export function* constituentsOf(type: Type, withUndefined = false): Ask<readonly Type[]> {
  const types = type.isUnionType() ? yield* type.getTypes.gen() : [type]
  return withUndefined ? types : types.filter(({ flags }) => !(flags & TypeFlags.VoidLike))
}

/** The compiler takes enums apart in unions; where all members of one are there, its name stands for them again. */
function* foldEnums(
  reader: ShapeReader,
  members: readonly Member[],
  shapes: readonly Shape[],
  site: Site,
): Ask<Shape[]> {
  const result: (Shape | undefined)[] = [...shapes]
  const literals = members.flatMap(({ type }, index) => (isMember(type) ? [{ type, index }] : []))
  const symbols = yield* together(literals.map(({ type }) => symbolOf(type)))
  const parents = yield* together(symbols.map((symbol) => parentOf(symbol)))
  const groups = Map.groupBy(literals.keys(), (position) => parents[position]?.id)
  for (const positions of groups.values()) {
    const parent = parents[positions[0] ?? 0]
    if (!parent || positions.length < 2) continue
    const whole = yield* reader.compiler.checker.getDeclaredTypeOfSymbol.gen(parent)
    const all = yield* constituentsOf(whole)
    const [first, ...others] = positions.map((position) => literals[position]?.index ?? 0)
    if (all.length !== positions.length || first === undefined) continue
    result[first] = yield* reader.read(whole, inside(site, '', undefined))
    for (const other of others) result[other] = undefined
  }
  return result.filter((shape) => shape !== undefined)
}

function isMember({ flags }: Type): boolean {
  return (flags & TypeFlags.EnumLiteral) !== 0 && (flags & TypeFlags.Union) === 0
}

function* parentOf(symbol: CompilerSymbol | undefined): Ask<CompilerSymbol | undefined> {
  return symbol && (yield* symbol.getParent.gen())
}

/** A union without doubles: `true | false` is a boolean, and one member is itself. */
export function unionOf(shapes: readonly Shape[]): Shape {
  const members: Shape[] = []
  const literals = new Set<unknown>()
  for (const shape of shapes.flatMap((member) => (isPlainUnion(member) ? member.members : [member]))) {
    // Unions of thousands of literals are common; comparing each with each would take seconds.
    if (isPlainLiteral(shape)) {
      if (literals.has(shape.value)) continue
      literals.add(shape.value)
      members.push(shape)
    } else if (shape.kind !== 'never' && !members.some((member) => isSame(member, shape))) members.push(shape)
  }
  const has = (value: boolean): boolean => members.some((member) => member.kind === 'literal' && member.value === value)
  if (has(true) && has(false)) {
    const first = members.findIndex((member) => member.kind === 'literal' && typeof member.value === 'boolean')
    members[first] = { kind: 'boolean' }
    return unionOf(members.filter((member) => !(member.kind === 'literal' && typeof member.value === 'boolean')))
  }
  const [only] = members
  if (!only) return { kind: 'never' }
  return members.length === 1 ? only : { kind: 'union', members }
}

function isPlainLiteral(shape: Shape): shape is Shape & { kind: 'literal' } {
  return shape.kind === 'literal' && Object.keys(shape).length === 2
}

function isSame(left: Shape, right: Shape): boolean {
  return left.kind === right.kind && isDeepStrictEqual(left, right)
}

/** A union that carries nothing of its own, so that its members can stand in the outer one. */
function isPlainUnion(shape: Shape): shape is Shape & { kind: 'union' } {
  return shape.kind === 'union' && Object.keys(shape).length === 2
}
