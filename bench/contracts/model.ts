/** The types that every module of a made-up project may use, by file of `src/model/`. */
export const modelFiles: Readonly<Record<string, string>> = {
  'money.ts': `export type Currency = 'EUR' | 'USD' | 'GBP' | 'CHF' | 'JPY'

/** An amount in the smallest unit of its currency. */
export interface Money {
  /** @minimum 0 */
  amount: number
  currency: Currency
}
`,
  'people.ts': `export type Locale = 'de-DE' | 'en-GB' | 'en-US' | 'fr-FR' | 'ja-JP'

export interface Address {
  /** @minLength 1 */
  street: string
  city: string
  /** @pattern ^[0-9A-Z -]{3,10}$ */
  zip: string
  /**
   * ISO 3166-1.
   * @minLength 2
   * @maxLength 2
   */
  country: string
  lines?: string[]
}

export interface Person {
  kind: 'person'
  /** @format uuid */
  id: string
  name: string
  /** @format email */
  email: string
  locale?: Locale
  manager?: Person | null
}

export interface Machine {
  kind: 'machine'
  /** @format uuid */
  id: string
  token: { issued: Date; scopes: ('read' | 'write' | 'admin')[] }
}

/** Who did it. */
export type Actor = Person | Machine | { kind: 'system' }
`,
  'query.ts': `/** How many, and from where. */
export interface PageQuery {
  /**
   * @minimum 1
   * @maximum 100
   */
  limit?: number
  cursor?: string
}

/** What a list is narrowed by. */
export type Filter =
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | { field: string; is: string | number | boolean | null }
  | { field: string; between: [low: number, high: number] }
`,
  'generic.ts': `/** A part of a longer list. */
export interface Page<Item> {
  items: Item[]
  total: number
  next?: string | null
}

export interface Sort<Key extends string> {
  by: Key
  descending?: boolean
}

/** Something that happened to an item. */
export type Change<Item> =
  | { type: 'saved'; item: Item; at: Date }
  | { type: 'removed'; id: string; at: Date }
  | { type: 'reset' }
`,
  'content.ts': `/** A file that was uploaded before. */
export interface Attachment {
  /** @format uuid */
  id: string
  name: string
  /** @maxLength 100 */
  type: string
  /** In bytes. */
  size: number
  preview?: { url: string; width: number; height: number } | null
}

export interface Paragraph {
  type: 'paragraph'
  text: string
  marks?: { from: number; to: number; style: 'bold' | 'italic' | 'code' }[]
}

export interface Heading {
  type: 'heading'
  level: 1 | 2 | 3
  text: string
}

export interface Citation {
  type: 'quote'
  by?: string
  blocks: Block[]
}

export interface Listing {
  type: 'list'
  ordered: boolean
  items: Block[][]
}

/** A piece of a document. */
export type Block = Paragraph | Heading | Citation | Listing | { type: 'image'; image: Attachment }
`,
  'work.ts': `import type { Actor } from './people.ts'

export type Priority = 'low' | 'normal' | 'high' | 'urgent'

/** Who can see it. */
export enum Reach {
  Nobody = 'nobody',
  Team = 'team',
  Everybody = 'everybody',
}

export type Schedule =
  | { every: 'day'; at: string }
  | { every: 'week'; on: (0 | 1 | 2 | 3 | 4 | 5 | 6)[]; at: string }
  | { every: 'month'; day: number; at: string; until?: Date }

/** What was changed, when and by whom. */
export interface Revision {
  at: Date
  by: Actor
  changed: Record<string, { from: string | number | null; to: string | number | null }>
  note?: string
}
`,
}

/** The file of `src/model/` that a name comes from. */
export function modelFileOf(name: string): string {
  const found = Object.entries(modelFiles).find(([, text]) =>
    new RegExp(`^export (?:interface|type|enum) ${name}\\b`, 'm').test(text),
  )
  if (!found) throw new RangeError(`No file of the model declares ${name}.`)
  return found[0]
}
