/** A media type and its parameters: `text/csv; charset=utf-8`. Names are in lower case. */
export interface MediaType {
  /** `text/csv` */
  readonly type: string
  readonly parameters: ReadonlyMap<string, string>
}

/** Reads a media type, or a content disposition, which is written alike. */
export function parseMediaType(text: string): MediaType {
  const end = text.indexOf(';')
  const type = (end === -1 ? text : text.slice(0, end)).trim().toLowerCase()
  return { type, parameters: end === -1 ? none : parametersOf(text.slice(end)) }
}

const none: ReadonlyMap<string, string> = new Map()

/** Each follows upon the one before, and reading stops at what is none, so that no text takes longer than it is long. */
const parameter = /;[ \t]*(?:([\w!#$%&'*+.^`|~-]+)=(?:"((?:[^"\\]|\\.)*)"[ \t]*|([^;"]*)))?/gsy

function parametersOf(text: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>()
  for (const [, name, quoted, plain = ''] of text.matchAll(parameter)) {
    if (name === undefined || parameters.has(name.toLowerCase())) continue
    // A backslash stands for itself but before these two: old browsers send whole paths.
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(["\\])/g, '$1') ?? plain.trim())
  }
  return parameters
}

/** Whether a media type is one of these, which may be ranges: `image/*`. */
export function isOneOf(type: string, types: readonly string[]): boolean {
  return types.some((range) => closenessOf(range.toLowerCase(), type) >= 0)
}

/** How closely a range names a type: 2 for the type itself, 1 for all of its kind, 0 for any; -1 where it does not. */
export function closenessOf(range: string, type: string): number {
  if (range === type) return 2
  if (range.endsWith('/*') && type.startsWith(range.slice(0, -1))) return 1
  return range === '*/*' || range === '*' ? 0 : -1
}
