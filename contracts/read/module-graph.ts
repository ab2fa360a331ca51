import { dirname, resolve, sep } from 'node:path'
import { isStringLiteral, type Node, type SourceFile } from 'typescript/ast'
import { type Ask, type Program, together } from './compiler.ts'

/** The folders that tell whose a file is. */
export interface Folders {
  readonly root: string
  /** The file of the app. */
  readonly app: string
  /** The generated folder, with a slash at its end. */
  readonly contracts: string
}

/** The files of a project, and which of them import which. */
export interface ModuleGraph {
  readonly files: readonly string[]
  readonly sources: ReadonlyMap<string, SourceFile>
  /** What a file imports, as files of the project and of the generated folder, whether they exist or not. */
  readonly imports: ReadonlyMap<string, readonly string[]>
  /** Files that say something about others without being imported by them: scripts, declarations, augmentations. */
  readonly global: ReadonlySet<string>
  /** Files that export, or may export, what is declared elsewhere. */
  readonly barrels: ReadonlySet<string>
}

/** Reads what the files of a project import, packages left aside. */
export function* readModuleGraph(program: Program, { root, contracts }: Folders): Ask<ModuleGraph> {
  const files = (yield* program.getSourceFileNames.gen()).filter((name) => isOfProject(name, root))
  const sources = (yield* together(files.map((name) => program.getSourceFile.gen(name)))).filter(
    (source) => source !== undefined,
  )
  const known = new Set<string>(files)
  const targets = yield* targetsOfAll(program, sources, contracts, known)
  const imports = new Map(sources.map(({ fileName }, index) => [fileName as string, targets[index] ?? []]))
  return {
    files,
    sources: byName(sources),
    imports,
    global: filesOf(sources.filter(isGlobal)),
    barrels: filesOf(sources.filter(isBarrel)),
  }
}

/** The graph with what some files say now; nothing where they import something else than before. */
export function* sameGraph(
  program: Program,
  graph: ModuleGraph,
  changed: readonly string[],
  { contracts }: Folders,
): Ask<ModuleGraph | undefined> {
  const sources = yield* together(changed.map((name) => program.getSourceFile.gen(name)))
  const found = sources.filter((source) => source !== undefined)
  if (found.length < changed.length || found.some((source) => isGlobal(source) || isBarrel(source))) return undefined
  if (changed.some((name) => graph.global.has(name) || graph.barrels.has(name))) return undefined
  const targets = yield* targetsOfAll(program, found, contracts, new Set(graph.files))
  const isSame = changed.every((name, index) => graph.imports.get(name)?.join('\n') === targets[index]?.join('\n'))
  return isSame ? { ...graph, sources: new Map([...graph.sources, ...byName(found)]) } : undefined
}

/** The files that some files lead to, these included. */
export function reachedFrom(starts: Iterable<string>, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>(starts)
  for (const name of seen) for (const target of imports.get(name) ?? []) seen.add(target)
  return seen
}

/** Who imports whom, the other way round. */
export function importersOf({ imports }: ModuleGraph): Map<string, string[]> {
  const importers = new Map<string, string[]>()
  for (const [file, targets] of imports) {
    for (const target of targets) importers.set(target, [...(importers.get(target) ?? []), file])
  }
  return importers
}

function isOfProject(name: string, root: string): boolean {
  return name.startsWith(root + sep) && !name.includes('/node_modules/')
}

function isGlobal(source: SourceFile): boolean {
  return (
    source.isDeclarationFile ||
    !source.externalModuleIndicator ||
    source.moduleAugmentations.length > 0 ||
    /\bdeclare\s+global\b/.test(source.text)
  )
}

/** `export * from`, `export { one as other }`, `export default name`: read from the text, which errs on the safe side. */
function isBarrel({ text }: SourceFile): boolean {
  return /\bexport\s*(?:\*|\{|=|default\b|import\b)/.test(text)
}

function byName(sources: readonly SourceFile[]): ReadonlyMap<string, SourceFile> {
  return new Map(sources.map((source) => [source.fileName, source]))
}

function filesOf(sources: readonly SourceFile[]): Set<string> {
  return new Set(sources.map(({ fileName }) => fileName))
}

/** How the project writes imports of its own files that are no relative paths. */
function aliasesOf(program: Program): (specifier: string) => boolean {
  const prefixes = Object.keys(program.getCompilerOptions().paths ?? {}).map((pattern) => pattern.replace(/\*.*$/, ''))
  return (specifier) =>
    specifier.startsWith('#') || prefixes.some((prefix) => prefix !== '' && specifier.startsWith(prefix))
}

function* targetsOfAll(
  program: Program,
  sources: readonly SourceFile[],
  contracts: string,
  known: ReadonlySet<string>,
): Ask<string[][]> {
  const isAlias = aliasesOf(program)
  const targets = yield* together(sources.map((source) => targetsOf(program, source, isAlias, contracts)))
  return targets.map((ofOne) => ofOne.map((target) => fileMeant(target, known) ?? target))
}

function* targetsOf(
  program: Program,
  source: SourceFile,
  isAlias: (specifier: string) => boolean,
  contracts: string,
): Ask<string[]> {
  const found = yield* together(source.imports.map((node) => targetOf(program, source, node, isAlias, contracts)))
  return found.filter((target) => target !== undefined)
}

function* targetOf(
  program: Program,
  source: SourceFile,
  node: Node,
  isAlias: (specifier: string) => boolean,
  contracts: string,
): Ask<string | undefined> {
  if (!isStringLiteral(node)) return undefined
  const { text } = node
  if (text.startsWith('.')) return resolve(dirname(source.fileName), text)
  if (!isAlias(text)) return undefined
  const resolved = yield* program.getResolvedModuleFromModuleSpecifier.gen(node, source.fileName)
  // An alias that leads nowhere may mean contracts that are not written yet.
  return resolved?.resolvedFileName ?? (/(^|[#@~/])contracts(\/|$)/.test(text) ? contracts : undefined)
}

/** The file that an import without its right ending means. */
export function fileMeant(target: string, known: Pick<ReadonlySet<string>, 'has'>): string | undefined {
  const bare = target.replace(/\.[cm]?jsx?$/, '')
  const endings = ['', '.ts', '.tsx', '.mts', '.cts', '.d.ts', '/index.ts', '/index.tsx']
  return endings.map((ending) => bare + ending).find((name) => known.has(name))
}
