import { relative, sep } from 'node:path'
import {
  isClassDeclaration,
  isExportDeclaration,
  isIdentifier,
  isNamedExports,
  isQualifiedName,
  isSourceFile,
  isTypeQueryNode,
  isTypeReferenceNode,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  type TypeNode,
  type TypeReferenceNode,
} from 'typescript/ast'
import { defer } from 'typescript/sync'
import type { SchemaShape, Shape } from '../shape.ts'
import { type Ask, type CompilerSymbol, isOfZod, type Type } from './compiler.ts'
import { wordsOf } from './named.ts'
import { commentOf } from './notes.ts'
import type { Subject } from './problems.ts'
import type { Entry } from './registry.ts'
import type { ShapeReader } from './shapes.ts'
import type { Site } from './site.ts'

/** Where schemas of the user's may be imported from, and where to. */
export interface SchemaFolders {
  readonly root: string
  /** The folder of the contracts. */
  readonly contracts: string
}

/** A schema that was met. */
export interface UserSchema {
  /** The key of its type in the registry. */
  readonly entry: string
  readonly declaration: Node
}

/**
 * `z.infer<typeof Address>`, where `Address` is an exported schema of the project: the schema itself, since the type
 * says nothing of its refinements and transforms. Nothing for all that is written otherwise.
 */
export function* readInferred(reader: ShapeReader, type: Type, site: Site): Ask<Shape | undefined> {
  const { compiler } = reader
  const inferred = site.node && inferredFrom(site.node)
  if (!inferred) return undefined
  const helper = yield* compiler.symbolAt(isQualifiedName(inferred.helper) ? inferred.helper.right : inferred.helper)
  if (!helper || !isOfZod(helper)) return undefined
  const written = yield* compiler.typeAt(inferred.node)
  if (written.id !== type.id && !(yield* reader.isSame(written, type, site))) return undefined
  const name = isQualifiedName(inferred.schema) ? inferred.schema.right : inferred.schema
  const symbol = yield* compiler.symbolAt(name)
  const declaration = yield* compiler.declarationOf(symbol)
  if (!symbol || !declaration) return undefined
  const [schema] = yield* compiler.checker.getTypeOfSymbol.gen([symbol])
  const sides = schema && (yield* sidesOf(reader, schema))
  const place = placeOfExport(reader.folders, declaration)
  // Who takes what a schema takes would get what it makes of it.
  const isOther = sides && written.id !== sides.output.id && sides.input.id !== sides.output.id
  const why = !sides
    ? 'it is no schema of Zod 4'
    : isOther
      ? 'what it takes is not what it gives; z.infer says the latter'
      : place
        ? undefined
        : 'the contracts cannot import it: export it as a const of a file of the project'
  if (why || !sides || !place || !schema) {
    const message = `${symbol.name} is read by what its type says, without its refinements and transforms: ${why}.`
    reader.problems.warn('PK1301', site.blame ?? inferred.node, message, site.path, subjectOf(site))
    return undefined
  }
  const isMini = (yield* compiler.checker.getPropertyOfType.gen(schema, 'optional')) === undefined
  const found = { ...place, ...(isMini ? { mini: true as const } : {}) }
  const base = wordsOf(place.export.replace(/(?<=.)Schema$/, '')) ?? 'Schema'
  return yield* enterSchema(reader, { id: `schema ${symbol.id}`, base, found, wire: sides.input, declaration }, site)
}

/** What a warning about a type is about. */
function subjectOf({ type }: Site): Subject {
  return type === undefined ? {} : { types: [type] }
}

/** A class of the user's with a static `codec`, which says how its instances travel. */
export function* readCodecClass(
  reader: ShapeReader,
  type: Type,
  symbol: CompilerSymbol,
  site: Site,
): Ask<Shape | undefined> {
  const { compiler } = reader
  const [statics] = yield* compiler.checker.getTypeOfSymbol.gen([symbol])
  const codec = statics && (yield* compiler.typeOf(statics, 'codec'))
  const sides = codec && (yield* sidesOf(reader, codec))
  // One that a class inherits makes instances of another.
  if (!sides || sides.output.id !== type.id) return undefined
  const declaration = yield* compiler.declarationOf(symbol)
  const place = declaration && placeOfExport(reader.folders, declaration)
  if (!declaration || !place) {
    const why = `${symbol.name} has a codec, which the contracts cannot import.`
    return reader.refuse('PK1120', site, `${why} Export the class from a file of the project.`)
  }
  const isMini = (yield* compiler.checker.getPropertyOfType.gen(codec, 'optional')) === undefined
  const found = { ...place, member: 'codec', ...(isMini ? { mini: true as const } : {}) }
  const known = { id: `schema ${symbol.id}`, base: symbol.name, found, wire: sides.input, declaration }
  return yield* enterSchema(reader, known, site)
}

