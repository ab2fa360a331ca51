import type { Modules } from './modules.ts'
import { nameOf, placeOf } from './place.ts'
import type { Problems } from './problems.ts'
import type { Wired } from './wired.ts'
import type { WiredChannel } from './wired-channels.ts'

/** What an operation is called, and what its schemas are named for in its module. */
export interface OperationNames {
  readonly name: string
  readonly exportName: string
}

/** A channel with its name. */
export interface NamedChannel extends WiredChannel {
  /** `rooms.room` */
  readonly name: string
}

/** The names of all operations, each of them once. */
export function nameOperations(wired: readonly Wired[], modules: Modules, problems: Problems): OperationNames[] {
  const names = new Map<string, Wired>()
  const exportNames = new Set<string>()
  return wired.map((operation) => {
    const { declaration } = operation.source
    const module = modules.of(declaration.getSourceFile().fileName)
    const name = operation.rpcName ?? `${module.replaceAll('/', '.')}.${operation.exportName}`
    const other = names.get(name)
    if (other) {
      const { file, line } = placeOf(nameOf(other.source.declaration))
      const what = `${name} is the function at ${modules.sourceOf(file)}:${line} already. Wire this one under a name of its own in \`rpc\`.`
      problems.add('PK1006', declaration, what, name)
    }
    names.set(name, operation)
    return { name, exportName: free(operation, module, exportNames) }
  })
}

/** Gives all channels their names, each of them once. */
export function nameChannels(wired: readonly WiredChannel[], modules: Modules, problems: Problems): NamedChannel[] {
  const paths = new Map<string, string>()
  return wired.map((channel) => {
    const { path, at, source, exportName } = channel
    const module = modules.of(source.declaration.getSourceFile().fileName)
    const name = `${module.replaceAll('/', '.')}.${exportName}`
    const other = paths.get(name)
    if (other !== undefined) {
      const what = `${name} is the channel at ${other} already. Make another channel for ${path}, or take one of the paths away.`
      problems.add('PK1006', at, what, name)
    }
    paths.set(name, path)
    return { ...channel, name }
  })
}

/** One function under two names has its schemas twice, so the second ones are called after the second name. */
function free({ exportName, rpcName }: Wired, module: string, taken: Set<string>): string {
  const last = rpcName?.slice(rpcName.lastIndexOf('.') + 1) ?? exportName
  let name = [exportName, last].find((candidate) => !taken.has(key(module, candidate)))
  for (let count = 2; name === undefined; count++) {
    if (!taken.has(key(module, `${exportName}${count}`))) name = `${exportName}${count}`
  }
  taken.add(key(module, name))
  return name
}

/** `create` and `Create` would both name `CreateInput`. */
function key(module: string, name: string): string {
  return `${module}\n${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
