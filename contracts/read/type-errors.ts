import { dirname, resolve } from 'node:path'
import { type Diagnostic as CompilerDiagnostic, DiagnosticCategory } from 'typescript/sync'
import type { Diagnostic } from '../diagnostic.ts'
import { type Ask, type Program, together } from './compiler.ts'
import { type Folders, importersOf, type ModuleGraph, reachedFrom } from './module-graph.ts'
import { byPlace } from './problems.ts'

/**
 * Chooses the files whose type errors stop the generator.
 *
 * The generated folder itself may be missing or stale, which is what the generator is there to mend. So its files
 * are never asked, nor are those that import it on any way (a server, a page, their tests): what is wrong in them
 * may be wrong only until the contracts are new. What the app itself imports is always asked.
 */
export function chooseFiles(graph: ModuleGraph, { app, contracts }: Folders): readonly string[] {
  const isContract = (name: string): boolean => `${name}/`.startsWith(contracts)
  const ofApp = reachedFrom([app], graph.imports)
  const targets = [...new Set([...graph.imports.values()].flat())]
  const ofContracts = reachedFrom(targets.filter(isContract), importersOf(graph))
  return graph.files.filter((name) => !isContract(name) && (ofApp.has(name) || !ofContracts.has(name)))
}

/** The files whose type errors may be others than before, when nothing was wrong before. */
export function affectedFiles(graph: ModuleGraph, changed: readonly string[]): ReadonlySet<string> {
  if (changed.some((name) => graph.global.has(name) || !graph.imports.has(name))) return new Set(graph.files)
  return reachedFrom(changed, importersOf(graph))
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
  return found
    .filter((diagnostic) => !isAboutContracts(diagnostic, contracts))
    .map(toDiagnostic)
    .sort(byPlace)
}

/** An error, and not a matter of taste: unused names do not change what a contract says. */
function isError(diagnostic: CompilerDiagnostic): boolean {
  return diagnostic.category === DiagnosticCategory.Error && !diagnostic.reportsUnnecessary
}

/** What is said about the import of contracts that are not written yet. */
function isAboutContracts(diagnostic: CompilerDiagnostic, contracts: string): boolean {
  if (!diagnostic.fileName || ![2307, 2305, 2614, 2724, 6137].includes(diagnostic.code)) return false
  const [, specifier = ''] = /['"]([^'"]*)['"]/.exec(diagnostic.text) ?? []
  if (!specifier.startsWith('.')) return diagnostic.code === 2307 && /^[#@~].*\bcontracts(\/|$)/.test(specifier)
  return `${resolve(dirname(diagnostic.fileName), specifier)}/`.startsWith(contracts)
}

function toDiagnostic(diagnostic: CompilerDiagnostic): Diagnostic {
  const { fileName, startPosition, pos, end, code, source } = diagnostic
  const message = textOf(diagnostic, '')
  const at =
    fileName && startPosition
      ? {
          file: fileName,
          line: startPosition.line + 1,
          column: startPosition.character + 1,
          length: Math.max(1, end - pos),
        }
      : undefined
  return { code: `${source || 'TS'}${code}`, message, ...(at ? { at } : {}) }
}

function textOf(diagnostic: CompilerDiagnostic, indent: string): string {
  const chain = diagnostic.messageChain ?? []
  return [indent + diagnostic.text, ...chain.map((next) => textOf(next, `${indent}  `))].join('\n')
}
