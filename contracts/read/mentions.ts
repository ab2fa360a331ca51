import {
  isExpressionWithTypeArguments,
  isIdentifier,
  isImportTypeNode,
  isTypeParameterDeclaration,
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
  const parameters = new Set<string>()
  if (!visit(node, names, parameters)) return undefined
  for (const name of parameters) names.delete(name)
  return names
})

function visit(node: Node, names: Set<string>, parameters: Set<string>): boolean {
  if (isTypeQueryNode(node) || isImportTypeNode(node)) return false
  if (isTypeParameterDeclaration(node)) parameters.add(node.name.text)
  const name = nameIn(node)
  if (name && !isIdentifier(name)) return false
  if (name) names.add(name.text)
  let isSeen = true
  node.forEachChild((child) => {
    isSeen &&= visit(child, names, parameters)
  })
  return isSeen
}

function nameIn(node: Node): Node | undefined {
  if (isTypeReferenceNode(node)) return node.typeName
  return isExpressionWithTypeArguments(node) ? node.expression : undefined
}
