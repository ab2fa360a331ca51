import type { Shape, TemplateShape } from '../shape.ts'
import { resolve, type Types } from './overlap.ts'
import { patternText } from './text.ts'

/**
 * The pattern of the texts that the compiler takes for a template, from their first character to their last: each
 * hole but the last ends where the text after it occurs first, and is then looked at alone.
 */
export function templatePattern(shape: TemplateShape, types: Types): string {
  return patternText(`^${new PatternWriter(types).inner(shape)}$`)
}

/** What `Number` takes for a finite number and is not empty, as the compiler asks of `${number}`. */
const number =
  '(?:\\s*(?:[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|0[xX][\\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)\\s*|\\s+)'

/** What `BigInt` would take, and JavaScript write before an `n`. */
const bigint = '-?(?:0|[1-9]\\d*|0[xX][\\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)'

class PatternWriter {
  readonly #types: Types
  #groups = 0

  constructor(types: Types) {
    this.#types = types
  }

  inner({ texts, holes }: TemplateShape): string {
    const parts = texts.map((text, at) => {
      const hole = holes[at]
      if (!hole) return escapePattern(text)
      const next = texts[at + 1] ?? ''
      const isLast = at === holes.length - 1
      return (
        escapePattern(text) + (isLast ? this.#whole(hole) : next === '' ? this.#single(hole) : this.#upTo(hole, next))
      )
    })
    return parts.join('')
  }

  /** All that is left. */
  #whole(hole: Shape): string {
    const shape = resolve(hole, this.#types)
    switch (shape.kind) {
      case 'string':
        return shape.pattern === undefined ? '[\\s\\S]*' : unanchored(shape.pattern)
      case 'number':
        return number
      case 'bigint':
        return bigint
      case 'boolean':
        return '(?:true|false)'
      case 'null':
      case 'undefined':
        return shape.kind
      case 'literal':
        return escapePattern(String(shape.value))
      case 'union':
        return `(?:${shape.members.map((member) => this.#whole(member)).join('|')})`
      case 'template':
        return this.inner(shape)
      default:
        throw new TypeError(`A template cannot hold a ${shape.kind}.`)
    }
  }

  /** A hole with no text after it takes one character. */
  #single(hole: Shape): string {
    const shape = resolve(hole, this.#types)
    if (shape.kind === 'string' && shape.pattern === undefined) return '[\\s\\S]'
    if (shape.kind === 'number') return '[\\d\\s]'
    if (shape.kind === 'bigint') return '\\d'
    return `(?=${this.#rest('[\\s\\S]', '')})${this.#whole(hole)}(?=${this.#last()})`
  }

  /** As far as the next text, which does not occur before. */
  #upTo(hole: Shape, next: string): string {
    const shape = resolve(hole, this.#types)
    const before = `(?:(?!${escapePattern(next)})[\\s\\S])*`
    if (shape.kind === 'string' && shape.pattern === undefined) return before
    // Most texts begin with what cannot be in the hole, so that the hole ends there by itself.
    if ((shape.kind === 'number' || shape.kind === 'bigint') && /^[^\dabcdefox\s.+-]/i.test(next))
      return this.#whole(hole)
    return `(?=${this.#rest(before, escapePattern(next))})${this.#whole(hole)}(?=${this.#last()})`
  }

  /** Notes what stands after the hole, which says where the hole ends. */
  #rest(before: string, next: string): string {
    this.#groups++
    return `${before}(?<rest${this.#groups}>${next}[\\s\\S]*)$`
  }

  #last(): string {
    return `\\k<rest${this.#groups}>$`
  }
}

/** A pattern of whole texts as a part of another one. */
function unanchored(pattern: string): string {
  return `(?:${pattern.replace(/^\^/, '').replace(/\$$/, '')})`
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
