import {
  type CallExpression,
  type Expression,
  type ImportDeclaration,
  type InterfaceDeclaration,
  isArrayTypeNode,
  isArrowFunction,
  isCallExpression,
  isClassDeclaration,
  isComputedPropertyName,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isIndexSignatureDeclaration,
  isInterfaceDeclaration,
  isIntersectionTypeNode,
  isLiteralTypeNode,
  isModuleDeclaration,
  isNamedImports,
  isNamedTupleMember,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isOptionalTypeNode,
  isParenthesizedTypeNode,
  isPropertySignatureDeclaration,
  isRestTypeNode,
  isStringLiteral,
  isTemplateLiteralTypeNode,
  isTupleTypeNode,
  isTypeAliasDeclaration,
  isTypeLiteralNode,
  isTypeOperatorNode,
  isTypeReferenceNode,
  isUnionTypeNode,
  isVariableStatement,
  type Node,
  type SourceFile,
  type Statement,
  SyntaxKind,
  type TypeAliasDeclaration,
  type TypeNode,
  type TypeParameterDeclaration,
} from 'typescript/ast'
import { bare, type FunctionNode, nameIn } from './functions.ts'

/** What a type that is written out depends on, beyond that the types it names are there. */
export interface Sight {
  /** The types whose properties it is made of: those it extends, crosses with others, picks from. */
  readonly inside: ReadonlySet<string>
  /** The generic types it gives arguments to. */
  readonly generics: ReadonlySet<string>
  /** Whether that is all: it neither chooses by a type nor takes one apart, which may look into any depth. */
  readonly isClear: boolean
}

/** A name that a file imports. */
export interface ImportedName {
  readonly specifier: string
  /** What it is called there; `*` for the whole of it. */
  readonly name: string
  readonly isType: boolean
}

/** What the syntax of a file tells of its types, without asking the compiler. */
export interface FileSight {
  readonly imports: ReadonlyMap<string, ImportedName>
  readonly types: ReadonlyMap<string, Sight>
  /** Those of its types that are interfaces. */
  readonly interfaces: ReadonlySet<string>
  /** The functions whose input and output are written out. */
  readonly functions: ReadonlyMap<
    string,
    Sight & { /** What they are handed to; absent for a plain function. */ readonly maker?: string }
  >
  /** The names of `func` of `pikku()`. */
  readonly makers: ReadonlySet<string>
  /** Whether it declares nothing but functions, values, enums, interfaces and aliases. */
  readonly isSimple: boolean
  /** Whether it exports under a name what is declared under another one, or elsewhere. */
  readonly hasLinks: boolean
}

const known = new WeakMap<SourceFile, FileSight>()

/** Reads the syntax of a file, once. */
export function sightOf(source: SourceFile): FileSight {
  const before = known.get(source)
  if (before) return before
  const sight = readFile(source)
  known.set(source, sight)
  return sight
}

/** Generic types of the language that hold what they are given, and look at nothing of it. */
const holders: ReadonlySet<string> = new Set(
  (
    'Array ReadonlyArray Promise Record Map ReadonlyMap Set ReadonlySet Iterable AsyncIterable AsyncGenerator ' +
    'AsyncIterableIterator Generator'
  ).split(' '),
)

/** Those that are made of the properties of their first argument. */
const pickers: ReadonlySet<string> = new Set(['Omit', 'Partial', 'Pick', 'Readonly', 'Required'])

/** Whether a generic type of the language looks no deeper into what it is given than the properties of that. */
export function isShallow(name: string): boolean {
  return holders.has(name) || pickers.has(name)
}

class Looking implements Sight {
  readonly inside = new Set<string>()
  readonly generics = new Set<string>()
  isClear = true
  readonly #isOwn: (name: string) => boolean

  /** @param isOwn whether a name means something of the file, whatever it means to the language. */
  constructor(isOwn: (name: string) => boolean) {
    this.#isOwn = isOwn
  }

