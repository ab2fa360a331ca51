import {
  isFunctionDeclaration,
  isIdentifier,
  isPropertyAssignment,
  isSourceFile,
  isVariableDeclaration,
  type Node,
} from 'typescript/ast'
import { TypeFlags } from 'typescript/sync'
import type { RouteModel } from '../model.ts'
import { readRpcTree } from './app-file.ts'
import { type Ask, type Compiler, type CompilerSymbol, type Type, together } from './compiler.ts'
import { type FunctionSource, sourceOf } from './functions.ts'
import { nameOfRoute } from './modules.ts'
import { nameOf, placeOf } from './place.ts'
import type { Problems } from './problems.ts'
import { propertiesOf } from './questions.ts'

/** A function that the app exposes, and the ways in that lead to it. */
export interface Wired {
  /** Its place in the RPC tree, if it has one. */
  readonly rpcName: string | undefined
  readonly routes: RouteModel[]
  readonly type: Type
  readonly source: FunctionSource
  /** What it is called where it is declared. */
  readonly exportName: string
}

/** What no name may be that becomes the name of a property. */
const hostile = new Set(['__proto__', 'constructor', 'prototype'])

/** The functions of the app: those of the RPC tree, then those that only routes lead to. */
export function* readWired(compiler: Compiler, definition: Type, problems: Problems): Ask<Wired[]> {
  const tree = yield* compiler.typeOf(definition, 'rpc')
  const leaves = tree && !(tree.flags & TypeFlags.VoidLike) ? yield* readRpcTree(compiler, tree) : []
  const sources = yield* together(leaves.map(({ symbol }) => sourceOfSymbol(compiler, symbol)))
  const wired: Wired[] = []
  for (const [index, { name, type }] of leaves.entries()) {
    const source = sources[index]
    if (!source) {
      complainOfOrigin(name, problems)
      continue
    }
    if (!name.split('.').every(isPlainName)) {
      const rule = 'Names in the RPC tree are letters, digits, _ and $, and none of __proto__, constructor, prototype.'
      problems.add('PK1002', source.declaration, `${JSON.stringify(name)} cannot be the name of an operation. ${rule}`)
      continue
    }
    const exportName = exportNameOf(source.declaration) ?? name.slice(name.lastIndexOf('.') + 1)
    wired.push({ rpcName: name, routes: [], type, source, exportName })
  }
  const routes = yield* compiler.typeOf(definition, 'http')
  if (routes && !(routes.flags & TypeFlags.VoidLike)) yield* addRoutes(compiler, routes, wired, problems)
  return wired
}

function* addRoutes(compiler: Compiler, routes: Type, wired: Wired[], problems: Problems): Ask<void> {
  const symbols = yield* propertiesOf(routes)
  const sources = yield* together(symbols.map((symbol) => sourceOfSymbol(compiler, symbol)))
  const nodes = yield* together(symbols.map((symbol) => compiler.declarationOf(symbol)))
  const byDeclaration = new Map(wired.toReversed().map((operation) => [operation.source.declaration, operation]))
  for (const [index, symbol] of symbols.entries()) {
    const [source, node] = [sources[index], nodes[index]]
    if (!source || !node) {
      complainOfOrigin(symbol.name, problems)
      continue
    }
    const route = readRoute(symbol.name, node, problems)
    if (!route) continue
    const known = byDeclaration.get(source.declaration)
    if (known) {
      known.routes.push(route)
      continue
    }
    const exportName = exportNameOf(source.declaration) ?? nameOfRoute(route.method, route.path)
    const type = yield* compiler.checker.getTypeOfSymbol.gen(symbol)
    const operation: Wired = { rpcName: undefined, routes: [route], type, source, exportName }
    byDeclaration.set(source.declaration, operation)
    wired.push(operation)
  }
}

/** What is left out here would be missing at run time, without a word. */
function complainOfOrigin(name: string, problems: Problems): void {
  const what = 'Wire functions by their names, in object literals or modules.'
  problems.add(
    'PK1002',
    undefined,
    `Where the function behind ${JSON.stringify(name)} comes from cannot be seen. ${what}`,
    name,
  )
}

function readRoute(key: string, node: Node, problems: Problems): RouteModel | undefined {
  const [, method, path] = /^(GET|POST|PUT|PATCH|DELETE) (\/\S*)$/.exec(key) ?? []
  if (method === undefined || path === undefined) {
    problems.add('PK1003', node, `${JSON.stringify(key)} is no route. Write a method and a path: 'GET /todos/:id'.`)
    return undefined
  }
  return isPath(path, node, problems) ? { method, path, at: placeOf(nameOf(node)) } : undefined
}

/** Whether a path is one of plain text and parameters; reports what it is not. */
export function isPath(path: string, node: Node, problems: Problems): boolean {
  const wrong = path.split('/').find((segment) => !/^(:[A-Za-z_]\w*|[\w.~!$&'()+,;=@%-]*)$/.test(segment))
  if (wrong !== undefined) {
    const why = `${JSON.stringify(wrong)} cannot be part of a path.`
    problems.add('PK1003', node, `${why} A segment is plain text, or a parameter such as :id.`)
    return false
  }
  const names: readonly string[] = path.match(/:\w+/g) ?? []
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice) problems.add('PK1003', node, `The path names ${twice} twice. Give each parameter its own name.`)
  return !twice
}

/** The file that a function is declared in. */
export function sourceFileOf({ source }: Pick<Wired, 'source'>): string {
  return source.declaration.getSourceFile().fileName
}

/** Where the function behind a property is made. */
export function* sourceOfSymbol(compiler: Compiler, symbol: CompilerSymbol): Ask<FunctionSource | undefined> {
  const declaration = yield* compiler.declarationOf(yield* compiler.behind(symbol))
  if (!declaration) return undefined
  // What cannot be followed is an operation of its own, declared where it is wired.
  return (yield* sourceOf(compiler, declaration)) ?? { declaration, expression: undefined }
}

/** `undefined` for what is written in the app itself under a route. */
export function exportNameOf(declaration: Node): string | undefined {
  if (isVariableDeclaration(declaration))
    return declaration.name && isIdentifier(declaration.name) ? declaration.name.text : undefined
  if (isFunctionDeclaration(declaration)) return declaration.name?.text ?? 'default'
  if (isPropertyAssignment(declaration)) return isIdentifier(declaration.name) ? declaration.name.text : undefined
  return 'default'
}

/** Whether a name can be that of an operation. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !hostile.has(name)
}

/** Whether a function is what a module declares at its top under the name that the contract has for it. */
export function isPlain({ source, exportName }: Pick<Wired, 'source' | 'exportName'>): boolean {
  const { declaration } = source
  if (isFunctionDeclaration(declaration))
    return declaration.name?.text === exportName && isSourceFile(declaration.parent)
  if (!isVariableDeclaration(declaration) || !isSourceFile(declaration.parent.parent.parent)) return false
  return isIdentifier(declaration.name) && declaration.name.text === exportName
}
