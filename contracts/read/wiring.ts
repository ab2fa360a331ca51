import {
  type Expression,
  isCallExpression,
  isExportAssignment,
  isIdentifier,
  isImportDeclaration,
  isNamedImports,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteral,
  type Node,
  type ObjectLiteralExpression,
  type SourceFile,
} from 'typescript/ast'
import { bare } from './functions.ts'

/** How the file of an app names what it wires, where it does so plainly: modules and their exports, by imported names. */
export interface Wiring {
  /** The modules in the RPC tree, by where their functions stand: `todos.` and the import it comes from. */
  readonly modules: readonly { readonly prefix: string; readonly specifier: Node }[]
  /** The single functions in the RPC tree, by their names there. */
  readonly functions: readonly WiredExport[]
  /** What routes lead to, by `GET /todos`. */
  readonly routes: readonly WiredExport[]
  /** The channels by their paths, and the exports that they are; none where they are not named so. */
  readonly channels: readonly WiredExport[]
  /** The imports that anything else in the file speaks of, such as the session and the middleware. */
  readonly surroundings: readonly Node[]
}

interface Import {
  readonly specifier: Node
  readonly isModule: boolean
  /** What it is called where it comes from. */
  readonly name: string
}

/** An export of a module, and what it is wired under. */
export interface WiredExport {
  readonly place: string
  readonly specifier: Node
  /** What it is called where it comes from. */
  readonly name: string
}

/** Reads the wiring of an app from its file; nothing where it is not plain, so that only the compiler can tell. */
export function readWiring(source: SourceFile): Wiring | undefined {
  const imports = importsOf(source)
  const definition = definitionIn(source)
  if (!definition) return undefined
  const wiring = { modules: [] as Wiring['modules'][number][], functions: [] as WiredExport[] }
  let routes: readonly WiredExport[] = []
  let channels: readonly WiredExport[] = []
  const wired = new Set<Node>()
  for (const property of definition.properties) {
    if (!isPropertyAssignment(property) || !isIdentifier(property.name)) continue
    const { text } = property.name
    const value = bare(property.initializer)
    if (text === 'channels') {
      channels = exportsIn(value, imports) ?? []
      if (channels.length > 0) wired.add(property)
    }
    if (text !== 'rpc' && text !== 'http') continue
    if (!isObjectLiteralExpression(value)) return undefined
    if (text === 'http') {
      const found = exportsIn(value, imports)
      if (!found) return undefined
      routes = found
    } else if (!addTree(value, '', imports, wiring)) return undefined
    wired.add(property)
  }
  const surroundings = new Set<Node>()
  const visit = (node: Node): void => {
    if (isImportDeclaration(node) || wired.has(node)) return
    const found = isIdentifier(node) ? imports.get(node.text) : undefined
    if (found) surroundings.add(found.specifier)
    node.forEachChild(visit)
  }
  source.forEachChild(visit)
  return { ...wiring, routes, channels, surroundings: [...surroundings] }
}

function definitionIn(source: SourceFile): ObjectLiteralExpression | undefined {
  const exported = source.statements.find(isExportAssignment)
  const call = exported && bare(exported.expression)
  const argument = call && isCallExpression(call) ? call.arguments[0] : undefined
  const literal = argument && bare(argument)
  return literal && isObjectLiteralExpression(literal) ? literal : undefined
}

/** What each imported name comes from. */
function importsOf(source: SourceFile): ReadonlyMap<string, Import> {
  const imports = new Map<string, Import>()
  for (const statement of source.statements) {
    if (!isImportDeclaration(statement)) continue
    const { moduleSpecifier: specifier, importClause } = statement
    const bindings = importClause?.namedBindings
    if (importClause?.name) imports.set(importClause.name.text, { specifier, isModule: false, name: 'default' })
    if (bindings && isNamedImports(bindings)) {
      for (const { name, propertyName } of bindings.elements) {
        imports.set(name.text, { specifier, isModule: false, name: (propertyName ?? name).text })
      }
    } else if (bindings) imports.set(bindings.name.text, { specifier, isModule: true, name: '*' })
  }
  return imports
}

function addTree(
  tree: ObjectLiteralExpression,
  prefix: string,
  imports: ReadonlyMap<string, Import>,
  wiring: { modules: Wiring['modules'][number][]; functions: WiredExport[] },
): boolean {
  return tree.properties.every((property) => {
    const isShorthand = isShorthandPropertyAssignment(property)
    if (!isShorthand && !isPropertyAssignment(property)) return false
    if (!isIdentifier(property.name)) return false
    const name = prefix + property.name.text
    const value = isShorthand ? property.name : bare(property.initializer)
    if (isObjectLiteralExpression(value)) return addTree(value, `${name}.`, imports, wiring)
    const wired = exportAt(value, imports)
    if (wired) return wiring.functions.push({ place: name, ...wired }) > 0
    const found = isIdentifier(value) ? imports.get(value.text) : undefined
    if (found) wiring.modules.push({ prefix: `${name}.`, specifier: found.specifier })
    return found !== undefined
  })
}

/** `'GET /todos': todos.list` or `'/rooms/:room': room`, and nothing else, no `...routes` either; none where it is not so. */
function exportsIn(value: Expression, imports: ReadonlyMap<string, Import>): readonly WiredExport[] | undefined {
  if (!isObjectLiteralExpression(value)) return undefined
  const found = value.properties.flatMap((property): WiredExport[] => {
    if (!isPropertyAssignment(property) || !isStringLiteral(property.name)) return []
    const wired = exportAt(bare(property.initializer), imports)
    return wired ? [{ place: property.name.text, ...wired }] : []
  })
  return found.length === value.properties.length ? found : undefined
}

/** `todos.list`, or `list` where that is imported. */
function exportAt(
  value: Expression,
  imports: ReadonlyMap<string, Import>,
): Pick<WiredExport, 'specifier' | 'name'> | undefined {
  const base = isPropertyAccessExpression(value) ? value.expression : value
  const found = isIdentifier(base) ? imports.get(base.text) : undefined
  if (!found || found.isModule === isIdentifier(value)) return undefined
  const name = isPropertyAccessExpression(value) ? value.name.text : found.name
  return { specifier: found.specifier, name }
}
