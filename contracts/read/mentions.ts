import {
  isExpressionWithTypeArguments,
  isIdentifier,
  isImportTypeNode,
  isInterfaceDeclaration,
  isTypeAliasDeclaration,
  isTypeQueryNode,
  isTypeReferenceNode,
  type Node,
} from 'typescript/ast'
import { memoize } from '../print/memoize.ts'

/**
 * The names of types that a declaration or a type speaks of, its own type parameters left out; nothing where it speaks
 * of a value, or of what has no name in the file.
 */
export const mentionsOf: (node: Node) => ReadonlySet<string> | undefined = memoize((node) => {
  const names = new Set<string>()
  if (!visit(node, names)) return undefined
  // Those of what is inside, such as methods, have a meaning only there.
  const own = isInterfaceDeclaration(node) || isTypeAliasDeclaration(node) ? node.typeParameters : undefined
  for (const { name } of own ?? []) names.delete(name.text)
  return names
})

function visit(node: Node, names: Set<string>): boolean {
  if (isTypeQueryNode(node) || isImportTypeNode(node)) return false
  const name = nameIn(node)
  if (name && !isIdentifier(name)) return false
  if (name) names.add(name.text)
  let isSeen = true
  node.forEachChild((child) => {
    isSeen &&= visit(child, names)
  })
  return isSeen
}

function nameIn(node: Node): Node | undefined {
  if (isTypeReferenceNode(node)) return node.typeName
  return isExpressionWithTypeArguments(node) ? node.expression : undefined
}