  /** Looks at a type; `isMade` where something is made of its properties. */
  at(node: TypeNode | undefined, isMade: boolean): void {
    if (!node) return
    if (isParenthesizedTypeNode(node)) this.at(node.type, isMade)
    else if (isTypeReferenceNode(node)) this.#atName(node.typeName, node.typeArguments, isMade)
    else if (isTypeLiteralNode(node)) this.members(node.members)
    else if (isUnionTypeNode(node)) for (const member of node.types) this.at(member, isMade)
    else if (isIntersectionTypeNode(node)) for (const member of node.types) this.at(member, true)
    else if (isArrayTypeNode(node)) this.at(node.elementType, false)
    else if (isTupleTypeNode(node)) for (const element of node.elements) this.at(element, false)
    else if (isNamedTupleMember(node) || isOptionalTypeNode(node)) this.at(node.type, false)
    else if (isRestTypeNode(node)) this.at(node.type, true)
    else if (isTemplateLiteralTypeNode(node)) for (const { type } of node.templateSpans) this.at(type, true)
    else if (isTypeOperatorNode(node) && node.operator === SyntaxKind.ReadonlyKeyword) this.at(node.type, isMade)
    else if (!isLiteralTypeNode(node) && !keywords.has(node.kind)) this.isClear = false
  }

  interface({ typeParameters, heritageClauses, members }: InterfaceDeclaration): void {
    this.parameters(typeParameters)
    for (const { types } of heritageClauses ?? []) {
      for (const type of types) {
        this.#atName(isTypeReferenceNode(type) ? type.typeName : type.expression, type.typeArguments, true)
      }
    }
    this.members(members)
  }

  alias({ typeParameters, type }: TypeAliasDeclaration): void {
    this.parameters(typeParameters)
    this.at(type, true)
  }

  parameters(parameters: readonly TypeParameterDeclaration[] = []): void {
    for (const { constraint, defaultType } of parameters) {
      this.at(constraint, true)
      this.at(defaultType, true)
    }
  }

  /** Methods and the like are no part of what can be on the wire. */
  members(members: readonly Node[]): void {
    for (const member of members) {
      if (isIndexSignatureDeclaration(member)) {
        for (const { type } of member.parameters) this.at(type, false)
        this.at(member.type, false)
      } else if (isPropertySignatureDeclaration(member)) {
        if (isComputedPropertyName(member.name)) this.isClear = false
        this.at(member.type, false)
      }
    }
  }

  #atName(node: Node, typeArguments: readonly TypeNode[] = [], isMade: boolean): void {
    if (!isIdentifier(node)) {
      this.isClear = false
      return
    }
    const name = node.text
    const isOwn = this.#isOwn(name)
    if (!isOwn && holders.has(name)) for (const argument of typeArguments) this.at(argument, false)
    else if (!isOwn && pickers.has(name))
      for (const [at, argument] of typeArguments.entries()) this.at(argument, at === 0)
    else {
      if (typeArguments.length > 0) this.generics.add(name)
      if (isMade) this.inside.add(name)
      for (const argument of typeArguments) this.at(argument, true)
    }
  }
}

const keywords: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AnyKeyword,
  SyntaxKind.BigIntKeyword,
  SyntaxKind.BooleanKeyword,
  SyntaxKind.NeverKeyword,
  SyntaxKind.NumberKeyword,
  SyntaxKind.ObjectKeyword,
  SyntaxKind.StringKeyword,
  SyntaxKind.UndefinedKeyword,
  SyntaxKind.UnknownKeyword,
  SyntaxKind.VoidKeyword,
])

function readFile(source: SourceFile): FileSight {
  const imports = new Map<string, ImportedName>()
  const types = new Map<string, Sight>()
  const functions = new Map<string, Sight & { readonly maker?: string }>()
  const makers = new Set<string>()
  const declared = new Set<string>()
  const interfaces = new Set<string>()
  let isSimple = true
  let hasLinks = false
  for (const statement of source.statements) {
    if (isImportDeclaration(statement)) for (const [local, name] of importedBy(statement)) imports.set(local, name)
    else if (isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement)) declared.add(statement.name.text)
    else if (isClassDeclaration(statement) || isModuleDeclaration(statement)) isSimple = false
    else if (isLink(statement)) hasLinks = true
  }
  const isOwn = (name: string): boolean => declared.has(name) || imports.has(name)
  for (const statement of source.statements) {
    if (isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement)) {
      const looking = new Looking(isOwn)
      const { name } = statement
      if (isInterfaceDeclaration(statement)) {
        interfaces.add(name.text)
        looking.interface(statement)
      } else looking.alias(statement)
      // An interface may be written in several parts.
      types.set(name.text, types.has(name.text) ? { ...looking, isClear: false } : looking)
    } else if (isFunctionDeclaration(statement)) {
      const sight = sightOfFunction(statement, isOwn)
      if (statement.name && sight) functions.set(statement.name.text, sight)
    } else if (isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        const value = initializer && bare(initializer)
        if (!value) continue
        if (isObjectBindingPattern(name) && isCallOfPikku(value, imports)) {
          for (const element of name.elements) {
            const made = element.propertyName ?? element.name
            if (made && isIdentifier(made) && made.text === 'func' && element.name && isIdentifier(element.name))
              makers.add(element.name.text)
          }
        } else if (isIdentifier(name)) {
          const sight = sightOfValue(value, isOwn)
          if (sight) functions.set(name.text, sight)
        }
      }
    }
  }
  return { imports, types, interfaces, functions, makers, isSimple, hasLinks }
}

