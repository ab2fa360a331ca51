import { type Layout, render } from './layout.ts'

/** The statements of one function while they are written. */
export class FunctionBody {
  readonly #lines: string[] = []
  readonly #locals = new Set<string>(['value', 'depth'])
  readonly #isTaken: (name: string) => boolean
  #indent = '  '

  /** @param isTaken says which names stand for something else. */
  constructor(isTaken: (name: string) => boolean) {
    this.#isTaken = isTaken
  }

  /** A name for something in this function, like the one wanted as far as that can be. */
  local(wanted: string): string {
    const base = /^[a-z][A-Za-z]*\d*$/.test(wanted) && wanted.length < 40 ? wanted.replace(/\d+$/, '') : 'item'
    let name = base
    for (let next = 2; this.#locals.has(name) || this.#isTaken(name); next++) name = `${base}${next}`
    this.#locals.add(name)
    return name
  }

  line(layout: Layout): void {
    this.#lines.push(`${this.#indent}${render(layout, this.#indent)}\n`)
  }

  /** A block of statements: `for (…) { … }`. */
  block(head: string, write: () => void, tail = '}'): void {
    this.#lines.push(`${this.#indent}${head} {\n`)
    this.#indent += '  '
    write()
    this.#indent = this.#indent.slice(2)
    this.#lines.push(`${this.#indent}${tail}\n`)
  }

  /** Answers what a value gives that fulfils any of these conditions. */
  when(conditions: readonly string[], answer: string): void {
    if (conditions.length === 0) return
    const flat = `if (${conditions.join(' || ')}) return ${answer}`
    if (this.#indent.length + flat.length <= 120) return this.line(flat)
    const inner = `${this.#indent}  `
    const lines = conditions.join(` ||\n${inner}`)
    this.#lines.push(`${this.#indent}if (\n${inner}${lines}\n${this.#indent}) {\n${inner}return ${answer}\n${this.#indent}}\n`)
  }

  text(): string {
    return this.#lines.join('')
  }
}