interface Sides {
  readonly input: Type
  readonly output: Type
}

/** The types on both sides of a schema of Zod 4. */
function* sidesOf(reader: ShapeReader, schema: Type): Ask<Sides | undefined> {
  const zod = yield* reader.compiler.typeOf(schema, '_zod')
  if (!zod) return undefined
  const [input, output] = [yield* reader.compiler.typeOf(zod, 'input'), yield* reader.compiler.typeOf(zod, 'output')]
  return input && output ? { input, output } : undefined
}

interface Inferred {
  readonly node: TypeReferenceNode
  readonly helper: TypeReferenceNode['typeName']
  readonly schema: TypeReferenceNode['typeName']
}

/** The parts of `z.infer<typeof Address>`, and of what looks like it. */
function inferredFrom(node: TypeNode): Inferred | undefined {
  if (!isTypeReferenceNode(node) || node.typeArguments?.length !== 1) return undefined
  const [argument] = node.typeArguments
  if (!argument || !isTypeQueryNode(argument) || argument.typeArguments) return undefined
  const schema = argument.exprName
  return isIdentifier(schema) || isQualifiedName(schema) ? { node, helper: node.typeName, schema } : undefined
}

type Exported = Pick<SchemaShape, 'module' | 'export'>

/** How the contracts import a const or a class; nothing when they cannot. */
export function placeOfExport({ root, contracts }: SchemaFolders, declaration: Node): Exported | undefined {
  const source = declaration.getSourceFile()
  const { fileName } = source
  if (!fileName.startsWith(root + sep) || fileName.includes('/node_modules/') || source.isDeclarationFile)
    return undefined
  const host = isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  if (!isVariableDeclaration(declaration) && !isClassDeclaration(declaration)) return undefined
  if (!host.parent || !isSourceFile(host.parent) || !declaration.name || !isIdentifier(declaration.name))
    return undefined
  const exported = exportedName(host, declaration.name.text)
  if (exported === undefined) return undefined
  return { module: relative(contracts, fileName).split(sep).join('/'), export: exported }
}

function exportedName(host: Node, name: string): string | undefined {
  const modifiers = 'modifiers' in host ? ((host.modifiers as readonly Node[] | undefined) ?? []) : []
  const has = (kind: SyntaxKind): boolean => modifiers.some((modifier) => modifier.kind === kind)
  if (has(SyntaxKind.ExportKeyword)) return has(SyntaxKind.DefaultKeyword) ? 'default' : name
  for (const statement of host.getSourceFile().statements) {
    if (!isExportDeclaration(statement) || statement.isTypeOnly || statement.moduleSpecifier) continue
    if (!statement.exportClause || !isNamedExports(statement.exportClause)) continue
    const found = statement.exportClause.elements.find(
      (element) => !element.isTypeOnly && (element.propertyName ?? element.name).text === name,
    )
    if (found && isIdentifier(found.name)) return found.name.text
  }
  return undefined
}

interface Found {
  readonly id: string
  /** What its type is called in the contracts. */
  readonly base: string
  readonly found: Omit<SchemaShape, 'kind' | 'shape'>
  readonly wire: Type
  readonly declaration: Node
}

/** A `ref` to a schema, whose wire type is read once. */
function* enterSchema(reader: ShapeReader, known: Found, site: Site): Ask<Shape> {
  const { entry, isNew } = reader.registry.meet(known.id, site)
  if (isNew) yield* defer(fill(reader, entry, known, site))
  return { kind: 'ref', name: entry.key }
}

function* fill(reader: ShapeReader, entry: Entry, { base, found, wire, declaration }: Found, site: Site): Ask<void> {
  const file = declaration.getSourceFile().fileName
  const hint = { base, args: [], ofPlatform: false, file, lasting: `${file} schema ${found.export}` }
  entry.name = hint
  reader.schemas.push({ entry: entry.key, declaration })
  const inner: Site = {
    ...site,
    node: undefined,
    open: [],
    alias: undefined,
    type: hint.lasting,
    blame: declaration,
    undefinedIs: 'wrong',
  }
  const shape = yield* reader.read(wire, inner)
  const { description } = commentOf(declaration)
  entry.shape = { kind: 'schema', ...found, shape, ...(description === undefined ? {} : { description }) }
}
