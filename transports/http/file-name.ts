/** Controls, and marks that turn the direction of text: they make a name look like another. */
const unseen = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/**
 * A file's name as a caller gave it, made fit to be a name: no folders, no controls, at most 255 characters.
 * `undefined` when nothing is left.
 */
export function toFileName(given: string): string | undefined {
  const name = given
    .slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
    .replace(unseen, '')
    .trim()
  return name === '' || name === '.' || name === '..' ? undefined : shortened(name)
}

/** Keeps the extension. */
function shortened(name: string): string {
  if (name.length <= 255) return name
  const extension = /\.[^.]{1,16}$/.exec(name)?.[0] ?? ''
  return (name.slice(0, 255 - extension.length) + extension).toWellFormed()
}

/** The name of a file in the parameters of a content disposition (RFC 6266): the extended one first (RFC 8187). */
export function fileNameOf(parameters: ReadonlyMap<string, string>): string | undefined {
  const [, extended] = /^utf-8'[^']*'(.*)$/i.exec(parameters.get('filename*') ?? '') ?? []
  const given = decoded(extended) ?? parameters.get('filename')
  return given === undefined ? undefined : toFileName(given)
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The content disposition that saves an answer under a name, whatever characters it has (RFC 6266, RFC 8187). */
export function attachmentOf(name: string): string {
  const safe = toFileName(name.toWellFormed())
  if (safe === undefined) return 'attachment'
  const plain = safe.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  if (plain === safe) return `attachment; filename="${plain}"`
  const extended = encodeURIComponent(safe).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${extended}`
}
