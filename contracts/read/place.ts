import type { Node } from 'typescript/ast'
import type { Location } from '../diagnostic.ts'

/** Where a node stands, from its first character; of long nodes, as far as its first line goes. */
export function placeOf(node: Node): Location {
  const source = node.getSourceFile()
  return placeAt(node, node.getStart(source), node.end)
}

/** A stretch of the text of the file that a node stands in. */
export function placeAt(node: Node, start: number, end: number): Location {
  const source = node.getSourceFile()
  const { line, character } = source.getLineAndCharacterOfPosition(start)
  const lineEnd = source.text.indexOf('\n', start)
  const stop = lineEnd === -1 ? end : Math.min(end, lineEnd)
  return { file: source.fileName, line: line + 1, column: character + 1, length: Math.max(1, stop - start) }
}

/** The name of a declaration where it has one: what a reader looks for. */
export function nameOf(node: Node): Node {
  return 'name' in node && isNode(node.name) ? node.name : node
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value
}
