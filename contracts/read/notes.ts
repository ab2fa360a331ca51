import { getTextOfJSDocComment, isJSDoc, isVariableDeclaration, type JSDocTag, type Node } from 'typescript/ast'
import type { Location } from '../diagnostic.ts'
import { placeAt } from './place.ts'

/** `@minLength 1`, as it stands in a comment. */
export interface Tag {
  readonly name: string
  readonly text: string
  readonly at: Location
}

/** What the comment above a declaration says. */
export interface Comment {
  readonly description?: string
  readonly tags: readonly Tag[]
}

const nothing: Comment = { tags: [] }

/** The doc comment of a declaration. */
export function commentOf(declaration: Node | undefined): Comment {
  if (!declaration) return nothing
  // A variable's comment stands above its statement.
  const host = isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  const last = host.jsDoc?.filter(isJSDoc).at(-1)
  if (!last) return commentOnSameLine(host)
  const description = getTextOfJSDocComment(last.comment)?.trim()
  return { ...(description ? { description } : {}), tags: Array.from(last.tags ?? [], tagOf) }
}

/** The raw text of a tag: what the compiler makes of braces, links and types is of no use here. */
function tagOf(tag: JSDocTag): Tag {
  const raw = tag.getSourceFile().text.slice(tag.tagName.end, tag.end)
  const end = tag.tagName.end + raw.trimEnd().length
  return { name: tag.tagName.getText(), text: withoutMargin(raw), at: placeAt(tag, tag.getStart(), end) }
}

/**
 * `{ /** @minLength 1 *\/ title: string }`: the compiler takes a comment behind a token on the same line for that
 * token's, and a constraint that is written must not be lost.
 */
function commentOnSameLine(host: Node): Comment {
  const { text } = host.getSourceFile()
  const start = host.getStart()
  const opening = text.lastIndexOf('/**', start)
  if (opening < host.pos) return nothing
  const comment = /^\/\*\*((?:[^*]|\*(?!\/))*)\*\/[ \t]*$/.exec(text.slice(opening, start))
  const body = comment?.[1]
  if (body === undefined) return nothing
  const marks = [...body.matchAll(/(?<=^|\s)@([A-Za-z]\w*)/g)]
  const description = withoutMargin(body.slice(0, marks[0]?.index ?? body.length))
  const tags = marks.map(({ index, 0: mark, 1: name = '' }, position) => {
    const stop = marks[position + 1]?.index ?? body.length
    const raw = body.slice(index + mark.length, stop)
    const from = opening + 3 + index
    return { name, text: withoutMargin(raw), at: placeAt(host, from, from + mark.length + raw.trimEnd().length) }
  })
  return { ...(description ? { description } : {}), tags }
}

/** The text of a comment without the stars at the start of its lines. */
function withoutMargin(raw: string): string {
  return raw.replaceAll(/\r?\n[ \t]*\*?[ \t]?/g, '\n').trim()
}
