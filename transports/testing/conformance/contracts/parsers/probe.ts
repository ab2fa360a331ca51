// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { type Fields, invalid, isObject } from 'pikku/parse'

/** What `probe.noted` takes. */
export function decodeNotedInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string') return invalid
  return { id }
}

/** What `probe.noted` gives. */
export function encodeNotedOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text } = value
  if (text !== undefined && typeof text !== 'string') return invalid
  const value2: Fields = {}
  if (text !== undefined) value2['text'] = text
  return value2
}

/** What `probe.forget` takes. */
export function decodeForgetInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string') return invalid
  return { id }
}

/** What `probe.logged` takes. */
export function decodeLoggedInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text } = value
  if (typeof text !== 'string') return invalid
  return { text }
}

/** What `probe.logged` gives. */
export function encodeLoggedOutput(value: unknown): unknown {
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    if (typeof item !== 'string') return invalid
    value2.push(item)
  }
  return value2
}

/** What `probe.caller` takes. */
export function decodeCallerInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `probe.caller` gives. */
export function encodeCallerOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { address, protocol, host } = value
  if (address !== undefined && typeof address !== 'string') return invalid
  if (typeof protocol !== 'string') return invalid
  if (typeof host !== 'string') return invalid
  const value2: Fields = {}
  if (address !== undefined) value2['address'] = address
  value2['protocol'] = protocol
  value2['host'] = host
  return value2
}

/** What `probe.polluted` takes. */
export function decodePollutedInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `probe.polluted` gives. */
export function encodePollutedOutput(value: unknown): unknown {
  if (typeof value !== 'boolean') return invalid
  return value
}
