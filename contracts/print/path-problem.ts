import { pathParameters } from '../parameters.ts'

/** Why a path cannot be served; nothing when it can. */
export function pathProblem(path: string): string | undefined {
  if (!path.startsWith('/')) return 'a path begins with a slash'
  const names = pathParameters(path)
  if (names.some((name) => !/^[A-Za-z_$][\w$]*$/.test(name))) {
    return 'a parameter is a colon and a name of letters, digits and underscores, alone between two slashes'
  }
  if (new Set(names).size !== names.length) return 'it has two parameters of the same name'
  const fixed = path.split('/').filter((segment) => !segment.startsWith(':'))
  const strange = fixed.find((segment) => !/^[\w.~!$&'()+,;=@%-]*$/.test(segment))
  if (strange !== undefined) return `"${strange}" is no part of a path (wildcards and patterns are not taken)`
  if (fixed.some((segment) => segment === '.' || segment === '..')) return 'steps such as .. never reach a server'
  return undefined
}
