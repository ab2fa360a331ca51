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
    let pieces = this.#kept.pieces.get(of)
    if (!pieces) {
      pieces = new Map()
      this.#kept.pieces.set(of, pieces)
    }
    const known = pieces.get(key)
    if (known) {
      this.#components.repeat(known.referrals)
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
  // Inside of as many arrays it is indented as it is written; what is around it is as long as an array of arrays is.
  let [inner, around] = [value, 0]
  for (let depth = 0; depth < indent.length; depth += 2) {
    inner = [inner]
    around += depth + 2
  }
  return JSON.stringify(inner, null, 2).slice(around + indent.length, -around || undefined)
}

/** JSON that is made already, or an object of such. */
export type JsonTree = string | Iterable<readonly [name: string, value: JsonTree]>

/** The text of a document. Its pieces are long, so they are joined once, however deep they stand. */
export function documentText(tree: JsonTree): string {
  const parts: string[] = []
  write(tree, '\n', parts)
  parts.push('\n')
  return parts.join('')
}

/** @param line what the line begins with that the tree ends on: a line break and its indent. */
function write(tree: JsonTree, line: string, parts: string[]): void {
  if (typeof tree === 'string') {
    parts.push(tree)
    return
  }
  const inner = `${line}  `
  let before = '{'
  for (const [name, value] of tree) {
    parts.push(before, inner, JSON.stringify(name), ': ')
    write(value, inner, parts)
    before = ','
  }
  parts.push(before === '{' ? '{}' : `${line}}`)
}
