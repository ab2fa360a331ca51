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
  /** The names in the RPC tree under which single functions stand. */
  readonly functions: readonly string[]
  /** The channels by their paths, and the exports that they are; none where they are not named so. */
  readonly channels: readonly WiringChannel[]
  /** The imports that anything else in the file speaks of, such as the session and the middleware. */
  readonly surroundings: readonly Node[]
}

interface Import {
  readonly specifier: Node
  readonly isModule: boolean
  /** What it is called where it comes from. */
  readonly name: string
}

/** A channel of the app: a path and an export of a module. */
export interface WiringChannel {
  readonly path: string
  readonly specifier: Node
  readonly name: string
}

/** Reads the wiring of an app from its file; nothing where it is not plain, so that only the compiler can tell. */
export function readWiring(source: SourceFile): Wiring | undefined {
  const imports = importsOf(source)
  const definition = definitionIn(source)
  if (!definition) return undefined
  const wiring = { modules: [] as Wiring['modules'][number][], functions: [] as string[] }
  let channels: readonly WiringChannel[] = []
  const wired = new Set<Node>()
  for (const property of definition.properties) {
    if (!isPropertyAssignment(property) || !isIdentifier(property.name)) continue
    const { text } = property.name
    const value = bare(property.initializer)
    if (text === 'channels') {
      channels = channelsIn(value, imports)
      if (channels.length > 0) wired.add(property)
    }
    if (text !== 'rpc' && text !== 'http') continue
    if (!isObjectLiteralExpression(value)) return undefined
    const isPlain = text === 'rpc' ? addTree(value, '', imports, wiring) : hasPlainRoutes(value, imports)
    if (!isPlain) return undefined
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
  return { ...wiring, channels, surroundings: [...surroundings] }
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
  wiring: { modules: Wiring['modules'][number][]; functions: string[] },
): boolean {
  return tree.properties.every((property) => {
    const isShorthand = isShorthandPropertyAssignment(property)
    if (!isShorthand && !isPropertyAssignment(property)) return false
    if (!isIdentifier(property.name)) return false
    const name = prefix + property.name.text
    const value = isShorthand ? property.name : bare(property.initializer)
    if (isObjectLiteralExpression(value)) return addTree(value, `${name}.`, imports, wiring)
    if (isModuleMember(value, imports)) return wiring.functions.push(name) > 0
    const found = isIdentifier(value) ? imports.get(value.text) : undefined
    if (found?.isModule) wiring.modules.push({ prefix: `${name}.`, specifier: found.specifier })
    else if (found) wiring.functions.push(name)
    return found !== undefined
  })
}

/** `'GET /todos': todos.list`, and no `...routes`. */
function hasPlainRoutes(routes: ObjectLiteralExpression, imports: ReadonlyMap<string, Import>): boolean {
  return routes.properties.every((property) => {
    if (!isPropertyAssignment(property)) return false
    const value = bare(property.initializer)
    return isModuleMember(value, imports) || (isIdentifier(value) && imports.get(value.text)?.isModule === false)
  })
}

/** `'/rooms/:room': rooms.room`, and nothing else; none where it is not so. */
function channelsIn(value: Expression, imports: ReadonlyMap<string, Import>): readonly WiringChannel[] {
  if (!isObjectLiteralExpression(value)) return []
  const channels = value.properties.flatMap((property): WiringChannel[] => {
    if (!isPropertyAssignment(property) || !isStringLiteral(property.name)) return []
    const path = property.name.text
    const channel = bare(property.initializer)
    const base = isPropertyAccessExpression(channel) ? channel.expression : channel
    const found = isIdentifier(base) ? imports.get(base.text) : undefined
    if (!found || found.isModule === isIdentifier(channel)) return []
    const name = isPropertyAccessExpression(channel) ? channel.name.text : found.name
    return [{ path, specifier: found.specifier, name }]
  })
  return channels.length === value.properties.length ? channels : []
}

function isModuleMember(value: Expression, imports: ReadonlyMap<string, Import>): boolean {
  return (
    isPropertyAccessExpression(value) &&
    isIdentifier(value.expression) &&
    imports.get(value.expression.text)?.isModule === true
  )
}