/** Whether a statement gives a name to what is declared elsewhere, other than by an import. */
export function isLink(statement: Statement): boolean {
  return isExportDeclaration(statement) || isExportAssignment(statement) || isImportEqualsDeclaration(statement)
}

function* importedBy({ importClause, moduleSpecifier }: ImportDeclaration): Generator<[local: string, ImportedName]> {
  if (!importClause || !isStringLiteral(moduleSpecifier)) return
  const specifier = moduleSpecifier.text
  const { name, namedBindings, phaseModifier } = importClause
  const isType = phaseModifier === SyntaxKind.TypeKeyword
  if (name) yield [name.text, { specifier, name: 'default', isType }]
  if (!namedBindings) return
  if (!isNamedImports(namedBindings)) {
    yield [namedBindings.name.text, { specifier, name: '*', isType }]
    return
  }
  for (const { name: local, propertyName, isTypeOnly } of namedBindings.elements)
    yield [local.text, { specifier, name: (propertyName ?? local).text, isType: isType || isTypeOnly }]
}

/** `pikku<Services, Session>()` */
function isCallOfPikku(value: Expression, imports: ReadonlyMap<string, ImportedName>): boolean {
  if (!isCallExpression(value) || !isIdentifier(value.expression)) return false
  const { specifier, name } = imports.get(value.expression.text) ?? {}
  return specifier === 'pikku' && name === 'pikku'
}

function sightOfValue(
  value: Expression,
  isOwn: (name: string) => boolean,
): (Sight & { readonly maker?: string }) | undefined {
  if (isArrowFunction(value) || isFunctionExpression(value)) return sightOfFunction(value, isOwn)
  const handler = isCallExpression(value) ? handlerOf(value) : undefined
  const sight = handler && sightOfFunction(handler.node, isOwn)
  return sight && { inside: sight.inside, generics: sight.generics, isClear: sight.isClear, maker: handler.maker }
}

/** The function of `func(handler)` and `func(options, handler)`, where the options say nothing of its types. */
function handlerOf(call: CallExpression): { readonly node: FunctionNode; readonly maker: string } | undefined {
  const { expression, typeArguments } = call
  const last = call.arguments.at(-1)
  if (!isIdentifier(expression) || typeArguments || !last || call.arguments.length > 2) return undefined
  const node = bare(last)
  if (node !== last || !(isArrowFunction(node) || isFunctionExpression(node))) return undefined
  const [options] = call.arguments
  const isPlain =
    call.arguments.length === 1 ||
    (options !== undefined &&
      isObjectLiteralExpression(options) &&
      options.properties.every((property) => saysNoType(nameIn(property))))
  return isPlain ? { node, maker: expression.text } : undefined
}

/** Whether an option of `func` is none of the schemas. */
function saysNoType(option: string | undefined): boolean {
  return option !== undefined && /^[a-z]+$/i.test(option) && option !== 'input' && option !== 'output'
}

function sightOfFunction(node: FunctionNode, isOwn: (name: string) => boolean): Sight | undefined {
  const input = node.parameters[1]
  const isGeneric = 'typeParameters' in node && node.typeParameters
  if (!node.type || isGeneric || (input && !input.type)) return undefined
  const looking = new Looking(isOwn)
  looking.at(input?.type, false)
  looking.at(node.type, false)
  return looking
}
