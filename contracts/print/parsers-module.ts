import { firstLine, importPath } from './header.ts'

/** The folder of the parsers, inside the folder of the contracts. */
export const parsersFolder = 'parsers'

/** What a function asks of its module while it is written, and what it is answered where that can be one thing or another. */
export type ParserStep =
  | readonly ['use', name: string]
  | readonly ['borrow', name: string, file: string]
  | readonly ['constant', base: 'pattern' | 'values', text: string, name: string]
  | readonly ['name', base: string, name: string]
  | readonly ['reserve']
  | readonly ['write', text: string]

/** One file of parsers while it is put together. */
export class ParserModule {
  readonly #file: string
  readonly #extension: string
  /** What is declared at the top of the file. */
  readonly #names: Set<string>
  readonly #runtime = new Set<string>()
  readonly #siblings = new Map<string, Set<string>>()
  readonly #constants = new Map<string, string>()
  readonly #functions: string[] = []
  readonly #onStep: (step: ParserStep) => void

  /**
   * @param names the names that are kept for what is exported.
   * @param onStep is told of all that is asked, in this order.
   */
  constructor(file: string, names: Iterable<string>, extension: string, onStep: (step: ParserStep) => void) {
    this.#file = file
    this.#onStep = onStep
    this.#names = new Set(names)
    this.#extension = extension
  }

  /** Something of `pikku/parse`, imported. */
  use(name: string): string {
    this.#runtime.add(name)
    this.#onStep(['use', name])
    return name
  }

  /** A function of another file, imported. */
  borrow(name: string, file: string): string {
    if (file === this.#file) return name
    const names = this.#siblings.get(file) ?? new Set()
    this.#siblings.set(file, names.add(name))
    this.#onStep(['borrow', name, file])
    return name
  }

  /** Something made once, when the file is loaded. */
  constant(base: 'pattern' | 'values', text: string): string {
    const name = this.#constants.get(text) ?? this.#free(base)
    this.#constants.set(text, name)
    this.#onStep(['constant', base, text, name])
    return name
  }

  /** A name that nothing else in the file has. */
  name(base: string): string {
    const name = this.#free(base)
    this.#onStep(['name', base, name])
    return name
  }

  /** Keeps the next place in the file for a function that is not written yet. */
  reserve(): (text: string) => void {
    const at = this.#functions.push('') - 1
    this.#onStep(['reserve'])
    return (text) => {
      this.#functions[at] = text
      this.#onStep(['write', text])
    }
  }

  #free(base: string): string {
    let name = base
    for (let next = 2; this.#names.has(name); next++) name = `${base}${next}`
    this.#names.add(name)
    return name
  }

  text(): string {
    const imports = [importLine(this.#runtime, "'pikku/parse'")]
    for (const [file, names] of [...this.#siblings].sort(byText)) {
      imports.push(importLine(names, importPath(this.#file, file, this.#extension)))
    }
    const constants = [...this.#constants].map(([text, name]) => `const ${name} = ${text}\n`).join('')
    const blocks = [imports.join(''), constants, ...this.#functions].filter((block) => block !== '')
    return `${firstLine}\n${blocks.join('\n')}`
  }
}

function importLine(names: ReadonlySet<string>, from: string): string {
  if (names.size === 0) return ''
  const sorted = [...names].sort(byName).map((name) => (name === 'Fields' ? 'type Fields' : name))
  const flat = `import { ${sorted.join(', ')} } from ${from}\n`
  return flat.length <= 121 ? flat : `import {\n${sorted.map((name) => `  ${name},\n`).join('')}} from ${from}\n`
}

function byText([one]: [string, unknown], [other]: [string, unknown]): number {
  return compare(one, other)
}

function byName(one: string, other: string): number {
  return compare(one.toLowerCase(), other.toLowerCase()) || compare(one, other)
}

/** By code units, so that every machine agrees. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
