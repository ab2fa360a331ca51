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
  { schemas, problems }: Pick<ShapeReader, 'schemas' | 'problems'>,
): Ask<void> {
  const files = new Map<string, Node>()
  for (const { declaration } of schemas) {
    const { fileName } = declaration.getSourceFile()
    if (!files.has(fileName)) files.set(fileName, declaration)
  }
  for (const declaration of files.values()) {
    const heavy = yield* heaviestOf(program, declaration.getSourceFile(), new Set())
    if (!heavy) continue
    const why = `The contracts import this schema, and with it ${heavy}.`
    problems.warn('PK1302', declaration, `${why} Put it into a file that imports nothing but zod.`)
  }
}

/** The first import that is neither Zod nor a file that has no other. */
function* heaviestOf(program: Program, source: SourceFile, seen: Set<string>): Ask<string | undefined> {
  if (seen.has(source.fileName)) return undefined
  seen.add(source.fileName)
  for (const specifier of source.statements.map(specifierOf)) {
    if (!specifier || light.test(specifier.text)) continue
    const resolved = yield* program.getResolvedModuleFromModuleSpecifier.gen(specifier, source.fileName)
    const file = resolved?.resolvedFileName
    const inner = file && !file.includes('/node_modules/') ? yield* program.getSourceFile.gen(file) : undefined
    const heavy = inner ? yield* heaviestOf(program, inner, seen) : `\`${specifier.text}\``
    if (heavy) return heavy
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
