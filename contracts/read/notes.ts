import { isJSDoc, isVariableDeclaration } from 'typescript/ast/is'
import { getTextOfJSDocComment, type JSDocTag, type Node } from 'typescript/ast'
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
  const docs = host.jsDoc?.filter(isJSDoc)
  const last = docs?.at(-1)
  if (!last) return nothing
  const description = getTextOfJSDocComment(last.comment)?.trim()
  const tags = Array.from(last.tags ?? [], tagOf)
  return description ? { description, tags } : { tags }
}

/** The raw text of a tag: what the compiler makes of braces, links and types is of no use here. */
function tagOf(tag: JSDocTag): Tag {
  const { text } = tag.getSourceFile()
  const raw = text.slice(tag.tagName.end, tag.end)
  const value = raw.replaceAll(/\r?\n[ \t]*\*?[ \t]?/g, '\n').trim()
  const end = tag.tagName.end + raw.trimEnd().length
  return { name: tag.tagName.getText(), text: value, at: placeAt(tag, tag.getStart(), Math.max(end, tag.tagName.end)) }
}

