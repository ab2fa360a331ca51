import {
  isArrayTypeNode,
  isNamedTupleMember,
  isOptionalTypeNode,
  isRestTypeNode,
  isTupleTypeNode,
  isTypeReferenceNode,
  type Node,
  type TypeNode,
} from 'typescript/ast'
import { all, ElementFlags, type ObjectType, SymbolFlags, TypeFlags } from 'typescript/sync'
import type { Shape } from '../shape.ts'
import { type Ask, type CompilerSymbol, isOfPlatform, isOfZod, type Type, together } from './compiler.ts'
import { checkArguments } from './lost-constraints.ts'
import { readMembers } from './members.ts'
import { enter, typeArgumentsOf } from './named.ts'
import { commentOf } from './notes.ts'
import { insteadOf, type WireClass, wireClasses } from './platform.ts'
import { aliasSymbolOf, propertiesOf, symbolOf } from './questions.ts'
import type { ShapeReader } from './shapes.ts'
import { inside, type Site } from './site.ts'
import { readCodecClass } from './user-schemas.ts'

/** An array, a tuple, a class of the platform or an object with properties. */
export function* readObject(reader: ShapeReader, type: ObjectType, site: Site): Ask<Shape> {
  if (type.isTupleType()) return yield* readSequence(reader, type, site, (inner) => readTuple(reader, type, inner))
  const symbol = yield* symbolOf(type)
  const isClassOrInterface = symbol && symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface)
  if (symbol && isClassOrInterface && isOfPlatform(symbol)) {
    const wire = wireClasses.get(symbol.name)
    if (wire) return yield* readSequence(reader, type, site, (inner) => readWireClass(reader, wire, type, inner))
    const refused = yield* refuseOfPlatform(reader, type, symbol, site)
    if (refused) return refused
  }
  // Zod has an interface of its own for what `z.file()` gives.
  if (symbol?.name === 'File' && isOfZod(symbol)) return { kind: 'file' }
  if (symbol && symbol.flags & SymbolFlags.Class) {
    const own = yield* readCodecClass(reader, type, symbol, site)
    if (own) return own
  }
  const alias = yield* aliasSymbolOf(type)
  if (alias?.name === 'Record' && isOfPlatform(alias) && argumentNodes(site.node).length === 2) {
    return yield* readSequence(reader, type, site, (inner) => readRecord(reader, type, inner))
  }
  yield* checkArguments(reader, site)
  return yield* enter(reader, type, site, (inner, entry) => readMembers(reader, type, inner, entry))
}

/** `Record<Id, Email>` as it is written, since the compiler forgets what its arguments were called. */
function* readRecord(reader: ShapeReader, type: Type, site: Site): Ask<Shape> {
  const [symbols, [index, other]] = yield* all(propertiesOf(type), type.getIndexInfos.gen())
  if (!index || other || symbols.length > 0) {
    return yield* enter(reader, type, site, (inner, entry) => readMembers(reader, type, inner, entry))
  }
  const [keyNode, valueNode] = argumentNodes(site.node)
  const written = keyNode ? yield* reader.compiler.typeAt(keyNode) : index.keyType
  const keyType = written.flags & TypeFlags.TypeVariable ? index.keyType : written
  const [key, value] = yield* all(
    reader.read(keyType, inside(site, '.key', keyNode)),
    reader.read(index.valueType, { ...inside(site, '[key]', valueNode, site.blame), undefinedIs: 'dropped' }),
  )
  return { kind: 'record', key, value }
}

/** An array or tuple is written out where it stands; one that stands within itself gets a name, so that it ends. */
function* readSequence(reader: ShapeReader, type: Type, site: Site, readItems: (site: Site) => Ask<Shape>): Ask<Shape> {
  const isMet = (): boolean => reader.registry.has(`${type.id}`)
  if (site.open.includes(type.id) || isMet()) return yield* enter(reader, type, site, readItems)
  const alias = yield* aliasSymbolOf(type)
  const shape = yield* readItems({ ...site, open: [...site.open, type.id], alias: undefined })
  if (isMet()) return yield* enter(reader, type, site, readItems)
  return alias && !isOfPlatform(alias)
    ? reader.comment(shape, commentOf(yield* reader.compiler.typeDeclarationOf(alias)), site)
    : shape
}

