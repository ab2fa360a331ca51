import * as runtime from '../parse/index.ts'
import { type Layout, render } from './layout.ts'

/** The statements of one function while they are written. */
export class FunctionBody {
  readonly #lines: string[] = []
  readonly #locals = new Set<string>(['value', 'depth'])
  #indent = '  '

  /** A name for something in this function, like the one wanted as far as that can be. */
  local(wanted: string): string {
    const base = /^(?!decode|encode|pattern|values)[a-z][A-Za-z]{0,39}\d*$/.test(wanted)
      ? wanted.replace(/\d+$/, '')
      : 'item'
    let name = base
    for (let next = 2; this.#locals.has(name) || taken.has(name); next++) name = `${base}${next}`
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

  /** A line and one that belongs to it. */
  inner(head: string, line: string): void {
    this.#lines.push(`${this.#indent}${head}\n${this.#indent}  ${line}\n`)
  }

  /** Answers what a value gives that fulfils any of these conditions. */
  when(conditions: readonly string[], answer: string): void {
    if (conditions.length === 0) return
    const flat = `if (${conditions.join(' || ')}) return ${answer}`
    if (this.#indent.length + flat.length <= 120) {
      this.line(flat)
      return
    }
    const inner = `${this.#indent}  `
    const lines = conditions.join(` ||\n${inner}`)
    this.#lines.push(
      `${this.#indent}if (\n${inner}${lines}\n${this.#indent}) {\n${inner}return ${answer}\n${this.#indent}}\n`,
    )
  }

  text(): string {
    return this.#lines.join('')
  }
}

/** The names that mean something else to the text of a function. */
const taken: ReadonlySet<string> = new Set([
  ...Object.keys(runtime),
  ...(
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
])
