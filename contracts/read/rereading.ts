import { isDeepStrictEqual } from 'node:util'
import type { Node } from 'typescript/ast'
import { all } from 'typescript/sync'
import { everyOperation, mapChannel, partsOfChannel } from '../channels.ts'
import type { AppModel, ChannelModel, OperationModel } from '../model.ts'
import { readChannel } from './channels.ts'
import { type Ask, type Compiler, together } from './compiler.ts'
import { joinTypes, type LastingType, type LastingTypes, lastingTypes } from './lasting-types.ts'
import type { ModuleGraph } from './module-graph.ts'
import type { Modules } from './modules.ts'
import type { NamedChannel, OperationNames } from './operation-names.ts'
import { readOperation } from './operations.ts'
import { nameOf, placeOf } from './place.ts'
import type { Warning } from './problems.ts'
import { rewire, rewireChannels } from './rewiring.ts'
import type { Root, Scope } from './scope.ts'
import type { ShapeReader } from './shapes.ts'
import { siteOf } from './site.ts'
import type { AppSurroundings } from './surroundings.ts'
import { isPlain, sourceFileOf, type Wired } from './wired.ts'
import type { WiredExport, Wiring } from './wiring.ts'

/** What was found in an app, kept so that after an edit only what it touches has to be read again. */
export interface Reading {
  readonly graph: ModuleGraph
  readonly wired: readonly Wired[]
  readonly names: readonly OperationNames[]
  readonly wiredChannels: readonly NamedChannel[]
  readonly modules: Modules
  readonly surroundings: AppSurroundings
  /** The operations and the channels, one for each that is wired, with lasting keys in their shapes. */
  readonly operations: readonly OperationModel[]
  readonly channels: readonly ChannelModel[]
  readonly types: LastingTypes
  readonly warnings: readonly Warning[]
  /** The operations that throw errors whose types the compiler finds out. */
  readonly inferring: ReadonlySet<string>
  /** Where the RPC tree holds modules; absent when only the compiler can tell what is wired. */
  readonly places: Places | undefined
}

/** The files behind the wiring of an app. */
export interface Places {
  readonly modules: readonly { readonly prefix: string; readonly file: string }[]
  readonly surroundings: readonly string[]
}

/** Tells operations and channels apart in a list of the former and all parts of the latter. */
export function apart(
  all: readonly OperationModel[],
  channels: readonly ChannelModel[],
): Pick<AppModel, 'operations' | 'channels'> {
  const parts = channels.flatMap(partsOfChannel)
  const operations = all.slice(0, all.length - parts.length)
  const fresh = new Map(parts.map((part, index) => [part, all[operations.length + index] ?? part]))
  return { operations, channels: channels.map((channel) => mapChannel(channel, (part) => fresh.get(part) ?? part)) }
}

/** The files that a wiring speaks of; nothing when what it names as functions is something else. */
export function* placesOf(
  compiler: Compiler,
  wiring: Wiring,
  wired: readonly Wired[],
  channels: readonly NamedChannel[],
): Ask<Places | undefined> {
  const byName = new Map(wired.map((operation) => [operation.rpcName, operation]))
  if (!wiring.functions.every(({ place }) => byName.has(place)) || !wired.every(isPlain)) return undefined
  const routes = new Map(
    wired.flatMap((operation) => operation.routes.map(({ method, path }) => [`${method} ${path}`, operation])),
  )
  const paths = new Map(channels.map((channel) => [channel.path, channel]))
  const files = yield* together(wiring.modules.map(({ specifier }) => fileOf(compiler, specifier)))
  const modules = wiring.modules.map(({ prefix }, index) => ({ prefix, file: files[index] ?? '' }))
  const comesFrom = ({ prefix, file }: Places['modules'][number]): boolean =>
    wired.every((operation) => !operation.rpcName?.startsWith(prefix) || sourceFileOf(operation) === file)
  const surroundings = [
    ...(yield* together(wiring.surroundings.map((specifier) => fileOf(compiler, specifier)))),
    // What comes from elsewhere, or under another name, than it seems can change with any of the files on the way.
    ...modules.filter((module) => !comesFrom(module)).map(({ file }) => file),
    ...(yield* indirectFiles(compiler, wiring.functions, byName)),
    ...(yield* indirectFiles(compiler, wiring.routes, routes)),
    ...(yield* indirectFiles(compiler, wiring.channels, paths)),
  ]
  return files.every(Boolean) && surroundings.every(Boolean)
    ? { modules, surroundings: surroundings.filter((file) => file !== undefined) }
    : undefined
}

/** The files that seem to declare what they export, and do not. */
function* indirectFiles(
  compiler: Compiler,
  exports: readonly WiredExport[],
  found: ReadonlyMap<string | undefined, Pick<Wired, 'source' | 'exportName'>>,
): Ask<(string | undefined)[]> {
  const files = yield* together(exports.map(({ specifier }) => fileOf(compiler, specifier)))
  return files.filter((file, at) => {
    const { place, name } = exports[at] ?? { place: '', name: '' }
    const one = found.get(place)
    return !one || !isPlain(one) || one.exportName !== name || sourceFileOf(one) !== file
  })
}

/** Operations and channels that were read again, by their positions. Their types are all read when the batch has ended. */
export interface Reread {
  readonly wired: ReadonlyMap<number, Wired>
  readonly wiredChannels: ReadonlyMap<number, NamedChannel>
  readonly channels: readonly ChannelModel[]
  /** The operations, and then the parts of the channels. */
  readonly operations: readonly OperationModel[]
  /** The keys in the registry of the roots, by those they had; absent for one that is no named type any more. */
  readonly roots: readonly (readonly [known: string, key: string | undefined])[]
}

