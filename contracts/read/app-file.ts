import type { Node } from 'typescript/ast'
import { SymbolFlags } from 'typescript/sync'
import { type Ask, type Compiler, type CompilerSymbol, isOfPlatform, type Type, together } from './compiler.ts'
import type { Problems } from './problems.ts'
import { propertiesOf, symbolOf } from './questions.ts'
import { isFunc } from './signature.ts'

/** Finds the definition of the app that `file` exports by default. */
export function* readDefinition(compiler: Compiler, file: string, problems: Problems): Ask<Type | undefined> {
  const { checker } = compiler
  const source = yield* compiler.program.getSourceFile.gen(file)
  if (!source) {
    problems.add('PK1001', undefined, `${file} is not part of the project. Add it to \`include\` in tsconfig.json.`)
    return undefined
  }
  const start = { file: source.fileName, line: 1, column: 1, length: 1 }
  const module = yield* checker.getSymbolOfSourceFile.gen(file)
  const exports = module ? yield* checker.getExportsOfModule.gen(module) : []
  const app = exports.find(({ name }) => name === 'default')
  if (!app) {
    problems.add('PK1001', start, 'This file has no default export. Write `export default app({ … })`.')
    return undefined
  }
  const type = yield* checker.getTypeOfSymbol.gen(yield* compiler.behind(app))
  const definition = yield* checker.getPropertyOfType.gen(type, 'definition')
  const brand = yield* checker.getPropertyOfType.gen(type, '~types')
  if (!definition || !brand) {
    const node: Node | undefined = yield* compiler.declarationOf(app)
    problems.add('PK1001', node ?? start, 'The default export is no app. Write `export default app({ … })`.')
    return undefined
  }
  return yield* checker.getTypeOfSymbol.gen(definition)
}

/** A function or a module of them in the RPC tree. */
export interface RpcLeaf {
  readonly name: string
  readonly symbol: CompilerSymbol
  readonly type: Type
}

/** Every function of the RPC tree, in its order. Classes and values are passed over. */
export function* readRpcTree(
  compiler: Compiler,
  tree: Type,
  prefix = '',
  above: readonly number[] = [],
): Ask<RpcLeaf[]> {
  const symbols = yield* propertiesOf(tree)
  if (symbols.length === 0) return []
  const types = yield* compiler.checker.getTypeOfSymbol.gen(symbols)
  const branches = symbols.map((symbol, index) =>
    readBranch(compiler, symbol, types[index], prefix + symbol.name, above),
  )
  // With the first one the compiler tells the symbol of `Func`, which the others need not ask for then.
  const [first, ...others] = branches
  const leaves = first ? [yield* first, ...(yield* together(others))] : []
  return leaves.flat()
}

function* readBranch(
  compiler: Compiler,
  symbol: CompilerSymbol,
  type: Type | undefined,
  name: string,
  above: readonly number[],
): Ask<RpcLeaf[]> {
  if (!type) return []
  if ((yield* isFunc(type)) || (yield* type.getCallSignatures.gen()).length > 0) return [{ name, symbol, type }]
  if (above.includes(type.id) || !(yield* isTree(type))) return []
  return yield* readRpcTree(compiler, type, `${name}.`, [...above, type.id])
}

/** Modules, object literals and what is typed like them; not arrays, instances, classes, schemas or channels. */
function* isTree(type: Type): Ask<boolean> {
  const brands = yield* together(['~standard', '~channel'].map((brand) => type.getProperty.gen(brand)))
  if (brands.some((brand) => brand)) return false
  if (type.isIntersectionType()) return (yield* together((yield* type.getTypes.gen()).map(isTree))).every(Boolean)
  if (!type.isObjectType()) return false
  const symbol = yield* symbolOf(type)
  return symbol !== undefined && !isOfPlatform(symbol) ? (symbol.flags & treeFlags) !== 0 : type.isMappedType()
}

const treeFlags = SymbolFlags.Module | SymbolFlags.ObjectLiteral | SymbolFlags.TypeLiteral | SymbolFlags.Interface
