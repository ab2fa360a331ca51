import type { Node, TypeNode } from 'typescript/ast'
import { isParenthesizedTypeNode, isTypeOperatorNode, SyntaxKind } from 'typescript/ast'
import type { CompilerSymbol } from './compiler.ts'

/** Where a type stands. */
export interface Site {
  /** `todos.create input.filter.when` */
  readonly path: string
  /** What a diagnostic points at. */
  readonly blame: Node | undefined
  /** The type as it is written there, where it is written: it knows the order of a union and the names of aliases. */
  readonly node: TypeNode | undefined
  /** The declarations of the named types it stands within, from the outside. */
  readonly within: readonly number[]
  /** The lasting key of the innermost of them; absent where it stands in none. */
  readonly type?: string | undefined
  /** The arrays and tuples it stands within that have no name yet: one that stands within itself needs one. */
  readonly open: readonly number[]
  /** The alias that was written here. */
  readonly alias?: CompilerSymbol | undefined
  /** What `undefined` does here: `kept` as the output of a function, `dropped` from optional properties, otherwise an error. */
  readonly undefinedIs: 'wrong' | 'dropped' | 'kept'
}

/** Where a type stands as a whole: an input, an output, the data of an error. */
export function siteOf(path: string, blame: Node, node: TypeNode | undefined): Site {
  return { path, blame, node: unwrapped(node), within: [], open: [], undefinedIs: 'wrong' }
}

/** A place inside another one. */
export function inside(site: Site, step: string, node: TypeNode | undefined, blame: Node | undefined = node): Site {
  return {
    ...site,
    path: site.path + step,
    node: unwrapped(node),
    blame: blame ?? site.blame,
    alias: undefined,
    undefinedIs: 'wrong',
  }
}

/** `.title`, or `["content-type"]` */
export function propertyStep(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}

/** A type without parentheses and `readonly` around it. */
export function unwrapped(node: TypeNode | undefined): TypeNode | undefined {
  let inner = node
  while (inner && (isParenthesizedTypeNode(inner) || isReadonly(inner))) inner = inner.type
  return inner
}

function isReadonly(node: TypeNode): node is TypeNode & { readonly type: TypeNode } {
  return isTypeOperatorNode(node) && node.operator === SyntaxKind.ReadonlyKeyword
}
