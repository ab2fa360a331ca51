import { relative, sep } from 'node:path'
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
    const path = this.sourceOf(file).replace(/\.[cm]?[jt]sx?$/, '')
    const whole = path.split('/').map(plain).filter(Boolean)
    const parts = whole[0] === 'src' ? whole.slice(1) : whole
    const short = parts.filter((part) => part !== 'functions')
    if (short.length > 1 && short.at(-1) === 'index') short.pop()
    const names = [short, parts, whole].map((each) => each.join('/'))
    const module = this.#free([...names.filter(Boolean), 'module'])
    this.#ofFile.set(file, module)
    return module
  }

  #free(candidates: readonly string[]): string {
    const named = candidates.map((name) => (reserved.has(name) ? `${name}-functions` : name))
    let module = named.find((name) => !this.#taken.has(name.toLowerCase()))
    for (let count = 2; !module; count++) {
      const next = `${named[0]}-${count}`
      if (!this.#taken.has(next.toLowerCase())) module = next
    }
    // Some file systems cannot hold Todos.ts beside todos.ts.
    this.#taken.add(module.toLowerCase())
    return module
  }
}

/** A part of a path in letters that every file system and bundler takes: `(admin)` is `admin`, `[id]` is `id`. */
function plain(part: string): string {
  return part.replace(/[^\w$@+.-]+/g, '-').replace(/^[-.]+|-+$/g, '')
}

/** `GET /todos/:id` as `getTodosId`. */
export function nameOfRoute(method: string, path: string): string {
  return method.toLowerCase() + (wordsOf(path) ?? 'Root')
}
