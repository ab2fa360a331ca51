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
  /** What a file imports, as files of the project and of the generated folder, whether they exist or not. */
  readonly imports: ReadonlyMap<string, readonly string[]>
  /** Files that say something about others without being imported by them: scripts, declarations, augmentations. */
  readonly global: ReadonlySet<string>
}

/** Reads what the files of a project import, packages left aside. */
export function* readModuleGraph(program: Program, { root, contracts }: Folders): Ask<ModuleGraph> {
  const files = (yield* program.getSourceFileNames.gen()).filter((name) => isOfProject(name, root))
  const sources = (yield* together(files.map((name) => program.getSourceFile.gen(name)))).filter(
    (source) => source !== undefined,
  )
  const known = new Set<string>(files)
  const aliases = aliasesOf(program)
  const targets = yield* together(sources.map((source) => targetsOf(program, source, aliases, contracts)))
  const imports = new Map<string, readonly string[]>()
  for (const [index, { fileName }] of sources.entries()) {
    imports.set(
      fileName,
      (targets[index] ?? []).map((target) => fileMeant(target, known) ?? target),
    )
  }
  const global = new Set(sources.filter(isGlobal).map(({ fileName }) => fileName as string))
  return { files, imports, global }
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

/** How the project writes imports of its own files that are no relative paths. */
function aliasesOf(program: Program): (specifier: string) => boolean {
  const prefixes = Object.keys(program.getCompilerOptions().paths ?? {}).map((pattern) => pattern.replace(/\*.*$/, ''))
  return (specifier) =>
    specifier.startsWith('#') || prefixes.some((prefix) => prefix !== '' && specifier.startsWith(prefix))
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
function fileMeant(target: string, known: ReadonlySet<string>): string | undefined {
  const bare = target.replace(/\.[cm]?jsx?$/, '')
  const endings = ['', '.ts', '.tsx', '.mts', '.cts', '.d.ts', '/index.ts', '/index.tsx']
  return endings.map((ending) => bare + ending).find((name) => known.has(name))
}
