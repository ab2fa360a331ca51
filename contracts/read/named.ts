import { defer, ObjectFlags, SymbolFlags, TypeFlags, TypeFormatFlags } from 'typescript/sync'
import type { Shape } from '../shape.ts'
import { type Ask, type Compiler, type CompilerSymbol, isOfPlatform, isOfZod, type Type, together } from './compiler.ts'
import { commentOf } from './notes.ts'
import { aliasSymbolOf, symbolOf } from './questions.ts'
import type { Entry, NameHint } from './registry.ts'
import type { ShapeReader } from './shapes.ts'
import type { Site } from './site.ts'

/** How often a generic type may stand within itself with other arguments each time before it is taken for endless. */
const maxNesting = 6

/** Reads what stands behind a name. */
export type ReadBody = (site: Site, entry: Entry) => Ask<Shape>

/** A `ref` to a type that is read once, wherever it stands. */
export function* enter(reader: ShapeReader, type: Type, site: Site, readBody: ReadBody): Ask<Shape> {
  const { entry, isNew } = reader.registry.meet(idOf(type, site), site)
  if (isNew) yield* defer(fill(reader, type, entry, site, readBody))
  return { kind: 'ref', name: entry.key }
}

/** A type that the compiler knows no name of may have several aliases, and is then a type of its own under each. */
export function idOf(type: Type, { alias }: Site): string {
  return alias && type.isUnionType() ? `${type.id}:${alias.id}` : `${type.id}`
}

function* fill(reader: ShapeReader, type: Type, entry: Entry, site: Site, readBody: ReadBody): Ask<void> {
  const symbol = (yield* nameSymbolOf(type)) ?? site.alias
  const within = symbol ? [...site.within, symbol.id] : site.within
  if (symbol && within.filter((id) => id === symbol.id).length > maxNesting) {
    const why = `${symbol.name} stands within itself with other type arguments each time, without end.`
    entry.shape = reader.refuse('PK1115', site, `${why} Give the inner one a type of its own.`)
    return
  }
  const isOwn = symbol !== undefined && !isOfPlatform(symbol)
  if (symbol) {
    const hint = yield* hintOf(reader, type, symbol)
    entry.name = hint
    if (isOwn && (yield* isUntouched(reader, type)) && reader.known?.settle(entry, hint.lasting, reader.registry))
      return
  }
  const declaration = isOwn ? yield* reader.compiler.typeDeclarationOf(symbol) : undefined
  const inner: Site = {
    ...site,
    within,
    open: [],
    alias: undefined,
    ...(isOwn ? { type: entry.name?.lasting } : {}),
    blame: declaration ?? site.blame,
    undefinedIs: 'wrong',
  }
  const shape = yield* readBody(inner, entry)
  entry.shape = reader.comment(shape, commentOf(declaration), inner)
}

/** The alias of a type; that it is what `z.infer` gave is no name for it. */
function* aliasOf(type: Type): Ask<CompilerSymbol | undefined> {
  const alias = yield* aliasSymbolOf(type)
  return alias && !isOfZod(alias) ? alias : undefined
}

/** The symbol that a type is called by: its alias, or its interface, class or enum. */
function* nameSymbolOf(type: Type): Ask<CompilerSymbol | undefined> {
  const alias = yield* aliasOf(type)
  if (alias) return alias
  const symbol = yield* symbolOf(type)
  const isNamed = symbol && symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface | SymbolFlags.Enum)
  return isNamed && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(symbol.name) ? symbol : undefined
}

function* hintOf(
  reader: ShapeReader,
  type: Type,
  symbol: CompilerSymbol,
): Ask<NameHint & { readonly lasting: string }> {
  const types = yield* argumentsOf(reader, type)
  const args = yield* together(types.map((arg) => nameOf(reader, arg)))
  const file = symbol.declarations[0]?.path ?? ''
  const texts = yield* together(types.map((arg, index) => textOfArgument(reader, arg, args[index])))
  const lasting = `${file} ${symbol.name}<${texts.join()}>`
  return { base: symbol.name, args, ofPlatform: isOfPlatform(symbol), file, lasting }
}

/** Whether a type, its type arguments among it, is what it was at the last reading. */
function* isUntouched(reader: ShapeReader, type: Type): Ask<boolean> {
  if (!reader.known) return false
  if (type.isLiteralType() || type.isIntrinsicType() || type.flags & TypeFlags.Boolean) return true
  const symbol = yield* nameSymbolOf(type)
  if (!symbol || !reader.known.isUntouched(symbol)) return false
  const args = yield* argumentsOf(reader, type)
  if (args.length > 0 && !reader.known.isClear(symbol)) return false
  return (yield* together(args.map((arg) => isUntouched(reader, arg)))).every(Boolean)
}

function* textOfArgument(reader: ShapeReader, type: Type, name: string | undefined): Ask<string> {
  return name ?? (yield* reader.compiler.checker.typeToString.gen(type, undefined, TypeFormatFlags.NoTruncation))
}

function* argumentsOf(reader: ShapeReader, type: Type): Ask<readonly Type[]> {
  const alias = yield* aliasOf(type)
  return alias ? yield* type.getAliasTypeArguments.gen() : yield* typeArgumentsOf(reader.compiler, type)
}

/** The type arguments of a reference, without the hidden `this`. */
export function* typeArgumentsOf(compiler: Compiler, type: Type): Ask<readonly Type[]> {
  // Asked about a type that is no reference, the compiler fails.
  if (!type.isObjectType() || !(type.objectFlags & ObjectFlags.Reference) || !type.isTypeReference()) return []
  const args = yield* compiler.argumentsOf(type)
  if (type.isTupleType()) return args
  const target = yield* type.getTarget.gen()
  return args.slice(0, (yield* target.getTypeParameters.gen()).length)
}

/** What a type argument adds to a name: `Todo` in `PageOfTodo`. */
function* nameOf(reader: ShapeReader, type: Type): Ask<string | undefined> {
  if (type.isLiteralType()) return wordsOf(String(type.value))
  if (type.isIntrinsicType() || type.flags & TypeFlags.Boolean) {
    return wordsOf(yield* reader.compiler.checker.typeToString.gen(type))
  }
  const symbol = yield* nameSymbolOf(type)
  if (!symbol) return undefined
  const args = yield* together((yield* argumentsOf(reader, type)).map((arg) => nameOf(reader, arg)))
  return composedName(symbol.name, args)
}

/** `Page` and `Todo` make `PageOfTodo`; arguments without a name are left out. */
export function composedName(base: string, args: readonly (string | undefined)[]): string {
  const named = args.filter((arg) => arg !== undefined)
  return named.length === 0 ? base : `${base}Of${named.join('And')}`
}

/** `due-date` as `DueDate`; `undefined` for what has no letters to make a name of. */
export function wordsOf(text: string): string | undefined {
  const words = text.slice(0, 40).match(/[\p{L}\p{N}]+/gu) ?? []
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') || undefined
}
