import { invalid } from './invalid.ts'

/** The longest bigint that is read, in digits: turning text into a number takes time that grows with its square. */
const maxDigits = 1024

/** Decimal digits, as a `bigint`. */
export function decodeBigInt(wire: unknown): bigint | typeof invalid {
  if (typeof wire !== 'string' || wire.length > maxDigits || !/^(?:0|-?[1-9]\d*)$/.test(wire)) return invalid
  return BigInt(wire)
}

/** A `bigint` in decimal digits. */
export function encodeBigInt(value: unknown): string | typeof invalid {
  if (typeof value !== 'bigint') return invalid
  const wire = value.toString()
  return wire.length > maxDigits ? invalid : wire
}
