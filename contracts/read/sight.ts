import {
  type CallExpression,
  type Expression,
  type ImportDeclaration,
  isArrayLiteralExpression,
  isArrowFunction,
  isCallExpression,
  isClassDeclaration,
  isClassExpression,
  isEnumDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isInterfaceDeclaration,
  isLiteralExpression,
  isModuleDeclaration,
  isNamedImports,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isStringLiteral,
  isTypeAliasDeclaration,
  isVariableStatement,
  type Node,
  type SourceFile,
  type Statement,
  SyntaxKind,
  type TypeNode,
} from 'typescript/ast'
import { bare, type FunctionNode, type FunctionSource, nameIn } from './functions.ts'
import { Looking, type Sight } from './looking.ts'
import { nameOf } from './place.ts'

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
  /** What it declares of types and enums, in all parts. */
  readonly declarations: ReadonlyMap<string, readonly Node[]>
  /** The names of the type parameters of its generic types. */
  readonly parameters: ReadonlyMap<string, ReadonlySet<string>>
  /** The statements that give a meaning to a name, imports left out. */
  readonly statements: ReadonlyMap<string, readonly Statement[]>
  /** Where the functions and values that it declares by a name are made. */
  readonly values: ReadonlyMap<string, FunctionSource>
  /** The functions whose input and output are written out. */
  readonly functions: ReadonlyMap<string, WrittenFunction>
  /** The names of `func` of `pikku()`. */
  readonly makers: ReadonlySet<string>
  /** What it declares that may have any type: classes and namespaces. A class without a name has an empty one. */
  readonly opaque: ReadonlySet<string>
  /** Whether it exports under a name what is declared under another one, or elsewhere. */
  readonly hasLinks: boolean
  /** The names by which it can make classes of errors. */
  readonly errorMakers: ReadonlySet<string>
}

/** A function whose input and output are written out. */
export interface WrittenFunction extends Sight {
  /** What it is handed to; absent for a plain function. */
  readonly maker?: string
  /** Its input, if it takes one, and its output. */
  readonly written: readonly TypeNode[]
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

function readFile(source: SourceFile): FileSight {
  const imports = new Map<string, ImportedName>()
  const types = new Map<string, Sight>()
  const declarations = new Map<string, Node[]>()
  const parameters = new Map<string, ReadonlySet<string>>()
  const values = new Map<string, FunctionSource>()
  const functions = new Map<string, WrittenFunction>()
  const makers = new Set<string>()
  const declared = new Set<string>()
  const interfaces = new Set<string>()
  const opaque = new Set<string>()
  let hasLinks = false
  for (const statement of source.statements) {
    if (isImportDeclaration(statement)) for (const [local, name] of importedBy(statement)) imports.set(local, name)
    else if (isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement)) declared.add(statement.name.text)
    else if (isClassDeclaration(statement) || isModuleDeclaration(statement))
      opaque.add(statement.name?.getText() ?? '')
    else if (isLink(statement)) hasLinks = true
  }
  const isOwn = (name: string): boolean => declared.has(name) || imports.has(name)
  for (const statement of source.statements) {
    if (isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement)) {
      const looking = new Looking(isOwn)
      const { name, typeParameters } = statement
      if (typeParameters) parameters.set(name.text, new Set(typeParameters.map((one) => one.name.text)))
      if (isInterfaceDeclaration(statement)) {
        interfaces.add(name.text)
        looking.interface(statement)
      } else looking.alias(statement)
      // An interface may be written in several parts.
      types.set(name.text, types.has(name.text) ? { ...looking, isClear: false } : looking)
      declarations.set(name.text, [...(declarations.get(name.text) ?? []), statement])
    } else if (isEnumDeclaration(statement)) {
      declarations.set(statement.name.text, [...(declarations.get(statement.name.text) ?? []), statement])
    } else if (isFunctionDeclaration(statement)) {
      const name = statement.name?.text ?? 'default'
      const sight = sightOfFunction(statement, isOwn)
      values.set(name, { declaration: statement, expression: undefined })
      if (sight) functions.set(name, sight)
    } else if (isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        const { name, initializer } = declaration
        const value = initializer && bare(initializer)
        if (!value) continue
        if (isObjectBindingPattern(name) && isCallOfPikku(value, imports)) {
          for (const element of name.elements) {
            const made = element.propertyName ?? element.name
            if (made && isIdentifier(made) && made.text === 'func' && element.name && isIdentifier(element.name))
              makers.add(element.name.text)
          }
        } else if (isIdentifier(name)) {
          if (isClassExpression(value)) opaque.add(name.text)
          values.set(name.text, { declaration, expression: value })
          const sight = sightOfValue(value, isOwn)
          if (sight) functions.set(name.text, sight)
        }
      }
    }
  }
  const isErrorMaker = ({ specifier, name }: ImportedName): boolean =>
    specifier === 'pikku' && /^(\*|default|defineError)$/.test(name)
  const errorMakers = new Set([...imports].flatMap(([local, name]) => (isErrorMaker(name) ? [local] : [])))
  return {
    imports,
    types,
    interfaces,
    declarations,
    parameters,
    statements: statementsOf(source),
    values,
    functions,
    makers,
    opaque,
    hasLinks,
    errorMakers,
  }
}

