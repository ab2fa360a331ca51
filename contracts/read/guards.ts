import {
  type Expression,
  isArrayLiteralExpression,
  isCallExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteral,
  type Node,
} from 'typescript/ast'
import { type Ask, type Compiler, together } from './compiler.ts'
import { bare, nameIn, type Parts, sourceOf, sourceOfExpression } from './functions.ts'
import type { Problems } from './problems.ts'
import type { Wired } from './wired.ts'

/** A function with the permissions of a route, and where the function is declared that it leads to. */
export interface Guard {
  readonly wired: Wired
  readonly guarded: Node
}

/** Reports what a route guards and a name leaves open. */
export function checkGuards(guards: readonly Guard[], wired: readonly Wired[], problems: Problems): void {
  for (const { wired: guard, guarded } of guards) {
    const open = wired.find(({ rpcName, source }) => rpcName !== undefined && source.declaration === guarded)
    if (!open?.rpcName) continue
    const [route] = guard.routes
    const name = route ? `${route.method} ${route.path}` : (guard.rpcName ?? guard.exportName)
    const what = 'Wire the guarded one by that name, or leave the name out of `rpc`.'
    const message = `${name} adds permissions to ${open.rpcName}, which can be called by its name without them. ${what}`
    problems.add('PK1010', guard.source.declaration, message)
  }
}

/** What the permissions of a function are called: `isOwner`, `any(isOwner, isAdmin)`; all of them must pass. */
export function* permissionNames(compiler: Compiler, { options }: Parts): Ask<readonly string[]> {
  const lists = options.filter((option) => nameIn(option) === 'permissions')
  return (yield* together(lists.map((list) => namesIn(compiler, list)))).flat()
}

function* namesIn(compiler: Compiler, node: Node): Ask<readonly string[]> {
  if (isPropertyAssignment(node)) return yield* namesIn(compiler, bare(node.initializer))
  const source = isShorthandPropertyAssignment(node)
    ? yield* sourceOf(compiler, node)
    : yield* sourceOfExpression(compiler, node as Expression, node)
  const made = source?.expression
  if (made && isArrayLiteralExpression(made))
    return (yield* together(made.elements.map((element) => namesIn(compiler, bare(element))))).flat()
  if (!made || !isCallExpression(made)) return [node.getText()]
  const [first] = made.arguments
  if (first && isStringLiteral(first)) return [first.text]
  const names = yield* together(made.arguments.map((argument) => namesIn(compiler, bare(argument))))
  return [`${made.expression.getText()}(${names.flat().join(', ')})`]
}
