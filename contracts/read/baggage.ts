import {
  isExportDeclaration,
  isImportDeclaration,
  isNamedExports,
  isNamedImports,
  isStringLiteral,
  type Node,
  type SourceFile,
  type StringLiteral,
  SyntaxKind,
} from 'typescript/ast'
import type { Ask, Program } from './compiler.ts'
import type { ShapeReader } from './shapes.ts'

/** What a module of schemas may import and still be fit for a browser. */
const light = /^(zod|pikku\/wire|pikku\/client)(\/|$)/

/** Warns of schemas whose modules import more than Zod: the contracts, and who uses them, get all of that as well. */
export function* checkBaggage(
  program: Program,
  { schemas, registry, problems }: Pick<ShapeReader, 'schemas' | 'registry' | 'problems'>,
): Ask<void> {
  const files = Map.groupBy(schemas, ({ declaration }) => declaration.getSourceFile())
  for (const [source, found] of files) {
    const heavy = yield* heaviestOf(program, source, new Set())
    if (!heavy) continue
    const types = found.flatMap(({ entry }) => registry.get(entry).name?.lasting ?? [])
    const why = `The contracts import the schemas of this file, and with them \`${heavy.what}\`.`
    const message = `${why} Put them into a file that imports nothing but zod.`
    problems.warn('PK1302', heavy.specifier, message, undefined, { types })
  }
}

/** What is neither Zod nor a file that imports no other, and the first step on the way to it. */
interface Heavy {
  readonly specifier: StringLiteral
  readonly what: string
}

function* heaviestOf(program: Program, source: SourceFile, seen: Set<string>): Ask<Heavy | undefined> {
  if (seen.has(source.fileName)) return undefined
  seen.add(source.fileName)
  for (const specifier of source.statements.map(specifierOf)) {
    if (!specifier || light.test(specifier.text)) continue
    const resolved = yield* program.getResolvedModuleFromModuleSpecifier.gen(specifier, source.fileName)
    const file = resolved?.resolvedFileName
    const inner = file && !file.includes('/node_modules/') ? yield* program.getSourceFile.gen(file) : undefined
    const what = inner ? (yield* heaviestOf(program, inner, seen))?.what : specifier.text
    if (what !== undefined) return { specifier, what }
  }
  return undefined
}

/** What a statement imports when it runs. */
function specifierOf(statement: Node): StringLiteral | undefined {
  if (isImportDeclaration(statement)) {
    const { importClause, moduleSpecifier } = statement
    if (!isStringLiteral(moduleSpecifier) || importClause?.phaseModifier === SyntaxKind.TypeKeyword) return undefined
    const named = importClause?.name ? undefined : importClause?.namedBindings
    const isOfTypes = named && isNamedImports(named) && named.elements.every(({ isTypeOnly }) => isTypeOnly)
    return isOfTypes && named.elements.length > 0 ? undefined : moduleSpecifier
  }
  if (!isExportDeclaration(statement) || statement.isTypeOnly) return undefined
  const { exportClause, moduleSpecifier } = statement
  if (!moduleSpecifier || !isStringLiteral(moduleSpecifier)) return undefined
  const isOfTypes =
    exportClause && isNamedExports(exportClause) && exportClause.elements.every(({ isTypeOnly }) => isTypeOnly)
  return isOfTypes ? undefined : moduleSpecifier
}
