import { PikkuError } from '../../core/index.ts'
import { malformed } from './bytes.ts'

const maxDepth = 64
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a JSON body. What is no JSON, no UTF-8, nested deeper than 64 or has `__proto__` as a key is
 * refused with `BAD_REQUEST`: deep values overflow the stack of what walks them, and that key means no good.
 */
export function parseJson(bytes: ArrayBuffer | Uint8Array): unknown {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw malformed('The body is not UTF-8.')
  }
  return parseJsonText(text)
}

/** As {@link parseJson}, of a text. */
export function parseJsonText(text: string): unknown {
  checkDepth(text)
  try {
    // Only a key that is spelled out, or written with escapes, can be `__proto__`.
    return has(text, '_', '__proto__') || has(text, '\\', '\\u') ? JSON.parse(text, refuseProto) : JSON.parse(text)
  } catch (error) {
    if (error instanceof PikkuError) throw error
    const isEmpty = text.trim() === ''
    throw malformed(isEmpty ? 'The body is empty; this operation takes JSON.' : 'The body is not valid JSON.')
  }
}

function refuseProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw malformed('The body has a key named __proto__.')
  return value
}

/** Whether the text has this part. Its first character alone is found, or missed, in a fraction of the time. */
function has(text: string, first: string, part: string): boolean {
  return text.indexOf(first) !== -1 && text.includes(part)
}

function checkDepth(text: string): void {
  // So few cannot be nested deeper, and counting them is far less work.
  if (countOf(text, '{') + countOf(text, '[') <= maxDepth) return
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 0x22) at = endOfString(text, at)
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > maxDepth) throw malformed(`The body is nested deeper than ${maxDepth}.`)
    } else if (char === 0x7d || char === 0x5d) depth--
  }
}

function countOf(text: string, char: string): number {
  let count = 0
  for (let at = text.indexOf(char); at !== -1 && count <= maxDepth; at = text.indexOf(char, at + 1)) count++
  return count
}

/** The position of the quote that closes the string which opens at `at`. */
function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end - 1
    while (text.charCodeAt(before) === 0x5c) before--
    if ((end - before) % 2 === 1) return end
  }
  return text.length
}
