import { basename, relative, sep } from 'node:path'
import { wordsOf } from './named.ts'

/** Names that the generated folder needs itself. */
const reserved = new Set(['index', 'client', 'shared', 'openapi', 'asyncapi', 'contract'])

/** Which contract module each source file goes to: `src/functions/admin/users.ts` to `admin/users`. */
export class Modules {
  readonly #root: string
  readonly #ofFile = new Map<string, string>()
  readonly #taken = new Set<string>()

  constructor(root: string) {
    this.#root = root
  }

  /** The path of a file from the project's folder, with forward slashes. */
  sourceOf(file: string): string {
    return relative(this.#root, file).split(sep).join('/')
  }

  /** The contract module of a source file. */
  of(file: string): string {
    const known = this.#ofFile.get(file)
    if (known) return known
    const whole = this.sourceOf(file).replace(/\.[cm]?[jt]sx?$/, '')
    const parts = whole.split('/').filter((part) => part !== '..' && part !== '')
    if (parts[0] === 'src') parts.shift()
    const short = parts.filter((part) => part !== 'functions')
    if (short.length > 1 && short.at(-1) === 'index') short.pop()
    const module = this.#free([short.join('/') || basename(file), parts.join('/'), whole])
    this.#ofFile.set(file, module)
    return module
  }

  #free(candidates: readonly string[]): string {
    const named = candidates.map((name) => (reserved.has(name) ? `${name}-functions` : name))
    let module = named.find((name) => !this.#taken.has(name.toLowerCase()))
    for (let count = 2; !module; count++) {
      const next = `${named[0]}-${count}`
      if (!this.#taken.has(next)) module = next
    }
    // Some file systems cannot hold Todos.ts beside todos.ts.
    this.#taken.add(module.toLowerCase())
    return module
  }
}

/** `GET /todos/:id` as `getTodosId`. */
export function nameOfRoute(method: string, path: string): string {
  return method.toLowerCase() + (wordsOf(path) ?? 'Root')
}
