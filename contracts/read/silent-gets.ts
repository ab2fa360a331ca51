import type { OperationModel } from '../model.ts'
import type { Problems } from './problems.ts'

/**
 * Tells of functions with a session that give nothing and are wired to GET: what reads nothing changes something, and a
 * link on any page makes a browser ask for it with the cookie of its user.
 */
export function warnOfSilentGets(operation: OperationModel, problems: Problems): void {
  const { name, auth, kind, output, answer, routes } = operation
  if (!auth || kind === 'stream' || output || answer) return
  for (const { method, path, at } of routes) {
    if (method !== 'GET') continue
    const why = `${name} gives nothing, so GET ${path} can only be for what it changes`
    const message = `${why}, and a link on any page makes a browser ask for it with the cookie of its user. Wire it with POST, PUT or DELETE.`
    problems.warn('PK2017', at, message, name, { operation: name })
  }
}
