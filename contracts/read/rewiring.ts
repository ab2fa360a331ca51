import { readRpcTree } from './app-file.ts'
import { type Ask, type Compiler, type CompilerSymbol, together } from './compiler.ts'
import type { NamedChannel } from './operation-names.ts'
import type { Places } from './rereading.ts'
import type { Scope } from './scope.ts'
import { isPlain, sourceFileOf, sourceOfSymbol, type Wired } from './wired.ts'
import { channelTypes } from './wired-channels.ts'

/** The functions of some files as they are now, by their position; nothing when there are others than before. */
export function* rewire(
  compiler: Compiler,
  known: readonly Wired[],
  modules: Places['modules'],
  { files, isTouched }: Scope,
): Ask<Map<number, Wired> | undefined> {
  const inTree = new Map<string, CompilerSymbol>()
  const again = modules.filter(({ file }) => files.has(file))
  const found = yield* together(again.map(({ prefix, file }) => leavesOf(compiler, file, prefix)))
  for (const [at, { prefix }] of again.entries()) {
    const leaves = found[at] ?? []
    const before = known.flatMap(({ rpcName }) => (rpcName?.startsWith(prefix) ? [rpcName] : []))
    if (leaves.map(({ name }) => name).join() !== before.join()) return undefined
    for (const { name, symbol } of leaves) inTree.set(name, symbol)
  }
  const indices = known.flatMap((wired, index) => (isTouched(wired) ? [index] : []))
  const fresh = yield* together(indices.map((index) => rewireOne(compiler, known[index], inTree)))
  const rewired = indices.flatMap((index, position) => {
    const wired = fresh[position]
    return wired ? [[index, wired] as const] : []
  })
  return rewired.length === indices.length ? new Map(rewired) : undefined
}

/** The channels of some files as they are now, by their position; nothing when one is not there any more. */
export function* rewireChannels(
  compiler: Compiler,
  known: readonly NamedChannel[],
  touched: ReadonlySet<string>,
): Ask<Map<number, NamedChannel> | undefined> {
  const rewired = new Map<number, NamedChannel>()
  for (const [index, before] of known.entries()) {
    const file = sourceFileOf(before)
    if (!touched.has(file)) continue
    const symbol = yield* exportOf(compiler, file, before.exportName)
    const source = symbol && (yield* sourceOfSymbol(compiler, symbol))
    const types = symbol && (yield* channelTypes(compiler, yield* compiler.checker.getTypeOfSymbol.gen(symbol)))
    const channel = source && types && { ...before, source, types }
    if (!channel || !isPlain(channel) || sourceFileOf(channel) !== file) return undefined
    rewired.set(index, channel)
  }
  return rewired
}

function* leavesOf(compiler: Compiler, file: string, prefix: string): Ask<{ name: string; symbol: CompilerSymbol }[]> {
  const module = yield* compiler.checker.getSymbolOfSourceFile.gen(file)
  if (!module) return []
  return yield* readRpcTree(compiler, yield* compiler.checker.getTypeOfSymbol.gen(module), prefix)
}

function* rewireOne(
  compiler: Compiler,
  before: Wired | undefined,
  inTree: ReadonlyMap<string, CompilerSymbol>,
): Ask<Wired | undefined> {
  if (!before) return undefined
  const symbol =
    inTree.get(before.rpcName ?? '') ?? (yield* exportOf(compiler, sourceFileOf(before), before.exportName))
  const source = symbol && (yield* sourceOfSymbol(compiler, symbol))
  if (!source) return undefined
  const wired = { ...before, source, type: yield* compiler.checker.getTypeOfSymbol.gen(symbol) }
  return isPlain(wired) && sourceFileOf(wired) === sourceFileOf(before) ? wired : undefined
}

function* exportOf(compiler: Compiler, file: string, name: string): Ask<CompilerSymbol | undefined> {
  const module = yield* compiler.checker.getSymbolOfSourceFile.gen(file)
  const exports = module ? yield* compiler.checker.getExportsOfModule.gen(module) : []
  return exports.find((symbol) => symbol.name === name)
}
