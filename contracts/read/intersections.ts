import { type IntersectionType, SymbolFlags, type Type, TypeFlags } from 'typescript/sync'
import type { Shape } from '../shape.ts'
import { type Ask, isOfPlatform, together } from './compiler.ts'
import { readMembers } from './members.ts'
import { enter } from './named.ts'
import { commentOf, type Tag } from './notes.ts'
import { nameOf, placeOf } from './place.ts'
import { wireClasses } from './platform.ts'
import { aliasSymbolOf, propertiesOf, symbolOf } from './questions.ts'
import type { ShapeReader } from './shapes.ts'
import type { Site } from './site.ts'

/** Objects are merged into one; what is branded (`string & { __brand: 'Id' }`) is what it was before. */
export function* readIntersection(reader: ShapeReader, type: IntersectionType, site: Site): Ask<Shape> {
  // `{ kind: 'a' } & { kind: 'b' }` has no values, which the compiler finds out only when it is asked.
  const reduced = yield* type.getReducedType.gen()
  if (reduced.id !== type.id) return yield* reader.read(reduced, site)
  const members = yield* type.getTypes.gen()
  const isValue = yield* together(members.map((member) => isValueOfItsOwn(member)))
  const values = members.filter((_, index) => isValue[index])
  const [value, other] = values
  if (!value) return yield* enter(reader, type, site, (inner, entry) => readMembers(reader, type, inner, entry))
  const brands = members.filter((_, index) => !isValue[index])
  const isBranded =
    value.flags & TypeFlags.Object ? (yield* together(brands.map((brand) => isBrand(brand)))).every(Boolean) : true
  if (other || !isBranded) {
    const text = yield* reader.compiler.checker.typeToString.gen(type)
    return reader.refuse(
      'PK1113',
      site,
      `No value of JSON is all of ${text}. Put the parts into properties of one object.`,
    )
  }
  const alias = yield* aliasSymbolOf(type)
  const shape = yield* reader.read(value, { ...site, node: undefined })
  const tags = (yield* together(brands.map((brand) => tagsOf(reader, brand, value, site)))).flat()
  const tagged = reader.comment(shape, { tags: narrowest(tags) }, site)
  return reader.comment(tagged, commentOf(yield* reader.compiler.typeDeclarationOf(alias)), site)
}

/** What a mark such as typia's `tags.MinLength<3>` says: a JSON Schema, in the type of a property that is never there. */
function* tagsOf(reader: ShapeReader, brand: Type, of: Type, site: Site): Ask<Tag[]> {
  const { compiler } = reader
  const given = yield* compiler.typeOf(brand, 'typia.tag')
  const tag = given && (yield* compiler.checker.getNonNullableType.gen(given))
  const schema = tag && (yield* compiler.typeOf(tag, 'schema'))
  if (!schema || !site.blame || schema.flags & TypeFlags.VoidLike) return []
  const at = placeOf(nameOf(site.blame))
  // JSON Schema has no words for what a `uint8` is, which the mark has beside it.
  const value = yield* compiler.typeOf(tag, 'value')
  const known = of.flags & TypeFlags.BigIntLike ? rangesOfBigInts : ranges
  const range = value?.isStringLiteralType() ? known.get(value.value) : undefined
  if (range) {
    const [minimum, maximum] = range
    return Object.entries({ type: 'integer', minimum, maximum }).map(([name, text]) => ({ name, text: `${text}`, at }))
  }
  const symbols = yield* propertiesOf(schema)
  const types = symbols.length > 0 ? yield* reader.compiler.checker.getTypeOfSymbol.gen(symbols) : []
  return symbols.flatMap(({ name }, index) => {
    const type = types[index]
    return type?.isLiteralType() ? [{ name, text: String(type.value), at }] : []
  })
}

type Range = readonly [minimum: number | bigint, maximum: number | bigint]

/** The whole numbers of `tags.Type`, with those that they may be at least and at most. */
const ranges: ReadonlyMap<string, Range> = new Map(
  [8, 16, 32].flatMap((bits) => [
    [`int${bits}`, [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1]] as const,
    [`uint${bits}`, [0, 2 ** bits - 1]] as const,
  ]),
)

const rangesOfBigInts: ReadonlyMap<string, Range> = new Map([
  ['int64', [-(2n ** 63n), 2n ** 63n - 1n]],
  ['uint64', [0n, 2n ** 64n - 1n]],
])

const lower: ReadonlySet<string> = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems'])
const upper: ReadonlySet<string> = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'])

/** All marks hold at once, so of two bounds the narrower one counts. */
function narrowest(tags: readonly Tag[]): Tag[] {
  return tags.filter(({ name, text }, at) => {
    const others = tags.filter((other, place) => other.name === name && place !== at)
    const isWider = (other: Tag) =>
      lower.has(name) ? Number(text) < Number(other.text) : upper.has(name) && Number(text) > Number(other.text)
    return !others.some(isWider)
  })
}

/** Primitives, arrays, tuples and the platform's classes; everything else is an object whose properties can be merged. */
function* isValueOfItsOwn(type: Type): Ask<boolean> {
  if (!type.isObjectType()) return !type.isIntersectionType()
  if (type.isTupleType()) return true
  const symbol = yield* symbolOf(type)
  return (
    symbol !== undefined &&
    (symbol.flags & SymbolFlags.Interface) !== 0 &&
    isOfPlatform(symbol) &&
    wireClasses.has(symbol.name)
  )
}

/** Whether all that an object type says is a mark that exists for the compiler alone. */
function* isBrand(type: Type): Ask<boolean> {
  const properties = yield* propertiesOf(type)
  return properties.every(
    ({ name, escapedName, flags }) =>
      escapedName.startsWith('__@') || flags & SymbolFlags.Optional || /^(__|~|_?brand)/i.test(name),
  )
}