/** Every word in a text of TypeScript, whether it is a name or not. */
export function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []
}

function statementsOf({ statements }: SourceFile): ReadonlyMap<string, readonly Statement[]> {
  const found = new Map<string, Statement[]>()
  const add = (name: string, statement: Statement): void => {
    found.set(name, [...(found.get(name) ?? []), statement])
  }
  for (const statement of statements) {
    if (isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) {
        // In a pattern there is more than names, but no name is left out.
        for (const word of wordsIn(name.getText())) add(word, statement)
      }
    } else {
      const name = nameOf(statement)
      if (name !== statement) add(name.getText(), statement)
    }
  }
  return found
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

function sightOfValue(value: Expression, isOwn: (name: string) => boolean): WrittenFunction | undefined {
  if (isArrowFunction(value) || isFunctionExpression(value)) return sightOfFunction(value, isOwn)
  const handler = isCallExpression(value) ? handlerOf(value) : undefined
  const sight = handler && sightOfFunction(handler.node, isOwn)
  return sight && { ...sight, maker: handler.maker }
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
    (options !== undefined && isObjectLiteralExpression(options) && options.properties.every(saysNoType))
  return isPlain ? { node, maker: expression.text } : undefined
}

/** Whether an option of `func` is no schema, and says by itself what it says, whatever the types around it are. */
function saysNoType(option: Node): boolean {
  const name = nameIn(option)
  if (name === undefined || name === 'input' || name === 'output') return false
  return valuesOnly.has(name) || (isPropertyAssignment(option) && isEvident(option.initializer))
}

/** The options whose functions and classes are followed to where they are declared. */
const valuesOnly: ReadonlySet<string> = new Set(['errors', 'middleware', 'permissions'])

/** Whether a value is written out, and no part of it has a name. */
function isEvident(value: Expression): boolean {
  if (isArrayLiteralExpression(value)) return value.elements.every(isEvident)
  if (isObjectLiteralExpression(value))
    return value.properties.every((property) => isPropertyAssignment(property) && isEvident(property.initializer))
  return isLiteralExpression(value) || words.has(value.kind)
}

const words: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.FalseKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.TrueKeyword,
])

function sightOfFunction(node: FunctionNode, isOwn: (name: string) => boolean): WrittenFunction | undefined {
  const input = node.parameters[1]
  const isGeneric = 'typeParameters' in node && node.typeParameters
  if (!node.type || isGeneric || (input && !input.type)) return undefined
  const looking = new Looking(isOwn)
  looking.at(input?.type, false)
  looking.at(node.type, false)
  const { inside, generics, given, isClear } = looking
  return { inside, generics, given, isClear, written: [...(input?.type ? [input.type] : []), node.type] }
}
