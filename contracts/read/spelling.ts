import type { Tag } from './notes.ts'

/** The tag of ours that an unknown one looks like; `undefined` for tags of others. */
export function meantTag(tag: Tag, ours: Iterable<string>): string | undefined {
  if (known.has(tag.name)) return undefined
  return [...ours].find((name) => distance(name.toLowerCase(), tag.name.toLowerCase()) <= 2)
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
