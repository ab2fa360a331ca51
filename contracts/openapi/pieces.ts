import type { NamedType, OperationModel } from '../model.ts'
import type { Components, Referral } from './components.ts'
import type { Problems, UsedProblems } from './problems.ts'

/** Parts of a document as texts, and what they refer to. */
interface Piece {
  readonly texts: readonly string[]
  readonly referrals: readonly Referral[]
  readonly problems: UsedProblems
}

/** The pieces of the last document. They are kept by objects that are the same as long as what they say and lead to is. */
export interface KeptPieces {
  /** What else a piece depends on: what everything is called. */
  context: string
  pieces: WeakMap<OperationModel | NamedType, Map<string, Piece>>
}

/** What there is before the first document. */
export function createKeptPieces(): KeptPieces {
  return { context: '', pieces: new WeakMap() }
}

/** Where operations and schemas stand in OpenAPI: `paths`, a path, a method; `components`, `schemas`, a name. */
const indentOfPieces = ' '.repeat(6)

/** Makes the pieces of a document, each once for as long as it stays the same. */
export class Pieces {
  readonly #components: Components
  readonly #problems: Problems
  readonly #kept: KeptPieces

  constructor(components: Components, problems: Problems, kept: KeptPieces, context: string) {
    this.#components = components
    this.#problems = problems
    this.#kept = kept
    if (kept.context === context) return
    kept.context = context
    kept.pieces = new WeakMap()
  }

  /** The JSON of what is made of an operation or a type, each for its place in a document. */
  texts(
    of: OperationModel | NamedType,
    key: string,
    make: () => readonly object[],
    indent = indentOfPieces,
  ): readonly string[] {
    const pieces = this.#kept.pieces.get(of) ?? new Map<string, Piece>()
    this.#kept.pieces.set(of, pieces)
    const known = pieces.get(key)
    if (known) {
      for (const { name, side } of known.referrals) this.#components.refer(name, side)
      this.#problems.use(known.problems)
      return known.texts
    }
    const { made, referrals } = this.#components.recording(() => this.#problems.recording(make))
    const texts = made.made.map((piece) => jsonText(piece, indent))
    pieces.set(key, { texts, referrals, problems: made.used })
    return texts
  }
}

/** The JSON of a schema that is no type's. */
export function pieceText(piece: object): string {
  return jsonText(piece, indentOfPieces)
}

/** The JSON of what stands on a line that is indented so far. */
export function jsonText(value: unknown, indent: string): string {
  // What `replaceAll` gives is put together line by line wherever it is used.
  return JSON.stringify(value, null, 2).split('\n').join(`\n${indent}`)
}

/** JSON that is made already, or an object of such. */
export type JsonTree = string | readonly (readonly [name: string, value: JsonTree])[]

/** The text of a document. Its pieces are long, so they are joined once, however deep they stand. */
export function documentText(tree: JsonTree): string {
  const parts: string[] = []
  write(tree, '', parts)
  parts.push('\n')
  return parts.join('')
}

function write(tree: JsonTree, indent: string, parts: string[]): void {
  if (typeof tree === 'string') parts.push(tree)
  else if (tree.length === 0) parts.push('{}')
  else {
    for (const [at, [name, value]] of tree.entries()) {
      parts.push(at === 0 ? '{' : ',', `\n${indent}  ${JSON.stringify(name)}: `)
      write(value, `${indent}  `, parts)
    }
    parts.push(`\n${indent}}`)
  }
}
