import { isTypeAliasDeclaration, isTypeReferenceNode, type TypeNode, type TypeReferenceNode } from 'typescript/ast'
import { SymbolFlags, TypeFlags } from 'typescript/sync'
import type { ErrorModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import type { Code } from './codes.ts'
import { type Ask, type Compiler, type CompilerSymbol, isOfPlatform, isOfZod, type Type } from './compiler.ts'
import { withComment } from './constraints.ts'
import type { FunctionNode } from './functions.ts'
import type { Guard } from './guards.ts'
import { readIntersection } from './intersections.ts'
import type { KnownTypes } from './known-types.ts'
import { isBroken, readEnum, readTemplate, readTextCase, refuseComputed } from './literals.ts'
import { type Comment, commentOf } from './notes.ts'
import { readObject } from './objects.ts'
import type { OwnSchemas } from './own-schemas.ts'
import type { Problems } from './problems.ts'
import { aliasSymbolOf, symbolOf } from './questions.ts'
import { type ErrorEntry, Registry } from './registry.ts'
import type { Site } from './site.ts'
import type { FunctionThrows } from './thrown.ts'
import { constituentsOf, readUnion } from './unions.ts'
import { readInferred, type SchemaFolders, type UserSchema } from './user-schemas.ts'

const unknown: Shape = { kind: 'unknown' }

/**
 * Reads types into shapes. Named types and object types are read once each and stand as `ref`s with the keys
 * of the registry, so recursion ends; `names.ts` gives them their names.
 */
export class ShapeReader {
  readonly compiler: Compiler
  readonly problems: Problems
  readonly registry = new Registry()
  /** The errors that were met, by what tells them apart. */
  readonly errors = new Map<string, ErrorEntry>()
  /** What functions throw. */
  readonly throws = new Map<FunctionNode, FunctionThrows | 'reading'>()
  /** Where schemas of the user's own stand in for what is read. */
  readonly own: OwnSchemas[] = []
  /** The errors whose types the compiler finds out, as those of what they are made with. */
  readonly inferred = new WeakSet<ErrorModel>()
  /** The operations that throw such errors. */
  readonly inferring = new Set<string>()
  /** The functions that routes add permissions to. */
  readonly guards: Guard[] = []
  /** The schemas of the user's that types lead to, and where they stand. */
  readonly schemas: UserSchema[] = []
  readonly folders: SchemaFolders
  /** What need not be read again; absent where all is read. */
  readonly known: KnownTypes | undefined

  constructor(compiler: Compiler, problems: Problems, folders: SchemaFolders, known?: KnownTypes) {
    this.compiler = compiler
    this.folders = folders
    this.known = known
    this.problems = problems
  }

  /** Reads a type. What cannot be represented is reported, and something harmless stands for it. */
  *read(type: Type, site: Site): Ask<Shape> {
    return (
      (yield* readInferred(this, type, site)) ??
      (yield* this.#readAlias(type, site)) ??
      (yield* this.#readType(type, site))
    )
  }

  /** Reports that a type cannot be represented. */
  refuse(code: Code, site: Site, message: string): Shape {
    this.problems.add(code, site.blame, message, site.path)
    return unknown
  }

  /** A shape with what a comment says about it. */
  comment(shape: Shape, comment: Comment, site: Site, lenient = false): Shape {
    const complain = (code: Code, tag: Comment['tags'][number], message: string): void =>
      this.problems.add(code, tag.at, message, site.path)
    return withComment(shape, comment, complain, lenient)
  }

  *#readType(type: Type, site: Site): Ask<Shape> {
    const { flags } = type
    if (flags & TypeFlags.Any) return this.#refuseAny(type, site)
    if (flags & TypeFlags.Unknown) return unknown
    if (flags & TypeFlags.Never) return { kind: 'never' }
    if (flags & TypeFlags.Null) return { kind: 'null' }
    if (flags & TypeFlags.VoidLike) return this.#readUndefined(site)
    if (flags & TypeFlags.ESSymbolLike) return this.refuse('PK1104', site, 'JSON has no symbols. Write a string.')
    if (flags & TypeFlags.NonPrimitive) {
      return this.refuse(
        'PK1105',
        site,
        '`object` does not say what is in it. Name the properties, or write Record<string, unknown>.',
      )
    }
    if (flags & TypeFlags.Boolean) return { kind: 'boolean' }
    if (flags & TypeFlags.EnumLiteral && flags & TypeFlags.Union) return yield* readEnum(this, type, site)
    if (flags & TypeFlags.Literal) return this.#readLiteral(type, site)
    if (flags & TypeFlags.Enum) return refuseComputed(this, site)
    if (flags & TypeFlags.String) return { kind: 'string' }
    if (flags & TypeFlags.Number) return { kind: 'number' }
    if (flags & TypeFlags.BigInt) return { kind: 'bigint' }
    if (type.isTemplateLiteralType()) return yield* readTemplate(this, type, site)
    if (type.isStringMappingType()) return yield* readTextCase(this, type, site)
    if (type.isUnionType()) return yield* readUnion(this, type, site)
    if (type.isIntersectionType()) return yield* readIntersection(this, type, site)
    if (type.isSubstitutionType()) return yield* this.read(yield* type.getBaseType.gen(), site)
    if (flags & TypeFlags.Instantiable) {
      const text = yield* this.compiler.checker.typeToString.gen(type)
      return this.refuse(
        'PK1108',
        site,
        `${text} is known only when its type parameters are. Write the type this function really takes or gives.`,
      )
    }
    if (type.isObjectType()) return yield* readObject(this, type, site)
    const text = yield* this.compiler.checker.typeToString.gen(type)
    return this.refuse('PK1118', site, `${text} has no form in a contract. Write a type that JSON can carry.`)
  }

  /**
   * What the alias at this place says about the type. The compiler forgets the names of aliases of primitives and
   * arrays, and those of unions that it took apart, so this looks at what is written.
   */
  *#readAlias(type: Type, site: Site): Ask<Shape | undefined> {
    const { node } = site
    if (!node || !isTypeReferenceNode(node) || type.flags & (TypeFlags.Any | TypeFlags.Unknown)) return undefined
    const own = yield* aliasSymbolOf(type)
    // Most references are to what the type is called itself, and need no further question.
    const name = node.typeName.getText()
    if (own?.name !== name && (yield* symbolOf(type))?.name === name) return undefined
    const symbol = own?.name === name ? own : yield* this.compiler.symbolOfReference(node)
    if (!symbol || !(symbol.flags & SymbolFlags.TypeAlias) || isOfPlatform(symbol) || isOfZod(symbol)) return undefined
    const written = own === symbol ? type : yield* this.#typeOfReference(node, symbol)
    if (written.id !== type.id && !(yield* this.isSame(written, type, site))) return undefined
    const declaration = yield* this.compiler.typeDeclarationOf(symbol)
    if (!declaration || !isTypeAliasDeclaration(declaration)) return undefined
    const inner: TypeNode | undefined = declaration.typeParameters ? undefined : declaration.type
    const aliased: Site = { ...site, node: inner, alias: symbol }
    const isOwn = (yield* aliasSymbolOf(written))?.id === symbol.id
    const shape =
      (yield* readInferred(this, written, aliased)) ??
      (isOwn ? yield* this.#readType(written, aliased) : yield* this.read(written, aliased))
    // What stands under the name of the alias has its comment there.
    const isEntered = shape.kind === 'ref' && (isOwn || written.isUnionType())
    return isEntered ? shape : this.comment(shape, commentOf(declaration), site)
  }

  *#typeOfReference(node: TypeReferenceNode, symbol: CompilerSymbol): Ask<Type> {
    const { checker } = this.compiler
    return node.typeArguments ? yield* this.compiler.typeAt(node) : yield* checker.getDeclaredTypeOfSymbol.gen(symbol)
  }

  /** Whether two types are the same but for `undefined`, where that is dropped. */
  *isSame(left: Type, right: Type, site: Site): Ask<boolean> {
    if (site.undefinedIs !== 'dropped') return false
    const [lefts, rights] = [yield* constituentsOf(left), yield* constituentsOf(right)]
    const ids = new Set(rights.map(({ id }) => id))
    return lefts.length === rights.length && lefts.every(({ id }) => ids.has(id))
  }

  #refuseAny(type: Type, site: Site): Shape {
    if (type.isErrorType()) {
      return this.refuse('PK1102', site, 'The compiler cannot find out this type. Is what it is imported from there?')
    }
    return this.refuse(
      'PK1101',
      site,
      '`any` would let everything through unchecked. Write the type, or unknown where it may be anything.',
    )
  }

  #readUndefined(site: Site): Shape {
    if (site.undefinedIs === 'kept') return { kind: 'undefined' }
    if (site.undefinedIs === 'dropped') return { kind: 'never' }
    return this.refuse(
      'PK1107',
      site,
      'JSON has no undefined, which would arrive as null or not at all. Leave such values out, or write null.',
    )
  }

  #readLiteral(type: Type, site: Site): Shape {
    if (!type.isLiteralType()) return unknown
    const { value } = type
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return this.refuse('PK1116', site, `${value} is no number in JSON.`)
    }
    if (typeof value === 'string' && isBroken(value)) {
      return this.refuse(
        'PK1118',
        site,
        'A text with half of a character in it is read by some programs as another one.',
      )
    }
    return { kind: 'literal', value }
  }
}
