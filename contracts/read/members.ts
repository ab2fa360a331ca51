import { isInterfaceDeclaration, isTypeLiteralNode, type Node, SyntaxKind, type TypeNode } from 'typescript/ast'
import { all, CheckFlags, type IndexInfo, ObjectFlags, SymbolFlags, type Type, TypeFlags } from 'typescript/sync'
import type { Property, Shape } from '../shape.ts'
import { type Ask, type CompilerSymbol, isOfPlatform, together } from './compiler.ts'
import { headerIn } from './headers.ts'
import { isBroken } from './literals.ts'
import { commentOf } from './notes.ts'
import { compare } from './problems.ts'
import { propertiesOf, symbolOf } from './questions.ts'
import type { Entry } from './registry.ts'
import type { ShapeReader } from './shapes.ts'
import { inside, propertyStep, type Site } from './site.ts'
import { unionOf } from './unions.ts'

/** The properties and index signatures of an object type, or of an intersection of such. */
export function* readMembers(reader: ShapeReader, type: Type, site: Site, entry: Entry): Ask<Shape> {
  const isPlain = yield* hasPropertiesOnly(reader, type)
  const isMapped = type.isObjectType() && type.isMappedType()
  const [found, calls, constructs, indexes] = yield* all(
    propertiesOf(type),
    isPlain || isMapped ? nothing() : type.getCallSignatures.gen(),
    isPlain || isMapped ? nothing() : type.getConstructSignatures.gen(),
    isPlain ? nothing() : type.getIndexInfos.gen(),
  )
  if (calls.length > 0 || constructs.length > 0) {
    return reader.refuse('PK1103', site, 'JSON has no functions. Leave it out of the type.')
  }
  // Those of a union of names stand in the compiler's own order, which is another after an edit.
  const isOfNames = isMapped && found.every(({ declarations }) => declarations.length === 0)
  const symbols = isOfNames ? found.toSorted((one, other) => compare(one.name, other.name)) : found
  const isClass = type.isObjectType() && (type.objectFlags & ObjectFlags.Class) !== 0
  const base = isClass ? symbols.find((symbol) => isOfPlatform(symbol)) : undefined
  if (base) {
    const why = `This class extends one of the platform, whose ${base.name} is not yours to send.`
    return reader.refuse('PK1109', site, `${why} Write an interface of the data that is meant.`)
  }
  const types = yield* reader.compiler.checker.getTypeOfSymbol.gen(symbols)
  const read = yield* together(
    symbols.map((symbol, index) => readProperty(reader, { owner: type, symbol, type: types[index], isClass }, site)),
  )
  const properties = read.filter((property) => typeof property === 'object')
  const hidden = read.filter((property) => typeof property === 'string')
  if (hidden.length > 0) entry.classMembers = hidden
  return yield* withIndex(reader, type, properties, indexes, site)
}

/** Most types are written with properties alone, which their source tells without further questions. */
function* hasPropertiesOnly(reader: ShapeReader, type: Type): Ask<boolean> {
  if (!type.isObjectType() || type.isMappedType()) return false
  const symbol = yield* symbolOf(type)
  if (!symbol || isOfPlatform(symbol)) return false
  if (symbol.flags & SymbolFlags.ObjectLiteral) return true
  const nodes = yield* together(symbol.declarations.map((declaration) => reader.compiler.nodeOf(declaration)))
  return nodes.every((node) => {
    if (!node || !(isInterfaceDeclaration(node) || isTypeLiteralNode(node))) return false
    if (isInterfaceDeclaration(node) && node.heritageClauses) return false
    return node.members.every(
      ({ kind }) => kind === SyntaxKind.PropertySignature || kind === SyntaxKind.MethodSignature,
    )
  })
}

function nothing(): Ask<readonly never[]> {
  return together<never>([])
}

interface Member {
  readonly owner: Type
  readonly symbol: CompilerSymbol
  readonly type: Type | undefined
  readonly isClass: boolean
}

