import type { Notes, Shape, StringFormat } from '../shape.ts'
import type { Code } from './codes.ts'
import type { Comment, Tag } from './notes.ts'

/** What is wrong with a tag. */
export type Complain = (code: Code, tag: Tag, message: string) => void

const formats = [
  'uuid',
  'email',
  'uri',
  'date-time',
  'date',
  'time',
  'ipv4',
  'ipv6',
] as const satisfies readonly StringFormat[]

/** What a shape becomes under a tag: itself with the constraint, or `undefined` where the tag does not fit it. */
type Apply = (shape: Shape, text: string) => Shape | undefined

interface Constraint {
  /** What it constrains, in words. */
  readonly on: string
  /** What its text has to be, in words. */
  readonly text: string
  readonly reads: (text: string) => boolean
  readonly apply: Apply
}

const isCount = (text: string): boolean => /^\d+$/.test(text) && Number.isSafeInteger(Number(text))
const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text))
const isEmpty = (text: string): boolean => text === '' || text === 'true'

const constraints: ReadonlyMap<string, Constraint> = new Map<string, Constraint>([
  [
    'minLength',
    count('strings', (shape, value) => (shape.kind === 'string' ? { ...shape, minLength: value } : undefined)),
  ],
  [
    'maxLength',
    count('strings', (shape, value) => (shape.kind === 'string' ? { ...shape, maxLength: value } : undefined)),
  ],
  ['minItems', count('arrays', (shape, value) => (shape.kind === 'array' ? { ...shape, minItems: value } : undefined))],
  ['maxItems', count('arrays', (shape, value) => (shape.kind === 'array' ? { ...shape, maxItems: value } : undefined))],
  [
    'uniqueItems',
    {
      on: 'arrays',
      text: 'nothing after it',
      reads: isEmpty,
      apply: (shape) => (shape.kind === 'array' ? { ...shape, uniqueItems: true } : undefined),
    },
  ],
  [
    'pattern',
    {
      on: 'strings',
      text: 'a regular expression, without slashes around it',
      reads: isPattern,
      apply: (shape, text) => (shape.kind === 'string' ? { ...shape, pattern: text } : undefined),
    },
  ],
  [
    'format',
    {
      on: 'strings',
      text: `one of ${formats.join(', ')}`,
      reads: (text) => formats.some((format) => format === text),
      apply: (shape, text) => {
        const format = formats.find((known) => known === text)
        return shape.kind === 'string' && format ? { ...shape, format } : undefined
      },
    },
  ],
  ['minimum', limit('minimum')],
  ['maximum', limit('maximum')],
  ['exclusiveMinimum', amount((shape, value) => ({ ...shape, exclusiveMinimum: value }))],
  ['exclusiveMaximum', amount((shape, value) => ({ ...shape, exclusiveMaximum: value }))],
  [
    'multipleOf',
    {
      ...amount((shape, value) => ({ ...shape, multipleOf: value })),
      text: 'a number above 0',
      reads: (text) => isNumber(text) && Number(text) > 0,
    },
  ],
  ['integer', { on: 'numbers', text: 'nothing after it', reads: isEmpty, apply: toInteger }],
  ['type', { on: 'numbers', text: '`integer`', reads: (text) => /^\{?integer\}?$/.test(text), apply: toInteger }],
])

const notes = new Set(['default', 'example', 'deprecated', 'secret'])

/** A shape with what the comment on it says. `lenient` drops what does not fit: the comment was written for another type. */
export function withComment(shape: Shape, comment: Comment, complain: Complain, lenient = false): Shape {
  let result = shape
  const examples: unknown[] = []
  for (const tag of comment.tags) {
    const constraint = constraints.get(tag.name)
    if (constraint) result = constrained(result, tag, constraint, lenient ? undefined : complain)
    else if (tag.name === 'default') result = withDefault(result, tag, lenient ? undefined : complain)
    else if (tag.name === 'example') examples.push(readValue(tag.text, result))
    else if (tag.name === 'deprecated') result = { ...result, deprecated: tag.text || true }
    else if (tag.name === 'secret') result = { ...result, secret: true }
    else if (!lenient) complainOfMisspelling(tag, complain)
  }
  return {
    ...result,
    ...(comment.description === undefined ? {} : { description: comment.description }),
    ...(examples.length === 0 ? {} : { examples }),
  }
}

/** The tags of a comment that constrain what it stands on. */
export function constraintsIn({ tags }: Comment): readonly Tag[] {
  return tags.filter(({ name }) => constraints.has(name) && name !== 'type')
}

