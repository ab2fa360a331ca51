import type { ArrayShape, MapShape, ObjectShape, Property, Shape, StringShape, TupleShape } from '../shape.ts'
import { braces, type Layout, list, render } from './layout.ts'
import { isPlain, isText, membersOf, resolve, type Types } from './overlap.ts'
import type { FunctionBody } from './parsers-body.ts'
import { anyOf, boundMisfits, type LeafContext, misfits, textMisfits } from './parsers-leaf.ts'
import { literalText, propertyText, stringText, valueText } from './text.ts'
import { isOptional } from './type-text.ts'
import { arrange } from './union.ts'
import { literalKeys } from './zod-text.ts'

/** Which way values go: from the wire, or onto it. */
export type Direction = 'decode' | 'encode'

/** What a parser needs besides its shape. */
export interface ParserContext extends LeafContext {
  readonly types: Types
  readonly direction: Direction
  /** The call that parses a named type. */
  named(type: string, value: string): string
  /** The call that parses a shape in a function of its own. */
  apart(shape: Shape, value: string, wanted: string): string
}

type Absence = 'null' | 'undefined'

/** Writes the statements that parse a value, and gives the expression of what comes out. */
export class ShapeWriter {
  readonly #context: ParserContext
  readonly #body: FunctionBody

  constructor(context: ParserContext, body: FunctionBody) {
    this.#context = context
    this.#body = body
  }

  /** @param value the name of what is parsed. */
  write(shape: Shape, value: string): Layout {
    const conditions = misfits(shape, value, this.#context)
    if (conditions) {
      this.#refuse(conditions)
      return value
    }
    const call = this.#call(shape, value)
    if (call !== undefined) return this.#called(call, value)
    switch (shape.kind) {
      case 'string':
        return this.#uri(shape, value)
      case 'bigint':
        return this.#bigint(shape, value)
      case 'array':
        return this.#array(shape, value)
      case 'set':
        return this.#set(shape.items, value)
      case 'tuple':
        return this.#tuple(shape, value)
      case 'object':
        return this.#object(shape, value)
      case 'record':
        return this.#record(shape.key, shape.value, value)
      case 'map':
        return this.#map(shape, value)
      case 'union':
        return this.#absent(shape, value, [])
      default:
        throw new TypeError(`A ${shape.kind} cannot be parsed.`)
    }
  }

  #refuse(conditions: readonly string[]): void {
    if (conditions.length > 0) this.#body.when(conditions, this.#use('invalid'))
  }