/** A property; the name alone of a member that is on no plain object; nothing for what is not read. */
function* readProperty(reader: ShapeReader, member: Member, site: Site): Ask<Property | string | undefined> {
  const { owner, symbol, type, isClass } = member
  const { escapedName, name, flags } = symbol
  if (escapedName.startsWith('__#')) return name.slice(name.indexOf('@') + 1)
  const declaration = isOfPlatform(symbol) ? undefined : yield* reader.compiler.declarationOf(symbol)
  const at: Site = {
    ...inside(site, propertyStep(name), writtenType(declaration), declaration),
    undefinedIs: 'dropped',
  }
  if (escapedName.startsWith('__@')) return passSymbolKey(reader, owner, symbol, { ...at, path: site.path })
  if (flags & SymbolFlags.Prototype) return undefined
  if (isClass && (flags & SymbolFlags.Method || isHidden(declaration))) return name
  if (name === '__proto__') {
    reader.refuse(
      'PK1111',
      at,
      'A property named __proto__ changes what an object is instead of what it holds. Name it otherwise.',
    )
    return undefined
  }
  if (isBroken(name)) {
    reader.refuse('PK1111', at, 'A name with half of a character in it is read by some programs as another one.')
    return undefined
  }
  if (!type) return undefined
  const mayBeAbsent =
    type.isUnionType() && (yield* type.getTypes.gen()).some((member) => member.flags & TypeFlags.VoidLike)
  const isNothing = (type.flags & TypeFlags.VoidLike) !== 0
  const shape = yield* reader.read(type, at)
  // What a comment says about a property need not hold for what a mapped type makes of it.
  const isMapped = (symbol.checkFlags & CheckFlags.Mapped) !== 0
  const comment = commentOf(declaration)
  const header = headerIn(comment, (code, tag, message) => reader.problems.add(code, tag.at, message, at.path))
  return {
    name,
    ...(header === undefined ? {} : { header }),
    shape: reader.comment(shape, comment, at, isMapped),
    optional: (flags & SymbolFlags.Optional) !== 0 || mayBeAbsent || isNothing,
  }
}

/** Keys that are symbols are never in JSON; they are how types are branded. */
function passSymbolKey(reader: ShapeReader, owner: Type, symbol: CompilerSymbol, site: Site): undefined {
  if (owner.isIntersectionType() || symbol.flags & SymbolFlags.Optional) return
  reader.refuse('PK1104', site, 'A property whose key is a symbol is not in JSON. Name it by a string.')
}

/** What is written after the colon of a property. */
function writtenType(declaration: Node | undefined): TypeNode | undefined {
  return declaration && 'type' in declaration ? (declaration.type as TypeNode | undefined) : undefined
}

function isHidden(declaration: Node | undefined): boolean {
  const modifiers =
    declaration && 'modifiers' in declaration ? (declaration.modifiers as readonly Node[] | undefined) : undefined
  return (
    modifiers?.some(({ kind }) => kind === SyntaxKind.PrivateKeyword || kind === SyntaxKind.ProtectedKeyword) ?? false
  )
}

function* withIndex(
  reader: ShapeReader,
  type: Type,
  properties: readonly Property[],
  indexes: readonly IndexInfo[],
  site: Site,
): Ask<Shape> {
  const named = indexes.filter(({ keyType }) => !(keyType.flags & TypeFlags.ESSymbolLike))
  if (indexes.length > 0 && named.length === 0) {
    return reader.refuse('PK1104', site, 'JSON has no symbols as keys. Index by string.')
  }
  const [index] = named
  if (!index) return { kind: 'object', properties }
  const isSame = named.every(({ valueType }) => valueType.id === index.valueType.id)
  const keys = yield* together(named.map(({ keyType }) => reader.read(keyType, inside(site, '.key', undefined))))
  if (!isSame && (type.isIntersectionType() || !keys.every((key) => isForm(key) || isAnyText(key)))) {
    return reader.refuse(
      'PK1112',
      site,
      'What the keys of this intersection hold depends on all of its parts. Write one type with these index signatures.',
    )
  }
  const values = yield* together((isSame ? [index] : named).map((info) => readIndexed(reader, info, site)))
  const [value = { kind: 'never' }] = values
  // Every other key is a string as well.
  const key = keys.find(isAnyText) ?? unionOf(keys)
  if (isSame && properties.length === 0) return { kind: 'record', key, value }
  if (isSame && !isForm(key)) return { kind: 'object', properties, index: { key, value } }
  const signatures = isSame ? [{ key, value }] : keys.map((each, at) => ({ key: each, value: values[at] ?? value }))
  return { kind: 'keyed', properties, signatures }
}

function* readIndexed(reader: ShapeReader, index: IndexInfo, site: Site): Ask<Shape> {
  const declaration = yield* reader.compiler.nodeOf(index.declaration)
  const at = inside(site, '[key]', writtenType(declaration), declaration)
  return yield* reader.read(index.valueType, { ...at, undefinedIs: 'dropped' })
}

/** Whether keys say by their form what they hold. */
function isForm(key: Shape): boolean {
  if (key.kind === 'union') return key.members.every(isForm)
  const isPlainNumber = key.kind === 'number' && Object.keys(key).length === 1
  return key.kind === 'template' || isPlainNumber || (key.kind === 'string' && key.textCase !== undefined)
}

function isAnyText(key: Shape): boolean {
  return key.kind === 'string' && !isForm(key)
}
