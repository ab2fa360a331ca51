import { parse, stringify } from 'devalue'

/**
 * A value as the text that engines carry: JSON, but dates, bigints, maps, sets, bytes, URLs, `undefined` and references
 * within it arrive as what they are.
 *
 * @throws TypeError for what is no data: functions, symbols, promises, objects of classes.
 */
export function toText(value: unknown): string {
  try {
    const text = stringify(value)
    return text.isWellFormed() ? text : text.replaceAll(loneSurrogate, escaped)
  } catch (error) {
    throw new TypeError(`This cannot be published: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

/** The value of such a text. */
export function fromText(text: string): unknown {
  return parse(text)
}

/** Half a character, which UTF-8 cannot carry. */
const loneSurrogate = /\p{Surrogate}/gu

function escaped(half: string): string {
  return `\\u${half.charCodeAt(0).toString(16)}`
}
