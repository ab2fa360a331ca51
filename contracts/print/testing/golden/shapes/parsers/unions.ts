// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { encodeDate, type Fields, invalid, isObject, joined } from 'pikku/parse'

/** What `unions.all` gives. */
export function encodeAllOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { optional, literals, told, wider, crossed, mixed } = value
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
  const value2: Fields = {}
  if (optional !== undefined) value2['optional'] = optional
  value2['literals'] = literals
  value2['told'] = told2
  value2['wider'] = wider2
  value2['crossed'] = crossed2
  value2['mixed'] = mixed2
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
