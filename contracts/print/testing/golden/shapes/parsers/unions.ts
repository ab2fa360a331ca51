// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { encodeBigInt, encodeDate, encodeUrl, type Fields, invalid, isObject, joined, own } from 'pikku/parse'

/** What `unions.all` gives. */
export function encodeAllOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { optional, literals, told, wider, crossed, mixed, when, rich, pairs } = value
  if (optional !== undefined && optional !== null && typeof optional !== 'string') return invalid
  if (literals !== 'a' && literals !== 'b' && literals !== 1 && literals !== null) return invalid
  const told2 = encodeAllOutputTold(told)
  if (told2 === invalid) return invalid
  const wider2 = encodeAllOutputWider(wider)
  if (wider2 === invalid) return invalid
  const crossed2 = encodeAllOutputCrossed(crossed)
  if (crossed2 === invalid) return invalid
  const mixed2 = encodeAllOutputMixed(mixed)
  if (mixed2 === invalid) return invalid
  const when2 = encodeAllOutputWhen(when)
  if (when2 === invalid) return invalid
  const rich2 = encodeAllOutputRich(rich)
  if (rich2 === invalid) return invalid
  const pairs2 = encodeAllOutputPairs(pairs)
  if (pairs2 === invalid) return invalid
  const value2: Fields = {}
  if (optional !== undefined) value2['optional'] = optional
  value2['literals'] = literals
  value2['told'] = told2
  value2['wider'] = wider2
  value2['crossed'] = crossed2
  value2['mixed'] = mixed2
  value2['when'] = when2
  value2['rich'] = rich2
  value2['pairs'] = pairs2
  return value2
}

function encodeAllOutputTold(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { kind } = value
  switch (kind) {
    case 'a':
      return encodeAllOutputToldA(value)
    case 'b':
    case 'c':
      return encodeAllOutputToldC(value)
    default:
      return invalid
  }
}

function encodeAllOutputToldA(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { kind, at } = value
  if (kind !== 'a') return invalid
  const at2 = encodeDate(at)
  if (at2 === invalid) return invalid
  return { kind, at: at2 }
}

function encodeAllOutputToldC(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { kind, at } = value
  if (kind !== 'b' && kind !== 'c') return invalid
  if (typeof at !== 'string') return invalid
  return { kind, at }
}

function encodeAllOutputWider(value: unknown): unknown {
  const form = encodeAllOutputWiderForm(value)
  if (form !== invalid) return form
  const form2 = encodeAllOutputWiderForm2(value)
  if (form2 !== invalid) return form2
  return encodeAllOutputWiderForm3(value)
}

function encodeAllOutputWiderForm(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { a, b, c } = value
  if (typeof a !== 'string') return invalid
  if (typeof b !== 'number' || !Number.isFinite(b)) return invalid
  if (typeof c !== 'number' || !Number.isFinite(c)) return invalid
  return { a, b, c }
}

function encodeAllOutputWiderForm2(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { a, b } = value
  if (typeof a !== 'string') return invalid
  if (typeof b !== 'number' || !Number.isFinite(b)) return invalid
  return { a, b }
}

function encodeAllOutputWiderForm3(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { a } = value
  if (typeof a !== 'string') return invalid
  return { a }
}

function encodeAllOutputCrossed(value: unknown): unknown {
  return joined(value, [encodeAllOutputCrossedForm(value), encodeAllOutputCrossedForm2(value)])
}

function encodeAllOutputCrossedForm(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { a, b } = value
  if (typeof a !== 'string') return invalid
  if (b !== undefined && (typeof b !== 'number' || !Number.isFinite(b))) return invalid
  const value2: Fields = { a }
  if (b !== undefined) value2['b'] = b
  return value2
}

function encodeAllOutputCrossedForm2(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { a, c } = value
  if (typeof a !== 'string') return invalid
  if (c !== undefined && (typeof c !== 'number' || !Number.isFinite(c))) return invalid
  const value2: Fields = { a }
  if (c !== undefined) value2['c'] = c
  return value2
}

function encodeAllOutputMixed(value: unknown): unknown {
  if (value === null) return value
  const form = encodeAllOutputMixedForm(value)
  if (form !== invalid) return form
  if (!(typeof value !== 'number' || !Number.isFinite(value))) return value
  if (!(value !== 'low' && value !== 'high')) return value
  return invalid
}

function encodeAllOutputMixedForm(value: unknown): unknown {
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    if (typeof item !== 'string') return invalid
    value2.push(item)
  }
  return value2
}

function encodeAllOutputWhen(value: unknown): unknown {
  if (value === 'never') return value
  if (!(typeof value !== 'number' || !Number.isFinite(value))) return value
  return encodeAllOutputWhenForm(value)
}

function encodeAllOutputWhenForm(value: unknown): unknown {
  const value2 = encodeDate(value)
  if (value2 === invalid) return invalid
  return value2
}

function encodeAllOutputRich(value: unknown): unknown {
  const form = encodeAllOutputRichForm(value)
  if (form !== invalid) return form
  const form2 = encodeAllOutputRichForm2(value)
  if (form2 !== invalid) return form2
  return encodeAllOutputRichForm3(value)
}

function encodeAllOutputRichForm(value: unknown): unknown {
  const value2 = encodeUrl(value)
  if (value2 === invalid) return invalid
  return value2
}

function encodeAllOutputRichForm2(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const constructor = own(value, 'constructor')
  if (!Array.isArray(constructor)) return invalid
  const constructor2: unknown[] = []
  for (let at = 0; at < constructor.length; at++) {
    const item: unknown = constructor[at]
    const item2 = encodeDate(item)
    if (item2 === invalid) return invalid
    constructor2.push(item2)
  }
  return { constructor: constructor2 }
}

function encodeAllOutputRichForm3(value: unknown): unknown {
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    const item2 = encodeBigInt(item)
    if (item2 === invalid) return invalid
    value2.push(item2)
  }
  return value2
}

function encodeAllOutputPairs(value: unknown): unknown {
  if (typeof value === 'string') return value
  return encodeAllOutputPairsForm(value)
}

function encodeAllOutputPairsForm(value: unknown): unknown {
  if (!(value instanceof Map)) return invalid
  const value2 = new Map<unknown, unknown>()
  for (const [key, item] of value as Map<unknown, unknown>) {
    if (typeof key !== 'number' || !Number.isFinite(key)) return invalid
    const item2 = encodeDate(item)
    if (item2 === invalid) return invalid
    value2.set(key, item2)
  }
  return [...value2]
}