/** The notes of a shape, without the shape. */
export function notesOf(shape: Shape): Notes {
  const { description, deprecated, examples, secret } = shape
  return {
    ...(description === undefined ? {} : { description }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(examples === undefined ? {} : { examples }),
    ...('default' in shape ? { default: shape.default } : {}),
    ...(secret === undefined ? {} : { secret }),
  }
}

function constrained(shape: Shape, tag: Tag, constraint: Constraint, complain: Complain | undefined): Shape {
  // `@type {Foo}` is JavaScript's own tag; only `@type integer` is meant for contracts.
  if (tag.name === 'type' && !constraint.reads(tag.text)) return shape
  if (!constraint.reads(tag.text)) {
    complain?.('PK1202', tag, `@${tag.name} takes ${constraint.text}; here it has ${quoted(tag.text)}.`)
    return shape
  }
  const result = eachMember(shape, (member) => constraint.apply(member, tag.text))
  if (!result) complain?.('PK1201', tag, `@${tag.name} is for ${constraint.on}, and this is ${inWords(shape)}.`)
  return result ?? shape
}

/** Applies to the members of a union that it fits, so that `string | null` can have a `@minLength`. */
function eachMember(shape: Shape, apply: (shape: Shape) => Shape | undefined): Shape | undefined {
  if (shape.kind !== 'union') return apply(shape)
  let fits = false
  const members = shape.members.map((member) => {
    const result = eachMember(member, apply)
    if (result) fits = true
    return result ?? member
  })
  return fits ? { ...shape, members } : undefined
}

function withDefault(shape: Shape, tag: Tag, complain: Complain | undefined): Shape {
  const value = readValue(tag.text, shape)
  if (value !== undefined && mayBe(shape, value)) return { ...shape, default: value }
  complain?.(
    'PK1202',
    tag,
    `@default takes a value of its type, as JSON; ${quoted(tag.text)} is no value of ${inWords(shape)}.`,
  )
  return shape
}

/** JSON, or where that makes no value of the shape, the text itself. */
function readValue(text: string, shape: Shape): unknown {
  try {
    const value: unknown = JSON.parse(text)
    if (mayBe(shape, value)) return value
  } catch {
    // No JSON: the text itself.
  }
  return text
}

/** Whether a wire value can be of a shape. What stands behind a name is not looked at. */
function mayBe(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case 'string':
    case 'template':
    case 'date':
    case 'url':
    case 'bytes':
      return typeof value === 'string'
    case 'bigint':
      return typeof value === 'string' && /^-?\d+$/.test(value)
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'null':
      return value === null
    case 'literal':
      return value === (typeof shape.value === 'bigint' ? String(shape.value) : shape.value)
    case 'array':
    case 'set':
      return Array.isArray(value) && value.every((item) => mayBe(shape.items, item))
    case 'tuple':
      return Array.isArray(value)
    case 'object':
    case 'record':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'union':
      return shape.members.some((member) => mayBe(member, value))
    case 'never':
    case 'undefined':
      return false
    default:
      return true
  }
}

function complainOfMisspelling(tag: Tag, complain: Complain): void {
  if (notes.has(tag.name) || known.has(tag.name)) return
  const meant = [...constraints.keys(), ...notes].find(
    (name) => distance(name.toLowerCase(), tag.name.toLowerCase()) <= 2,
  )
  if (meant && meant !== 'type') complain('PK1203', tag, `There is no @${tag.name}. Did you mean @${meant}?`)
}

/** Tags of JSDoc and TSDoc, which mean nothing here and are no misspellings. */
const known = new Set(
  `abstract alpha author beta borrows callback class constant copyright decorator defaultValue description enum eventProperty
  experimental extends external file fires function generic hideconstructor ignore implements inheritDoc inheritdoc inner
  interface internal kind label lends license link listens member memberof module name namespace override packageDocumentation
  param privateRemarks private property protected public readonly remarks requires returns sealed see since static summary
  template this throws todo tutorial type typeParam typedef variation version virtual yields`.split(/\s+/),
)

/** How many letters two words differ by; 3 stands for more. */
function distance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 2) return 3
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const change = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return Math.min(3, row.at(-1) ?? 3)
}

/** A shape in words, for messages. */
export function inWords(shape: Shape): string {
  switch (shape.kind) {
    case 'ref':
      return `the type ${shape.name}; write it above the declaration of that type`
    case 'object':
      return 'an object'
    case 'literal':
      return `the literal ${String(shape.value)}`
    case 'template':
      return 'a template literal, which says its form already'
    case 'array':
      return 'an array'
    case 'undefined':
    case 'null':
    case 'never':
    case 'unknown':
      return shape.kind
    default:
      return `a ${shape.kind}`
  }
}

function count(on: string, apply: (shape: Shape, value: number) => Shape | undefined): Constraint {
  return { on, text: 'a whole number, 0 or more', reads: isCount, apply: (shape, text) => apply(shape, Number(text)) }
}

function amount(apply: (shape: Shape & { kind: 'number' }, value: number) => Shape): Constraint {
  return {
    on: 'numbers',
    text: 'a number',
    reads: isNumber,
    apply: (shape, text) => (shape.kind === 'number' ? apply(shape, Number(text)) : undefined),
  }
}

function limit(name: 'minimum' | 'maximum'): Constraint {
  return {
    on: 'numbers and bigints',
    text: 'a number',
    reads: isNumber,
    apply: (shape, text) => {
      if (shape.kind === 'number') return { ...shape, [name]: Number(text) }
      if (shape.kind === 'bigint' && /^-?\d+$/.test(text)) return { ...shape, [name]: BigInt(text) }
      return undefined
    },
  }
}

function toInteger(shape: Shape): Shape | undefined {
  return shape.kind === 'number' ? { ...shape, integer: true } : undefined
}

function isPattern(text: string): boolean {
  try {
    return text !== '' && new RegExp(text, 'u') instanceof RegExp
  } catch {
    return false
  }
}

function quoted(text: string): string {
  return text === '' ? 'nothing' : `\`${text}\``
}
