import type { Shape } from '../shape.ts'
import type { Layout } from './layout.ts'
import type { Types } from './overlap.ts'
import type { FunctionBody } from './parsers-body.ts'
import type { LeafContext } from './parsers-leaf.ts'

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

/** What may stand for nothing. */
export type Absence = 'null' | 'undefined'

/** Writes the statements that parse a value, and gives the expression of what comes out. */
export interface ShapeParser {
  readonly context: ParserContext
  readonly body: FunctionBody
  readonly decodes: boolean
  /** @param value the name of what is parsed. */
  write(shape: Shape, value: string): Layout
  /** The same, where `null` or `undefined` pass as they are. */
  absent(shape: Shape, value: string, passed: readonly Absence[]): Layout
  /** Writes a call that gives what comes out or `invalid`, and gives its name. */
  called(call: string, value: string): string
  /** Writes that a value is invalid when one of these holds. */
  refuse(conditions: readonly string[]): void
  /** Something of `pikku/parse`. */
  use(name: string): string
}
