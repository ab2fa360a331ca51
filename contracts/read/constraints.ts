import { isMediaRange } from '../media-types.ts'
import type { FileShape, Notes, Shape, StringFormat, StringShape } from '../shape.ts'
import type { Code } from './codes.ts'
import type { Comment, Tag } from './notes.ts'
import { isCatastrophic } from './patterns.ts'
import { meantTag } from './spelling.ts'
import { mayBe, readValue } from './wire-value.ts'

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
      apply: (shape, text) => (shape.kind === 'string' ? { ...shape, pattern: bothPatterns(shape, text) } : undefined),
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
  [
    'maxSize',
    {
      on: 'files and blobs',
      text: 'a number of bytes',
      reads: isCount,
      apply: (shape, text) => withRules(shape, { maxSize: Number(text) }),
    },
  ],
  [
    'contentType',
    {
      on: 'files and blobs',
      text: 'media types, such as `image/png` or `image/*, application/pdf`',
      reads: (text) => mediaTypesIn(text) !== undefined,
      apply: (shape, text) => withRules(shape, { contentType: mediaTypesIn(text) ?? [] }),
    },
  ],
  ['integer', { on: 'numbers', text: 'nothing after it', reads: isEmpty, apply: toInteger }],
  [
    'type',
    {
      on: 'numbers',
      text: '`integer`',
      reads: (text) => /^\{?integer\}?$/.test(text),
      apply: (shape) => (shape.kind === 'bigint' ? shape : toInteger(shape)),
    },
  ],
])

const bounds = [
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minimum', 'maximum'],
  ['exclusiveMinimum', 'exclusiveMaximum'],
] as const

/** The tags that mean something here, but for `@type`, which is JavaScript's own in most places. */
const ours = new Set([...constraints.keys(), 'default', 'example', 'deprecated', 'secret', 'header'])
ours.delete('type')

/** A shape with what the comment on it says. `lenient` drops what does not fit: the comment was written for another type. */
export function withComment(shape: Shape, comment: Comment, complain: Complain, lenient = false): Shape {
  let result = shape
  let { description } = comment
  const examples: unknown[] = []
  for (const tag of comment.tags) {
    const constraint = constraints.get(tag.name)
    if (constraint) result = constrained(result, tag, constraint, lenient ? undefined : complain)
    else if (tag.name === 'default') result = withDefault(result, tag, lenient ? undefined : complain)
    else if (tag.name === 'example') examples.push(readValue(tag.text, result))
    else if (tag.name === 'deprecated') result = { ...result, deprecated: tag.text || true }
    else if (tag.name === 'secret') result = { ...result, secret: true }
    else if (tag.name === 'description') description ??= tag.text
    else if (!lenient && tag.name !== 'header') complainOfMisspelling(tag, complain)
  }
  if (!lenient) complainOfContradiction(result, comment, complain)
  return {
    ...result,
    ...(description === undefined ? {} : { description }),
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

/** What a type such as `Uppercase<string>` asks for stays so beside a `@pattern`. */
function bothPatterns({ textCase, pattern }: StringShape, text: string): string {
  return textCase && pattern ? `^(?=${pattern.slice(1)})(?=[\\s\\S]*?(?:${text}))` : text
}

function constrained(shape: Shape, tag: Tag, constraint: Constraint, complain: Complain | undefined): Shape {
  // `@type {Foo}` is JavaScript's own tag; only `@type integer` is meant for contracts.
  if (tag.name === 'type' && !constraint.reads(tag.text)) return shape
  if (!constraint.reads(tag.text)) {
    complain?.('PK1202', tag, `@${tag.name} takes ${constraint.text}; here it has ${quoted(tag.text)}.`)
    return shape
  }
  if (tag.name === 'pattern' && complain && isCatastrophic(tag.text)) {
    const advice =
      'Let each text match in one way only: no repetition or overlapping alternatives inside of a repeated group'
    complain('PK1205', tag, `${quoted(tag.text)} can take longer than anybody waits on a text made for it. ${advice}.`)
  }
  const result = eachMember(shape, (member) => constraint.apply(member, tag.text))
  if (!result) complain?.('PK1201', tag, `@${tag.name} is for ${constraint.on}, and this is ${inWords(shape)}.`)
  return result ?? shape
}

/** The rules hold for each file of an array. */
function withRules(shape: Shape, rules: Omit<FileShape, 'kind'>): Shape | undefined {
  if (shape.kind === 'file' || shape.kind === 'blob') return { ...shape, ...rules }
  const items = shape.kind === 'array' ? withRules(shape.items, rules) : undefined
  return items && shape.kind === 'array' ? { ...shape, items } : undefined
}

/** `image/*, application/pdf` */
function mediaTypesIn(text: string): string[] | undefined {
  const types = text.split(/[\s,]+/).map((type) => type.toLowerCase())
  return types.every(isMediaRange) ? types : undefined
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

function complainOfMisspelling(tag: Tag, complain: Complain): void {
  const meant = meantTag(tag, ours)
  if (meant) complain('PK1203', tag, `There is no @${tag.name}. Did you mean @${meant}?`)
}

/** Reports bounds that leave no value. */
function complainOfContradiction(shape: Shape, { tags }: Comment, complain: Complain): void {
  for (const [low, high] of bounds) {
    const tag = tags.findLast(({ name }) => name === low || name === high)
    const members = shape.kind === 'union' ? shape.members : [shape]
    for (const member of tag ? members : []) {
      const [from, to] = [boundOf(member, low), boundOf(member, high)]
      if (!tag || from === undefined || to === undefined || from <= to) continue
      complain(
        'PK1202',
        tag,
        `No value has a ${low} of ${from} and a ${high} of ${to}. Is one of them the other way round?`,
      )
    }
  }
}

function boundOf(shape: Shape, name: string): number | bigint | undefined {
  const [, value] = Object.entries(shape).find(([key]) => key === name) ?? []
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined
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
