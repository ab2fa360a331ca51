/** A cookie as a `set-cookie` header tells of it. */
export interface SetCookie {
  readonly name: string
  readonly value: string
  readonly path?: string
  readonly domain?: string
  readonly maxAge?: number
  readonly expires?: Date
  readonly secure?: boolean
  readonly httpOnly?: boolean
  readonly sameSite?: 'strict' | 'lax' | 'none'
}

/** Reads a `set-cookie` header, for frameworks that want their cookies in parts (RFC 6265bis, section 5.6). */
export function parseSetCookie(header: string): SetCookie {
  const [pair = '', ...attributes] = header.split(/; */)
  const [name, value] = split(pair)
  const cookie: { -readonly [Name in keyof SetCookie]: SetCookie[Name] } = { name, value: decode(value) }
  for (const attribute of attributes) {
    const [key, text] = split(attribute)
    const lower = key.toLowerCase()
    if (lower === 'path') cookie.path = text
    else if (lower === 'domain') cookie.domain = text
    else if (lower === 'max-age') cookie.maxAge = Number(text)
    else if (lower === 'expires') cookie.expires = new Date(text)
    else if (lower === 'secure') cookie.secure = true
    else if (lower === 'httponly') cookie.httpOnly = true
    else if (lower === 'samesite') cookie.sameSite = text.toLowerCase() as 'strict' | 'lax' | 'none'
  }
  return cookie
}

function split(text: string): [string, string] {
  const at = text.indexOf('=')
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