function* readWireClass(reader: ShapeReader, wire: WireClass, type: Type, site: Site): Ask<Shape> {
  const args = type.isObjectType() && type.isTypeReference() ? yield* reader.compiler.argumentsOf(type) : []
  const nodes = argumentNodes(site.node)
  const read = (index: number, step: string): Ask<Shape> => {
    const arg = args[index]
    if (!arg) throw new Error(`${site.path} has no type argument ${index}.`)
    return reader.read(arg, inside(site, step, nodes[index], nodes[index] ?? site.blame))
  }
  switch (wire) {
    case 'array':
      return { kind: 'array', items: yield* read(0, '[]') }
    case 'set':
      return { kind: 'set', items: yield* read(0, '[]') }
    case 'map': {
      const [key, value] = yield* together([read(0, '.key'), read(1, '.value')])
      return key && value ? { kind: 'map', key, value } : { kind: 'never' }
    }
    case 'buffer':
      return { kind: 'bytes', buffer: true }
    case 'stream':
      return yield* readStream(reader, args[0], site)
    default:
      return { kind: wire }
  }
}

/** A stream of bytes; no other stream has a form on the wire. */
function* readStream(reader: ShapeReader, item: Type | undefined, site: Site): Ask<Shape> {
  const symbol = item?.isObjectType() ? yield* symbolOf(item) : undefined
  if (symbol?.name === 'Uint8Array' && isOfPlatform(symbol)) return { kind: 'stream' }
  const what = 'A ReadableStream carries bytes: write ReadableStream<Uint8Array>.'
  return reader.refuse('PK1109', site, `${what} A stream of items is an async generator that a function gives.`)
}

/** `Todo` of `Todo[]` and `Array<Todo>`, `string` and `Todo` of `Map<string, Todo>`. */
function argumentNodes(node: TypeNode | undefined): readonly TypeNode[] {
  if (!node) return []
  if (isArrayTypeNode(node)) return [node.elementType]
  return isTypeReferenceNode(node) ? (node.typeArguments ?? []) : []
}

/** Says why a class of the platform is no data; interfaces of it that are plain data pass. */
function* refuseOfPlatform(
  reader: ShapeReader,
  type: Type,
  symbol: CompilerSymbol,
  site: Site,
): Ask<Shape | undefined> {
  const { name } = symbol
  if (name === 'Promise' || name === 'PromiseLike') {
    return reader.refuse('PK1106', site, 'A promise inside of data never arrives. Await it before it is returned.')
  }
  if (name === 'Function') return reader.refuse('PK1103', site, 'JSON has no functions. Leave it out of the type.')
  const instead = insteadOf.get(name)
  if (!instead && !(yield* hasMethods(type))) return undefined
  return reader.refuse(
    'PK1109',
    site,
    `${name} has no form on the wire. ${instead ?? 'Name the data of it that is meant.'}`,
  )
}

function* hasMethods(type: Type): Ask<boolean> {
  const properties = yield* propertiesOf(type)
  return properties.length === 0 || properties.some(({ flags }) => flags & SymbolFlags.Method)
}

function* readTuple(reader: ShapeReader, type: ObjectType, site: Site): Ask<Shape> {
  if (!type.isTupleType()) return { kind: 'never' }
  const target = yield* type.getTarget.gen()
  const args = yield* typeArgumentsOf(reader.compiler, type)
  const nodes = site.node && isTupleTypeNode(site.node) ? site.node.elements : []
  const names = yield* together((target.labeledElementDeclarations ?? []).map((label) => reader.compiler.nodeOf(label)))
  const shapes = yield* together(
    args.map((arg, index) => {
      const isOptional = ((target.elementFlags[index] ?? 0) & ElementFlags.Optional) !== 0
      const at = inside(site, `[${index}]`, elementNode(nodes[index]), nodes[index])
      return reader.read(arg, { ...at, undefinedIs: isOptional ? 'dropped' : 'wrong' })
    }),
  )
  const items: { shape: Shape; optional?: true; name?: string }[] = []
  const after: { shape: Shape; name?: string }[] = []
  let rest: Shape | undefined
  for (const [index, shape] of shapes.entries()) {
    const flags = target.elementFlags[index] ?? ElementFlags.Required
    if (flags & ElementFlags.Variadic) {
      return reader.refuse('PK1108', site, 'The length of this tuple depends on a type parameter. Write its elements.')
    }
    if (flags & ElementFlags.Rest) rest = shape
    else if (rest) after.push({ shape, ...labelOf(names[index]) })
    else items.push({ shape, ...(flags & ElementFlags.Optional ? { optional: true } : {}), ...labelOf(names[index]) })
  }
  return { kind: 'tuple', items, ...(rest ? { rest } : {}), ...(after.length > 0 ? { after } : {}) }
}

function elementNode(node: TypeNode | undefined): TypeNode | undefined {
  if (!node) return undefined
  if (isNamedTupleMember(node)) return node.dotDotDotToken ? argumentNodes(node.type)[0] : node.type
  if (isOptionalTypeNode(node)) return node.type
  return isRestTypeNode(node) ? argumentNodes(node.type)[0] : node
}

function labelOf(node: Node | undefined): { name?: string } {
  return node && 'name' in node && node.name ? { name: (node.name as Node).getText() } : {}
}