/** Reads the operations and the channels within a scope again; nothing when they are not those of before. */
export function* readAgain(
  reader: ShapeReader,
  { wired, wiredChannels, names, modules, surroundings, places }: Reading,
  scope: Scope,
): Ask<Reread | undefined> {
  const rewired = yield* rewire(reader.compiler, wired, places?.modules ?? [], scope)
  const rewiredChannels = yield* rewireChannels(reader.compiler, wiredChannels, scope.channels)
  if (!rewired || !rewiredChannels) return undefined
  const { middleware } = surroundings
  const asks = [...rewired].map(([index, one]) =>
    readOperation(reader, one, { modules, middleware, names: names[index] }),
  )
  const [found, roots] = yield* all(together(asks), together(scope.roots.map((root) => readRoot(reader, root))))
  const read = found.filter((operation) => operation !== undefined)
  const channels = yield* together(
    [...rewiredChannels.values()].map((channel) => readChannel(reader, channel, { modules, middleware })),
  )
  if (read.length !== rewired.size) return undefined
  const operations = everyOperation({ operations: read, channels })
  return { wired: rewired, wiredChannels: rewiredChannels, channels, operations, roots }
}

/** Reads a type again. */
function* readRoot(
  reader: ShapeReader,
  { type: { key, path }, declaration }: Root,
): Ask<readonly [known: string, key: string | undefined]> {
  const { checker } = reader.compiler
  const symbol = yield* checker.getSymbolAtLocation.gen(nameOf(declaration))
  if (!symbol) return [key, undefined]
  const shape = yield* reader.read(
    yield* checker.getDeclaredTypeOfSymbol.gen(symbol),
    siteOf(path, declaration, undefined),
  )
  return [key, shape.kind === 'ref' ? shape.name : undefined]
}

/** Lets what an earlier reading calls a type lead to what was read; tells whether all of them are still so called. */
export function leadToRoots({ roots }: Reread, { registry }: ShapeReader): boolean {
  return roots.every(([known, key]) => {
    const entry = key === undefined ? undefined : registry.get(key)
    if (!entry || entry.name?.lasting !== known) return false
    registry.lead(known, entry)
    return true
  })
}

/** An earlier reading with what was read again; nothing where the two cannot be put together. */
export function joinReadings(
  reading: Reading,
  { wired, wiredChannels, channels, operations, roots }: Reread,
  { registry, known, problems, inferring }: ShapeReader,
  { files, moved }: Scope,
): Reading | undefined {
  const later = lastingTypes(
    operations,
    registry,
    roots.flatMap(([, key]) => key ?? []),
  )
  const kept = everyOperation({
    operations: reading.operations.filter((_, index) => !wired.has(index)),
    channels: reading.channels.filter((_, index) => !wiredChannels.has(index)),
  })
  const isTouched = (type: LastingType): boolean => known?.isTouched(type) ?? true
  const types = later.isExact
    ? joinTypes({ kept, read: later.operations }, reading.types, later.types, isTouched)
    : undefined
  if (!types) return undefined
  const fresh = apart(later.operations, channels)
  const names = new Set(operations.map(({ name }) => name))
  const wiredAt = (one: Wired, index: number): Wired => {
    const source = moved.get(index)
    return source ? { ...one, source } : one
  }
  const placedAt = (one: OperationModel, index: number): OperationModel => {
    const source = moved.get(index)
    const at = source && placeOf(nameOf(source.declaration))
    return !at || isDeepStrictEqual(at, one.at) ? one : { ...one, at }
  }
  for (const warning of reading.warnings) if (isToldStill(warning, names, types, files)) problems.warnAgain(warning)
  return {
    ...reading,
    wired: replaced(reading.wired.map(wiredAt), [...wired.keys()], [...wired.values()]),
    operations: replaced(reading.operations.map(placedAt), [...wired.keys()], fresh.operations),
    wiredChannels: replaced(reading.wiredChannels, [...wiredChannels.keys()], [...wiredChannels.values()]),
    channels: replaced(reading.channels, [...wiredChannels.keys()], fresh.channels),
    types,
    warnings: problems.warnings,
    inferring: new Set([...[...reading.inferring].filter((name) => !names.has(name)), ...inferring]),
  }
}

/** Whether nothing that was read again tells of it. */
function isToldStill(
  { diagnostic, operation, types }: Warning,
  operations: ReadonlySet<string>,
  known: LastingTypes,
  files: ReadonlySet<string>,
): boolean {
  if (operation !== undefined) return !operations.has(operation)
  if (diagnostic.at && files.has(diagnostic.at.file)) return false
  return types === undefined || types.some((type) => known.has(type))
}

/** A list with others at some positions. */
function replaced<Item>(list: readonly Item[], positions: readonly number[], others: readonly Item[]): readonly Item[] {
  const fresh = new Map(positions.map((index, position) => [index, others[position]]))
  return list.map((item, index) => fresh.get(index) ?? item)
}

function* fileOf(compiler: Compiler, specifier: Node): Ask<string | undefined> {
  const module = yield* compiler.checker.getSymbolAtLocation.gen(specifier)
  return (yield* compiler.declarationOf(module))?.getSourceFile().fileName
}
