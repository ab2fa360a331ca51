// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { areUnique, encodeBigInt, encodeDate, type Fields, invalid, isObject, isRecord, numericKey } from 'pikku/parse'

const pattern = /^x-[\s\S]*$/u
const pattern2 = /^d_[\s\S]*$/u

/** What `lists.all` gives. */
export function encodeAllOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { array, tuple, rest, middle, record, keyed, formed, several, forms, map, pairs, set, indexed } = value
  if (!Array.isArray(array) || array.length < 1 || array.length > 3) return invalid
  const array2: unknown[] = []
  for (let at = 0; at < array.length; at++) {
    const item: unknown = array[at]
    const item2 = encodeDate(item)
    if (item2 === invalid) return invalid
    array2.push(item2)
  }
  if (!areUnique(array)) return invalid
  if (!Array.isArray(tuple) || tuple.length < 1 || tuple.length > 2) return invalid
  const item3: unknown = tuple[0]
  if (typeof item3 !== 'string') return invalid
  const tuple2: unknown[] = [item3]
  if (tuple.length > 1) {
    const item4: unknown = tuple[1]
    const item5 = item4 === undefined ? item4 : encodeDate(item4)
    if (item5 === invalid) return invalid
    tuple2.push(item5)
  }
  if (!Array.isArray(rest)) return invalid
  const item6: unknown = rest[0]
  if (typeof item6 !== 'string') return invalid
  const rest2: unknown[] = [item6]
  for (let at2 = 1; at2 < rest.length; at2++) {
    const item7: unknown = rest[at2]
    const item8 = encodeDate(item7)
    if (item8 === invalid) return invalid
    rest2.push(item8)
  }
  if (!Array.isArray(middle) || middle.length < 3) return invalid
  const middle2: unknown[] = []
  const item9: unknown = middle[0]
  if (typeof item9 !== 'string') return invalid
  middle2.push(item9)
  for (let at3 = 1; at3 < middle.length - 2; at3++) {
    const item10: unknown = middle[at3]
    const item11 = encodeDate(item10)
    if (item11 === invalid) return invalid
    middle2.push(item11)
  }
  const item12: unknown = middle[middle.length - 2]
  const item13 = encodeBigInt(item12)
  if (item13 === invalid) return invalid
  middle2.push(item13)
  const item14: unknown = middle[middle.length - 1]
  if (typeof item14 !== 'string') return invalid
  middle2.push(item14)
  if (!isRecord(record)) return invalid
  const record2: Fields = {}
  for (const key of Object.keys(record)) {
    if (key === '__proto__') continue
    const item15: unknown = record[key]
    const item16 = encodeDate(item15)
    if (item16 === invalid) return invalid
    record2[key] = item16
  }
  if (!isObject(keyed)) return invalid
  const { a, b } = keyed
  if (typeof a !== 'number' || !Number.isFinite(a)) return invalid
  if (typeof b !== 'number' || !Number.isFinite(b)) return invalid
  if (!isRecord(formed)) return invalid
  const formed2: Fields = {}
  for (const key2 of Object.keys(formed)) {
    if (key2 === '__proto__') continue
    if (typeof key2 !== 'string' || !pattern.test(key2)) continue
    const item17: unknown = formed[key2]
    if (typeof item17 !== 'number' || !Number.isFinite(item17)) return invalid
    formed2[key2] = item17
  }
  if (!isObject(several)) return invalid
  const { id } = several
  if (typeof id !== 'string') return invalid
  const several2: Fields = { id }
  for (const key4 of Object.keys(several)) {
    if (key4 === '__proto__' || key4 === 'id') continue
    const item18: unknown = several[key4]
    let other = true
    if (!(typeof key4 !== 'string' || !pattern.test(key4))) {
      other = false
      if (typeof item18 !== 'number' || !Number.isFinite(item18)) return invalid
      several2[key4] = item18
    }
    if (other) {
      several2[key4] = item18
    }
  }
  if (!isObject(forms)) return invalid
  const { id: id2 } = forms
  const id3 = encodeBigInt(id2)
  if (id3 === invalid) return invalid
  const forms2: Fields = { id: id3 }
  for (const key5 of Object.keys(forms)) {
    if (key5 === '__proto__' || key5 === 'id') continue
    const item19: unknown = forms[key5]
    if (numericKey(key5) !== undefined) {
      const item20 = encodeBigInt(item19)
      if (item20 === invalid) return invalid
      forms2[key5] = item20
    }
    if (!(typeof key5 !== 'string' || !pattern2.test(key5))) {
      const item21 = encodeDate(item19)
      if (item21 === invalid) return invalid
      forms2[key5] = item21
    }
  }
  if (!(map instanceof Map)) return invalid
  const map2: Fields = {}
  for (const [key6, item22] of map as Map<unknown, unknown>) {
    if (typeof key6 !== 'string') return invalid
    const key7 = String(key6)
    if (key7 === '__proto__') return invalid
    const item23 = encodeBigInt(item22)
    if (item23 === invalid) return invalid
    map2[key7] = item23
  }
  if (!(pairs instanceof Map)) return invalid
  const pairs2 = new Map<unknown, unknown>()
  for (const [key8, item24] of pairs as Map<unknown, unknown>) {
    if (typeof key8 !== 'number' || !Number.isFinite(key8)) return invalid
    const item25 = encodeDate(item24)
    if (item25 === invalid) return invalid
    pairs2.set(key8, item25)
  }
  if (!(set instanceof Set)) return invalid
  const set2 = new Set<unknown>()
  for (const item26 of set as Set<unknown>) {
    const item27 = encodeBigInt(item26)
    if (item27 === invalid) return invalid
    set2.add(item27)
  }
  let indexed2: unknown = indexed
  if (indexed !== undefined) {
    if (!isObject(indexed)) return invalid
    const { id: id4 } = indexed
    if (typeof id4 !== 'string') return invalid
    const indexed3: Fields = { id: id4 }
    for (const key9 in indexed) {
      if (key9 === 'id' || key9 === '__proto__') continue
      const item28: unknown = indexed[key9]
      if (typeof item28 !== 'string') return invalid
      indexed3[key9] = item28
    }
    indexed2 = indexed3
  }
  const value2: Fields = {
    array: array2,
    tuple: tuple2,
    rest: rest2,
    middle: middle2,
    record: record2,
    keyed: { a, b },
    formed: formed2,
    several: several2,
    forms: forms2,
    map: map2,
    pairs: [...pairs2],
    set: [...set2],
  }
  if (indexed2 !== undefined) value2['indexed'] = indexed2
  return value2
}