  #use(name: string): string {
    return this.#context.module.use(name)
  }

  get #decodes(): boolean {
    return this.#context.direction === 'decode'
  }

  /** The call that parses the value, where one does. */
  #call(shape: Shape, value: string): string | undefined {
    const { direction } = this.#context
    switch (shape.kind) {
      case 'date':
        return `${this.#use(`${direction}Date`)}(${value})`
      case 'url':
        return `${this.#use(`${direction}Url`)}(${value})`
      case 'bytes':
        return `${this.#use(`${direction}Bytes`)}(${value})`
      case 'bigint': {
        const bounded = shape.minimum !== undefined || shape.maximum !== undefined
        return bounded ? undefined : `${this.#use(`${direction}BigInt`)}(${value})`
      }
      case 'literal': {
        const wire = stringText(String(shape.value))
        const [from, to] = this.#decodes ? [wire, literalText(shape.value)] : [literalText(shape.value), wire]
        return `${value} === ${from} ? ${to} : ${this.#use('invalid')}`
      }
      case 'string': {
        const bounded = shape.minLength !== undefined || shape.maxLength !== undefined || shape.pattern !== undefined
        return bounded ? undefined : `${this.#use('trimUri')}(${value})`
      }
      case 'ref':
        return this.#context.named(shape.name, value)
      case 'union':
        return this.#single(shape) ? undefined : this.#context.apart(shape, value, value)
      default:
        return undefined
    }
  }

  /** What a union comes to when it is one shape that may be `null` or `undefined`. */
  #single(shape: Shape): Shape | undefined {
    const { literals, discriminated, members, strict } = arrange(shape, this.#context.types, this.#context.isOpen)
    const [only] = members
    return literals.length === 0 && !discriminated && strict.length === 0 && members.length === 1 ? only : undefined
  }

  #called(call: string, value: string): string {
    const result = this.#body.local(value)
    this.#body.line(`const ${result} = ${call}`)
    this.#refuse([`${result} === ${this.#use('invalid')}`])
    return result
  }

  /** The same, where `null` or `undefined` pass as they are. */
  #absent(shape: Shape, value: string, passed: readonly Absence[]): Layout {
    const passes = new Set(passed)
    let inner = shape
    const only = shape.kind === 'union' ? this.#single(shape) : undefined
    if (only) {
      const { nullable, optional } = arrange(shape, this.#context.types, this.#context.isOpen)
      if (nullable) passes.add('null')
      if (optional) passes.add('undefined')
      inner = only
    }
    if (passes.size === 0) return this.write(inner, value)
    const there = [...passes].map((absence) => `${value} !== ${absence}`)
    const conditions = misfits(inner, value, this.#context)
    if (conditions) {
      if (conditions.length > 0) this.#refuse([[...there, anyOf(conditions)].join(' && ')])
      return value
    }
    const call = this.#call(inner, value)
    if (call !== undefined) {
      const missing = [...passes].map((absence) => `${value} === ${absence}`).join(' || ')
      return this.#called(`${missing} ? ${value} : ${call.includes(' ? ') ? `(${call})` : call}`, value)
    }
    const result = this.#body.local(value)
    this.#body.line(`let ${result}: unknown = ${value}`)
    this.#body.block(`if (${there.join(' && ')})`, () => this.#body.line([`${result} = `, this.write(inner, value)]))
    return result
  }

  #uri(shape: StringShape, value: string): string {
    const result = this.#called(`${this.#use('trimUri')}(${value})`, value)
    this.#refuse(textMisfits(shape, result, this.#context.module))
    return result
  }

  #bigint(shape: Extract<Shape, { kind: 'bigint' }>, value: string): string {
    if (!this.#decodes) this.#refuse([`typeof ${value} !== 'bigint'`, ...boundMisfits(shape, value)])
    const result = this.#called(`${this.#use(`${this.#context.direction}BigInt`)}(${value})`, value)
    if (this.#decodes) this.#refuse(boundMisfits(shape, result))
    return result
  }

  #array({ items, minItems, maxItems, uniqueItems }: ArrayShape, value: string): string {
    this.#refuse([
      `!Array.isArray(${value})`,
      ...(minItems ? [`${value}.length < ${literalText(minItems)}`] : []),
      ...(maxItems === undefined ? [] : [`${value}.length > ${literalText(maxItems)}`]),
    ])
    const result = this.#body.local(value)
    this.#body.line(`const ${result}: unknown[] = []`)
    this.#each(value, '0', (item) => this.#body.line([`${result}.push(`, this.write(items, item), ')']))
    // What is unique is what handlers see.
    if (uniqueItems) this.#refuse([`!${this.#use('areUnique')}(${this.#decodes ? result : value})`])
    return result
  }

  /** For each item of an array from a place on. */
  #each(value: string, from: string, write: (item: string) => void): void {
    const at = this.#body.local('at')
    this.#body.block(`for (let ${at} = ${from}; ${at} < ${value}.length; ${at}++)`, () => {
      const item = this.#body.local('item')
      this.#body.line(`const ${item}: unknown = ${value}[${at}]`)
      write(item)
    })
  }

  #set(items: Shape, value: string): string {
    const result = this.#body.local(value)
    this.#refuse([this.#decodes ? `!Array.isArray(${value})` : `!(${value} instanceof Set)`])
    // What comes twice is there once before it is parsed, too.
    const source = this.#decodes ? `new Set<unknown>(${value})` : `${value} as Set<unknown>`
    this.#body.line(`const ${result} = new Set<unknown>()`)
    const item = this.#body.local('item')
    this.#body.block(`for (const ${item} of ${source})`, () => {
      this.#body.line([`${result}.add(`, this.write(items, item), ')'])
    })
    return this.#decodes ? result : `[...${result}]`
  }

  #tuple({ items, rest }: TupleShape, value: string): Layout {
    const mayLack = items.map(({ shape, optional }) => optional === true || mayBeMissing(shape, this.#context.types))
    const least = mayLack.lastIndexOf(false) + 1
    this.#refuse([
      `!Array.isArray(${value})`,
      ...(rest || least === 0 ? [] : [`${value}.length < ${least}`]),
      ...(rest ? [] : [`${value}.length > ${items.length}`]),
    ])
    const take = (shape: Shape, at: number, optional: boolean): Layout => {
      const item = this.#body.local('item')
      this.#body.line(`const ${item}: unknown = ${value}[${at}]`)
      return optional ? this.#absent(shape, item, ['undefined']) : this.write(shape, item)
    }
    const first = items.slice(0, least).map(({ shape, optional }, at) => take(shape, at, optional === true))
    if (least === items.length && !rest) return list('[', first, ']')
    const result = this.#body.local(value)
    this.#body.line([`const ${result}: unknown[] = `, list('[', first, ']')])
    for (const [at, { shape, optional }] of items.entries()) {
      if (at < least) continue
      this.#body.block(`if (${value}.length > ${at})`, () => {
        this.#body.line([`${result}.push(`, take(shape, at, optional === true), ')'])
      })
    }
    if (rest) {
      this.#each(value, String(items.length), (item) => {
        this.#body.line([`${result}.push(`, this.write(rest, item), ')'])
      })
    }
    return result
  }

  #object({ properties, index }: ObjectShape, value: string): Layout {
    this.#refuse([`!${this.#use('isObject')}(${value})`])
    const locals = new Map(properties.map((property) => [property, this.#body.local(property.name)]))
    const plain = [...locals].filter(([{ name }]) => !isInherited(name))
    if (plain.length > 0) {
      const names = plain.map(([{ name }, local]) => (name === local ? name : `${propertyText(name)}: ${local}`))
      this.#body.line(['const ', braces(names), ` = ${value}`])
    }
    for (const [{ name }, local] of locals) {
      if (isInherited(name)) this.#body.line(`const ${local} = ${this.#use('own')}(${value}, ${stringText(name)})`)
    }
    const parsed = [...locals].map(([property, local]) => ({ property, layout: this.#property(property, local, value) }))
    const optional = parsed.findIndex(({ property }) => this.#leavesOut(property))
    const sure = optional === -1 ? parsed : parsed.slice(0, optional)
    const literal = braces(
      sure.map(({ property: { name }, layout }) => (layout === name ? name : [`${propertyText(name)}: `, layout])),
    )
    if (sure.length === parsed.length && !index) return literal
    const result = this.#body.local(value)
    this.#body.line([`const ${result}: ${this.#use('Fields')} = `, literal])
    for (const { property, layout } of parsed.slice(sure.length)) {
      const target = `${result}[${stringText(property.name)}] = `
      if (this.#leavesOut(property)) this.#body.line([`if (${render(layout)} !== undefined) ${target}`, layout])
      else this.#body.line([target, layout])
    }
    if (index) this.#index(properties, index.value, value, result)
    return result
  }

  /** Whether a property may be missing in what comes out. */
  #leavesOut(property: Property): boolean {
    if (property.shape.default !== undefined && this.#decodes) return false
    return isOptional(property, false) || mayBeUndefined(property.shape, this.#context.types)
  }

  #property(property: Property, local: string, value: string): Layout {
    const { name, shape, optional } = property
    const missing = this.#decodes && shape.default !== undefined
    if (missing && (shape.default === null || (typeof shape.default !== 'object' && isPlain(shape, this.#context.types)))) {
      const given = this.#absent(shape, local, ['undefined'])
      const result = this.#body.local(local)
      this.#body.line([`const ${result} = ${local} === undefined ? ${valueText(shape.default)} : `, given])
      return result
    }
    if (missing) {
      const wire = this.#body.local(local)
      this.#body.line(`const ${wire}: unknown = ${local} === undefined ? ${valueText(shape.default)} : ${local}`)
      return optional ? this.#absent(shape, wire, ['undefined']) : this.write(shape, wire)
    }
    if (isOptional(property, false)) return this.#absent(shape, local, ['undefined'])
    const { types } = this.#context
    // What may be anything must be there all the same.
    if (mayBeUndefined(shape, types) && !mayBeMissing(shape, types)) this.#refuse([`!(${stringText(name)} in ${value})`])
    return this.write(shape, local)
  }

  #index(properties: readonly Property[], shape: Shape, value: string, result: string): void {
    // Where nothing may stand beside the named ones, not even this passes.
    const closed = isNever(shape, this.#context.types)
    const named = properties.map(({ name }) => stringText(name))
    const names = closed ? named : [...named, "'__proto__'"]
    const key = this.#body.local('key')
    const known =
      names.length > 6
        ? `${this.#context.module.constant('values', `new Set<unknown>([${names.join(', ')}])`)}.has(${key})`
        : names.map((name) => `${key} === ${name}`).join(' || ')
    this.#body.block(`for (const ${key} in ${value})`, () => {
      if (known !== '') this.#body.line(`if (${known}) continue`)
      this.#entry(shape, value, key, (item) => [`${result}[${key}] = `, item])
    })
  }

  #entry(shape: Shape, value: string, key: string, put: (item: Layout) => Layout): void {
    const item = this.#body.local('item')
    this.#body.line(`const ${item}: unknown = ${value}[${key}]`)
    this.#body.line(put(this.write(shape, item)))
  }

  #record(keys: Shape, shape: Shape, value: string): Layout {
    const names = literalKeys(keys, this.#context.types)
    if (names) {
      const properties = names.map((name): Property => ({ name, shape, optional: false }))
      return this.#object({ kind: 'object', properties }, value)
    }
    this.#refuse([`!${this.#use('isRecord')}(${value})`])
    const result = this.#body.local(value)
    this.#body.line(`const ${result}: ${this.#use('Fields')} = {}`)
    this.#keys(keys, value, (key, name) => {
      this.#entry(shape, value, key, (item) => [`${result}[${name}] = `, item])
    })
    return result
  }

  /** For each key of an object, and what it is parsed into. */
  #keys(shape: Shape, value: string, write: (key: string, name: string) => void): void {
    const key = this.#body.local('key')
    this.#body.block(`for (const ${key} of Object.keys(${value}))`, () => {
      this.#body.line(`if (${key} === '__proto__') continue`)
      write(key, this.#key(shape, key))
    })
  }

  #key(shape: Shape, key: string): string {
    const members = membersOf(shape, this.#context.types).map((member) => resolve(member, this.#context.types))
    if (members.every(isPlainText)) return key
    const name = this.#body.local(key)
    if (!members.some(isNumeric)) {
      this.#body.line(`const ${name}: unknown = ${key}`)
      return `String(${render(this.write(shape, name))})`
    }
    const conditions = misfits(shape, name, this.#context) ?? []
    if (members.every(isNumeric)) this.#body.line(`const ${name}: unknown = ${this.#use('numericKey')}(${key})`)
    else {
      this.#body.line(`let ${name}: unknown = ${key}`)
      this.#body.line(`if (${conditions.join(' || ')}) ${name} = ${this.#use('numericKey')}(${key})`)
    }
    this.#refuse(conditions)
    return `String(${name})`
  }

  #map({ key, value: items }: MapShape, value: string): string {
    const textual = isText(key, this.#context.types)
    if (this.#decodes && textual) {
      this.#refuse([`!${this.#use('isRecord')}(${value})`])
      const result = this.#body.local(value)
      this.#body.line(`const ${result} = new Map<unknown, unknown>()`)
      this.#keys(key, value, (key, name) => {
        this.#entry(items, value, key, (item) => [`${result}.set(${name}, `, item, ')'])
      })
      return result
    }
    let source = value
    if (this.#decodes) source = this.#called(`${this.#use('toPairs')}(${value})`, value)
    else this.#refuse([`!(${value} instanceof Map)`])
    const result = this.#body.local(value)
    const object = textual && !this.#decodes
    this.#body.line(object ? `const ${result}: ${this.#use('Fields')} = {}` : `const ${result} = new Map<unknown, unknown>()`)
    const name = this.#body.local('key')
    const item = this.#body.local('item')
    this.#body.block(`for (const [${name}, ${item}] of ${source} as Map<unknown, unknown>)`, () => {
      const outName = this.write(key, name)
      if (object) this.#refuse([`${render(outName)} === '__proto__'`])
      const outItem = this.write(items, item)
      this.#body.line(object ? [`${result}[String(`, outName, ')] = ', outItem] : [`${result}.set(`, outName, ', ', outItem, ')'])
    })
    return object || this.#decodes ? result : `[...${result}]`
  }
}

