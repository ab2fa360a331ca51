import {
  type CallExpression,
  type Expression,
  type ImportDeclaration,
  isArrowFunction,
  isCallExpression,
  isClassDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isInterfaceDeclaration,
  isModuleDeclaration,
  isNamedImports,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isStringLiteral,
  isTypeAliasDeclaration,
  isVariableStatement,
  type SourceFile,
  type Statement,
  SyntaxKind,
} from 'typescript/ast'
import { bare, type FunctionNode, nameIn } from './functions.ts'
import { Looking, type Sight } from './looking.ts'

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
