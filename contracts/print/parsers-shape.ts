import type { Shape, StringShape } from '../shape.ts'
import type { Layout } from './layout.ts'
import type { FunctionBody } from './parsers-body.ts'
import type { Absence, ParserContext, ShapeParser } from './parsers-context.ts'
import { writeMap, writeRecord } from './parsers-entries.ts'
import { writeKeyed } from './parsers-keyed.ts'
import { anyOf, boundMisfits, misfits, textMisfits } from './parsers-leaf.ts'
import { writeArray, writeSet, writeTuple } from './parsers-lists.ts'
import { writeObject } from './parsers-objects.ts'
import { literalText, stringText } from './text.ts'

/** Writes the statements that parse a value, and gives the expression of what comes out. */
export class ShapeWriter implements ShapeParser {
  readonly context: ParserContext
  readonly body: FunctionBody

  constructor(context: ParserContext, body: FunctionBody) {
    this.context = context
    this.body = body
  }

  write(shape: Shape, value: string): Layout {
    const conditions = misfits(shape, value, this.context)
    if (conditions) {
      this.refuse(conditions)
      return value
    }
    const call = this.#call(shape, value)
    if (call !== undefined) return this.called(call, value)
    switch (shape.kind) {
      case 'string':
        return this.#uri(shape, value)
      case 'bigint':
        return this.#bigint(shape, value)
      case 'array':
        return writeArray(this, shape, value)
      case 'set':
        return writeSet(this, shape.items, value)
      case 'tuple':
        return writeTuple(this, shape, value)
      case 'object':
        return writeObject(this, shape, value)
      case 'keyed':
        return writeKeyed(this, shape, value)
      case 'record':
        return writeRecord(this, shape.key, shape.value, value)
      case 'map':
        return writeMap(this, shape, value)
      case 'union':
        return this.absent(shape, value, [])
      default:
        throw new TypeError(`A ${shape.kind} cannot be parsed.`)
    }
  }

  refuse(conditions: readonly string[]): void {
    if (conditions.length > 0) this.body.when(conditions, this.use('invalid'))
  }

  use(name: string): string {
    return this.context.module.use(name)
  }

  get decodes(): boolean {
    return this.context.direction === 'decode'
  }

  /** The call that parses the value, where one does. */
  #call(shape: Shape, value: string): string | undefined {
    const { direction } = this.context
    switch (shape.kind) {
      case 'date':
        return `${this.use(`${direction}Date`)}(${value})`
      case 'url':
        return `${this.use(`${direction}Url`)}(${value})`
      case 'bytes':
        return `${this.use(`${direction}${shape.buffer ? 'Buffer' : 'Bytes'}`)}(${value})`
      case 'bigint': {
        const bounded = shape.minimum !== undefined || shape.maximum !== undefined
        return bounded ? undefined : `${this.use(`${direction}BigInt`)}(${value})`
      }
      case 'literal': {
        const wire = stringText(String(shape.value))
        const [from, to] = this.decodes ? [wire, literalText(shape.value)] : [literalText(shape.value), wire]
        return `${value} === ${from} ? ${to} : ${this.use('invalid')}`
      }
      case 'string': {
        const bounded = shape.minLength !== undefined || shape.maxLength !== undefined || shape.pattern !== undefined
        return bounded ? undefined : `${this.use('trimUri')}(${value})`
      }
      case 'ref':
        return this.context.named(shape.name, value)
      case 'union':
        return this.#single(shape) ? undefined : this.context.apart(shape, value, value)
      default:
        return undefined
    }
  }

  /** What a union comes to when it is one shape that may be `null` or `undefined`. */
  #single(shape: Shape): Shape | undefined {
    const { literals, discriminated, forms } = this.context.arranged(shape)
    const [only, ...others] = forms.flat()
    return literals.length === 0 && !discriminated && others.length === 0 ? only : undefined
  }

  called(call: string, value: string): string {
    const result = this.body.local(value)
    this.body.line(`const ${result} = ${call}`)
    this.refuse([`${result} === ${this.use('invalid')}`])
    return result
  }

  absent(shape: Shape, value: string, passed: readonly Absence[]): Layout {
    const passes = new Set(passed)
    let inner = shape
    const only = shape.kind === 'union' ? this.#single(shape) : undefined
    if (only) {
      const { nullable, optional } = this.context.arranged(shape)
      if (nullable) passes.add('null')
      if (optional) passes.add('undefined')
      inner = only
    }
    if (passes.size === 0) return this.write(inner, value)
    const there = [...passes].map((absence) => `${value} !== ${absence}`)
    const conditions = misfits(inner, value, this.context)
    if (conditions) {
      if (conditions.length > 0) this.refuse([[...there, anyOf(conditions)].join(' && ')])
      return value
    }
    const call = this.#call(inner, value)
    if (call !== undefined) {
      const missing = [...passes].map((absence) => `${value} === ${absence}`).join(' || ')
      return this.called(`${missing} ? ${value} : ${call.includes(' ? ') ? `(${call})` : call}`, value)
    }
    const result = this.body.local(value)
    this.body.line(`let ${result}: unknown = ${value}`)
    this.body.block(`if (${there.join(' && ')})`, () => this.body.line([`${result} = `, this.write(inner, value)]))
    return result
  }

  #uri(shape: StringShape, value: string): string {
    const result = this.called(`${this.use('trimUri')}(${value})`, value)
    this.refuse(textMisfits(shape, result, this.context.module))
    return result
  }

  #bigint(shape: Extract<Shape, { kind: 'bigint' }>, value: string): string {
    if (!this.decodes) this.refuse([`typeof ${value} !== 'bigint'`, ...boundMisfits(shape, value)])
    const result = this.called(`${this.use(`${this.context.direction}BigInt`)}(${value})`, value)
    if (this.decodes) this.refuse(boundMisfits(shape, result))
    return result
  }
}