const notes: ReadonlySet<string> = new Set(['description', 'deprecated', 'examples', 'default', 'secret'])

/** Whether every key is such a text. */
function isPlainText(shape: Shape): boolean {
  return shape.kind === 'string' && Object.keys(shape).every((rule) => rule === 'kind' || notes.has(rule))
}

function isNumeric(shape: Shape): boolean {
  return shape.kind === 'number' || (shape.kind === 'literal' && typeof shape.value === 'number')
}

/** Whether every object has something of this name without having it itself. */
function isInherited(name: string): boolean {
  return name in Object.prototype
}

function isNever(shape: Shape, types: Types): boolean {
  const resolved = resolve(shape, types)
  return resolved.kind === 'never' || (resolved.kind === 'union' && resolved.members.every((member) => isNever(member, types)))
}

/** Whether what is parsed may be `undefined`. */
function mayBeUndefined(shape: Shape, types: Types): boolean {
  const kinds = membersOf(shape, types).map((member) => resolve(member, types).kind)
  return kinds.includes('undefined') || kinds.includes('unknown')
}

/** Whether `undefined` is one choice of several, so that nothing at all stands for it. */
function mayBeMissing(shape: Shape, types: Types): boolean {
  const resolved = resolve(shape, types)
  if (resolved.kind !== 'union') return false
  return resolved.members.some((member) => resolve(member, types).kind === 'undefined' || mayBeMissing(member, types))
}
