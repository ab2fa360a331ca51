/**
 * What can be on the wire. TypeScript is read into shapes (`read/`); shapes are printed as Zod, as
 * TypeScript, as the client's wire plan and as JSON Schema (`print/`). Nothing else knows the compiler.
 */
export type Shape = Notes &
  (
    | StringShape
    | TemplateShape
    | NumberShape
    | BigIntShape
    | { readonly kind: 'boolean' | 'null' | 'undefined' | 'unknown' | 'never' }
    | { readonly kind: 'date' | 'url' }
    | BytesShape
    | FileShape
    | { readonly kind: 'stream' | 'response' }
    | LiteralShape
    | ArrayShape
    | TupleShape
    | ObjectShape
    | RecordShape
    | KeyedShape
    | MapShape
    | SetShape
    | UnionShape
    | RefShape
    | SchemaShape
  )

/** What JSDoc says beside the type. */
export interface Notes {
  readonly description?: string
  readonly deprecated?: string | true
  readonly examples?: readonly unknown[]
  /** A wire value; the property is then optional in an input and always there in an output. */
  readonly default?: unknown
  /** Kept out of logs. */
  readonly secret?: true
}

/** The JSON Schema formats that a string can be held to. */
export type StringFormat = 'uuid' | 'email' | 'uri' | 'date-time' | 'date' | 'time' | 'ipv4' | 'ipv6'

export interface StringShape {
  readonly kind: 'string'
  readonly minLength?: number
  readonly maxLength?: number
  /** The source of a regular expression, with the `u` flag. */
  readonly pattern?: string
  readonly format?: StringFormat
  /** The intrinsic type that leaves these texts as they are, such as `Uppercase<string>`; the pattern says which. */
  readonly textCase?: TextCase
}

/** The types of the compiler that change texts. */
export type TextCase = 'Uppercase' | 'Lowercase' | 'Capitalize' | 'Uncapitalize'

/** `` `user_${number}` ``: texts and, between each two of them, a shape of kind string, number, bigint, boolean, literal or union of these. */
export interface TemplateShape {
  readonly kind: 'template'
  readonly texts: readonly string[]
  readonly holes: readonly Shape[]
}

export interface NumberShape {
  readonly kind: 'number'
  readonly integer?: true
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
}

/** A decimal string on the wire. */
export interface BigIntShape {
  readonly kind: 'bigint'
  readonly minimum?: bigint
  readonly maximum?: bigint
}

/** Base64 on the wire, or themselves. */
export interface BytesShape {
  readonly kind: 'bytes'
  /** Whether they are a whole body, and travel as they are. */
  readonly raw?: true
  /** Whether handlers and callers hold an `ArrayBuffer` instead of a `Uint8Array`. */
  readonly buffer?: true
}

/**
 * Bytes that travel as they are, as a part of a form or as a whole body; as do a `stream`, which is read as it arrives,
 * and a `response`, which has everything in it. JSON carries none of them.
 */
export interface FileShape {
  /** A `file` has a name. */
  readonly kind: 'file' | 'blob'
  /** Bytes. */
  readonly maxSize?: number
  /** The media types of which it is one: `image/png`, `image/*`. */
  readonly contentType?: readonly string[]
}

export interface LiteralShape {
  readonly kind: 'literal'
  readonly value: string | number | boolean | bigint
}

export interface ArrayShape {
  readonly kind: 'array'
  readonly items: Shape
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: true
}

export interface TupleShape {
  readonly kind: 'tuple'
  readonly items: readonly { readonly shape: Shape; readonly optional?: true; readonly name?: string }[]
  /** What follows the items, as often as you like. */
  readonly rest?: Shape
  /** What stands behind the rest; all items are required then. */
  readonly after?: readonly { readonly shape: Shape; readonly name?: string }[]
}

export interface Property {
  readonly name: string
  readonly shape: Shape
  /** `?`: may be absent. That it may also be `undefined` makes no difference on the wire. */
  readonly optional: boolean
  /** The header that it comes from on a route, in lower case; only of a property of an input itself. */
  readonly header?: string
}

/** Unknown keys are dropped. Properties stand in the order of their declaration. */
export interface ObjectShape {
  readonly kind: 'object'
  readonly properties: readonly Property[]
  /** `[key: string]: …` beside the properties. */
  readonly index?: { readonly key: Shape; readonly value: Shape }
}

/**
 * Several index signatures, or one of a form beside properties. A key that no property has holds what the signatures of
 * its form say, or what that of plain `string` says, if there is one; otherwise it is dropped.
 */
export interface KeyedShape {
  readonly kind: 'keyed'
  readonly properties: readonly Property[]
  /** Each key is a plain string, a plain number or a form of text. */
  readonly signatures: readonly { readonly key: Shape; readonly value: Shape }[]
}

/** `Record<string, …>`, or keys held to a shape. */
export interface RecordShape {
  readonly kind: 'record'
  readonly key: Shape
  readonly value: Shape
}

/** An object on the wire when the keys are strings, otherwise an array of pairs. */
export interface MapShape {
  readonly kind: 'map'
  readonly key: Shape
  readonly value: Shape
}

/** An array on the wire. */
export interface SetShape {
  readonly kind: 'set'
  readonly items: Shape
}

/** Members stand in the order of the source; the printer orders them for first-match where that matters. */
export interface UnionShape {
  readonly kind: 'union'
  readonly members: readonly Shape[]
}

/** A named type of {@link AppModel.types}. Recursion goes through one of these. */
export interface RefShape {
  readonly kind: 'ref'
  readonly name: string
}

/**
 * A Zod schema that the user wrote and exported, which runs itself. It is the whole shape of a named type and stands
 * nowhere else, so that wherever it is used there is a {@link RefShape}.
 */
export interface SchemaShape {
  readonly kind: 'schema'
  /** The source file, from the contracts folder, with forward slashes: `../src/schemas.ts`. */
  readonly module: string
  /** What it is exported as. */
  readonly export: string
  /** The static property of the exported class that it stands in. */
  readonly member?: string
  /** Whether it lacks the methods of classic Zod schemas, as those of Zod Mini do. */
  readonly mini?: true
  /** What is on the wire, as far as its type says. */
  readonly shape: Shape
  /** What it asks of that, in JSON Schema; only for documents and the lock, and only where that is known. */
  readonly json?: JsonText
}

/** JSON Schema, as somebody else wrote it. */
export type JsonText = { readonly [name: string]: unknown }
