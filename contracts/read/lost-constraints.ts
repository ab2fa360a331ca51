import { isTypeAliasDeclaration, isTypeReferenceNode, type TypeNode } from 'typescript/ast'
import { SymbolFlags, TypeFlags } from 'typescript/sync'
import { type Ask, together } from './compiler.ts'
import { constraintsIn } from './constraints.ts'
import { commentOf } from './notes.ts'
import { aliasSymbolOf } from './questions.ts'
import type { ShapeReader } from './shapes.ts'
import type { Site } from './site.ts'

/**
 * Reports aliases of primitives that carry constraints and are arguments of a generic type: for the compiler
 * `Page<Email>` and `Page<string>` are one type, and what says nothing must not look as if it did.
 */
export function* checkArguments(reader: ShapeReader, site: Site): Ask<void> {
  const { node } = site
  if (!node || !isTypeReferenceNode(node) || !node.typeArguments) return
  yield* together(node.typeArguments.map((argument) => checkArgument(reader, argument, site)))
}

function* checkArgument(reader: ShapeReader, node: TypeNode, site: Site): Ask<void> {
  if (!isTypeReferenceNode(node)) return
  const { compiler, problems } = reader
  const symbol = yield* compiler.symbolOfReference(node)
  if (!symbol || !(symbol.flags & SymbolFlags.TypeAlias)) return
  const declaration = yield* compiler.typeDeclarationOf(symbol)
  if (!declaration || !isTypeAliasDeclaration(declaration)) return
  const tags = constraintsIn(commentOf(declaration))
  const type = yield* compiler.typeAt(node)
  if (tags.length === 0 || !(type.flags & (TypeFlags.Primitive | TypeFlags.Object))) return
  if (yield* aliasSymbolOf(type)) return
  const lost = tags.map(({ name }) => `@${name}`).join(' and ')
  const message = `Within a generic type nobody knows any more that this was ${symbol.name}, so its ${lost} would be lost. Write the type out where it matters.`
  problems.add('PK1204', node, message, site.path)
}
