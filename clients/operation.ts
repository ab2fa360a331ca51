import type { TakeApart } from './parameters.ts'
import type { Plan, Plans } from './plan.ts'

/** How one operation is called. The keys are short because every page that uses the client loads them. */
export interface Operation {
  /** Method of the route it is called by; by GET it can be tried again without harm. Without a route it is called as `POST /rpc/<name>`. */
  readonly m?: string
  /** Path of that route: `/todos/:id`. */
  readonly p?: string
  /** Takes headers and nested objects out of what its path leaves of the input. */
  readonly q?: TakeApart
  /** Plan of its input. */
  readonly i?: Plan
  /** Plan of its output, or of each item. */
  readonly o?: Plan
  /** Makes an idempotency key, with which it can be tried again without harm. */
  readonly k?: () => string
  /** Answers with a stream. */
  readonly s?: 1
  /**
   * How its input is sent that is not JSON: `'w'` the whole of it is the body, `'p'` its property `body` is, in capitals
   * with the name of the file, `'u'` as an HTML form, and with the names of its files as one of several parts.
   */
  readonly b?: 'w' | 'W' | 'p' | 'P' | 'u' | readonly string[]
  /** Media type of a body that names none itself. */
  readonly c?: string
  /** What its output is that is not JSON: a Blob, a File, a stream, text, bytes, the whole Response. */
  readonly a?: 'b' | 'f' | 's' | 't' | 'y' | 'r'
  /** It is read by its route alone, and cannot be called by its name. */
  readonly r?: 1
  /** Plans of the data of its errors, by code. */
  readonly e?: Plans
}

/** The table of a generated client: operations by name, such as `todos.create`. */
export interface Operations {
  readonly [name: string]: Operation
}
