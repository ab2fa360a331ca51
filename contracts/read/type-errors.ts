import { dirname, resolve, sep } from 'node:path'
import { isExportDeclaration, isImportDeclaration, isStringLiteral, type SourceFile } from 'typescript/ast'
import { type Diagnostic as CompilerDiagnostic, DiagnosticCategory } from 'typescript/sync'
import type { Diagnostic } from '../diagnostic.ts'
import { type Ask, type Program, together } from './compiler.ts'
import { byPlace } from './problems.ts'

/** The folders that tell whose a file is. */
export interface Folders {
  readonly root: string
  /** The file of the app. */
  readonly app: string
  /** The generated folder, with a slash at its end. */
  readonly contracts: string
}

/**
 * Chooses the files whose type errors stop the generator.
 *
 * The generated folder itself may be missing or stale, which is what the generator is there to mend. So its files
 * are never asked, nor are those that import it on any way (a server, a page, their tests): what is wrong in them
 * may be wrong only until the contracts are new. What the app itself imports is always asked.
 */
export function* chooseFiles(program: Program, { root, app, contracts }: Folders): Ask<readonly string[]> {
  const names = (yield* program.getSourceFileNames.gen()).filter((name) => isOfProject(name, root))
  const sources = yield* together(names.map((name) => program.getSourceFile.gen(name)))
  const known = new Set<string>(names)
  const imports = new Map<string, readonly string[]>()
  for (const source of sources) if (source) imports.set(source.fileName, [...importsOf(source)])
  const ofApp = follow(app, imports, known)
  return names.filter((name) => {
    if (name.startsWith(contracts)) return false
    return ofApp.has(name) || !reachesContracts(name, imports, known, contracts)
  })
}

/** The type errors of the user, as TypeScript words them. */
export function* readTypeErrors(
  program: Program,
  files: readonly string[],
  { contracts }: Folders,
): Ask<readonly Diagnostic[]> {
  // Global diagnostics are not asked for: finding them checks every file of the program, libraries included.
  const [config, project, syntactic] = yield* together([
    program.getConfigFileParsingDiagnostics.gen(),
    program.getProgramDiagnostics.gen(),
    program.getSyntacticDiagnostics.gen(files),
  ])
  const first = [...(config ?? []), ...(project ?? []), ...(syntactic ?? [])].filter(isError)
  // As in tsc: what cannot be parsed is not checked.
  const found = first.length > 0 ? first : (yield* program.getSemanticDiagnostics.gen(files)).filter(isError)
  return found.filter((diagnostic) => !isAboutContracts(diagnostic, contracts)).map(toDiagnostic).sort(byPlace)
}

function isOfProject(name: string, root: string): boolean {
  return name.startsWith(root + sep) && !name.includes('/node_modules/')
}

function* importsOf(source: SourceFile): Generator<string> {
  for (const statement of source.statements) {
    const isImport = isImportDeclaration(statement) || isExportDeclaration(statement)
    if (isImport && statement.moduleSpecifier && isStringLiteral(statement.moduleSpecifier)) {
      const { text } = statement.moduleSpecifier
      if (text.startsWith('.')) yield resolve(dirname(source.fileName), text)
    }
  }
}

/** What an import may mean, among the files of the project. */
function* meant(target: string, known: ReadonlySet<string>): Generator<string> {
  const bare = target.replace(/\.[cm]?jsx?$/, '')
  for (const end of ['', '.ts', '.tsx', '.mts', '.cts', '.d.ts', '/index.ts', '/index.tsx']) {
    if (known.has(bare + end)) yield bare + end
  }
}

function follow(from: string, imports: ReadonlyMap<string, readonly string[]>, known: ReadonlySet<string>): Set<string> {
  const seen = new Set<string>([from])
  for (const name of seen) {
    for (const target of imports.get(name) ?? []) for (const file of meant(target, known)) seen.add(file)
  }
  return seen
}

function reachesContracts(
  from: string,
  imports: ReadonlyMap<string, readonly string[]>,
  known: ReadonlySet<string>,
  contracts: string,
): boolean {
  // A missing folder holds no files, so this looks at what is written, not at what it is resolved to.
  const files = follow(from, imports, known)
  return [...files].some((name) => (imports.get(name) ?? []).some((target) => `${target}/`.startsWith(contracts)))
}

/** An error, and not a matter of taste: unused names do not change what a contract says. */
function isError(diagnostic: CompilerDiagnostic): boolean {
  return diagnostic.category === DiagnosticCategory.Error && !diagnostic.reportsUnnecessary
}

/** What is said about the import of contracts that are not written yet. */
function isAboutContracts(diagnostic: CompilerDiagnostic, contracts: string): boolean {
  if (!diagnostic.fileName || ![2307, 2305, 2614, 2724, 6137].includes(diagnostic.code)) return false
  const [, specifier] = /['"](\.[^'"]*)['"]/.exec(diagnostic.text) ?? []
  return specifier !== undefined && `${resolve(dirname(diagnostic.fileName), specifier)}/`.startsWith(contracts)
}

function toDiagnostic(diagnostic: CompilerDiagnostic): Diagnostic {
  const { fileName, startPosition, pos, end, code, source } = diagnostic
  const message = textOf(diagnostic, '')
  const at =
    fileName && startPosition
      ? { file: fileName, line: startPosition.line + 1, column: startPosition.character + 1, length: Math.max(1, end - pos) }
      : undefined
  return { code: `${source || 'TS'}${code}`, message, ...(at ? { at } : {}) }
}

function textOf(diagnostic: CompilerDiagnostic, indent: string): string {
  const chain = diagnostic.messageChain ?? []
  return [indent + diagnostic.text, ...chain.map((next) => textOf(next, `${indent}  `))].join('\n')
}
