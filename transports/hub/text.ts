import { parse, stringify } from 'devalue'

/**
 * A value as the text that engines carry: JSON, but dates, bigints, maps, sets, bytes, URLs, `undefined` and references
 * within it arrive as what they are.
 *
 * @throws TypeError for what is no data: functions, symbols, promises, objects of classes.
 */
export function toText(value: unknown): string {
  try {
    return stringify(value)
  } catch (error) {
    throw new TypeError(`This cannot be published: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

/** The value of such a text. */
export function fromText(text: string): unknown {
  return parse(text)
}
