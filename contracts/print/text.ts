/**
 * The only door through which a user's names, texts and values get into generated code. Each function gives
 * text that stands for exactly its argument and nothing more, whatever is in it.
 */

/** The controls that make text look like other text: bidirectional overrides and isolates. */
const invisible = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069'
const unprintable = new RegExp(`[\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ufeff${invisible}]|\\p{Surrogate}`, 'gu')
const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Most texts stand in quotes as they are. */
const plain = /^[ !#-&(-[\]-~]*$/

/** A string literal, in the quotes that need fewer escapes. */
export function stringText(value: string): string {
  if (plain.test(value)) return `'${value}'`
  const quote = count(value, "'") > count(value, '"') ? '"' : "'"
  const body = value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replace(unprintable, escapeChar)
  return quote + body + quote
}

/** What stands between the backticks and holes of a template literal. */
export function templateChunk(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${').replace(unprintable, escapeChar)
}

/** A literal of a string, number, boolean or bigint. */
export function literalText(value: string | number | boolean | bigint): string {
  if (typeof value === 'string') return stringText(value)
  if (typeof value === 'bigint') return `${value}n`
  return Object.is(value, -0) ? '-0' : String(value)
}

/** A JSON value as an expression. Objects get `__proto__` as a property, not as their prototype. */
export function valueText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return literalText(value)
  if (value === null || typeof value !== 'object') return 'null'
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`
  const properties = Object.entries(value).map(([key, item]) => `${propertyText(key)}: ${valueText(item)}`)
  return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`
}

/** The name of a property in an object literal. */
export function propertyText(name: string): string {
  // Written plainly, this one would set the prototype instead.
  if (name === '__proto__') return "['__proto__']"
  return memberText(name)
}

/** The name of a property in an interface. */
export function memberText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringText(name)
}

/** A regular expression literal with the `u` flag. Throws a SyntaxError when the source is none. */
export function patternText(source: string): string {
  return `/${new RegExp(source, 'u').source.replace(unprintable, escapeChar)}/u`
}

/** A doc comment of these lines, or nothing when there are none. Ends with a line break. */
export function commentText(text: string, indent = ''): string {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).map(safeLine)
  while (lines.at(-1) === '') lines.pop()
  while (lines[0] === '') lines.shift()
  if (lines.length === 0) return ''
  const single = `${indent}/** ${lines[0]} */`
  if (lines.length === 1 && single.length <= 120) return `${single}\n`
  const body = lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')
  return `${indent}/**\n${body}${indent} */\n`
}

function safeLine(line: string): string {
  // A star and a slash must never meet, so that the comment ends where it should.
  return line.replaceAll('\t', '  ').replace(unprintable, escapeChar).replaceAll('*/', '*\\/').trimEnd()
}

const reserved = new Set(
  // What cannot be declared in a module, and what the generated text means by these names.
  (
    'arguments as async await break case catch class const continue debugger default delete do else enum eval export ' +
    'extends false finally for function if implements import in instanceof interface let new null of package private ' +
    'protected public return static super switch this throw true try type typeof undefined var void while with yield ' +
    'any bigint boolean never number object string symbol unknown ' +
    'z wire contracts operations plans Api Array ArrayBuffer AsyncIterable BigInt CallOptions ClientOptions Contracts Date Errors ' +
    'Infinity Map NaN Object PikkuError Promise Record RegExp Set URL Uint8Array createClient createFetchClient ' +
    'isError isPikkuError globalThis streams url bytes buffer set map objectMap tupleEnds'
  ).split(' '),
)

/** The name as an identifier that a module can declare. Throws when it is none at all. */
export function identifierText(name: string): string {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) {
    throw new TypeError(`${stringText(name)} is no name that can be declared.`)
  }
  return reserved.has(name) ? `${name}_` : name
}

/** `sign-up` and `signUp` are `SignUp`. */
export function pascalCase(name: string): string {
  if (/^[A-Za-z]\w*$/.test(name)) return name.charAt(0).toUpperCase() + name.slice(1)
  const words = name.split(/[^\p{ID_Continue}$]+/u).filter((word) => word !== '')
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^[\p{ID_Start}$_]/u.test(joined) ? joined : `_${joined}`
}

function escapeChar(char: string): string {
  return shortEscapes[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function count(text: string, char: string): number {
  return text.split(char).length - 1
}
