// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { encodeBigInt, encodeDate, type Fields, invalid, isObject, isRecord, tooDeep } from 'pikku/parse'

/** What `recursion.all` gives. */
export function encodeAllOutput(value: unknown, depth = 0): unknown {
  if (tooDeep(depth)) return invalid
  if (!isObject(value)) return invalid
  const { category, tree, json, bag } = value
  const category2 = encodeCategory(category, depth + 1)
  if (category2 === invalid) return invalid
  const tree2 = encodeTree(tree, depth + 1)
  if (tree2 === invalid) return invalid
  const json2 = encodeJson(json, depth + 1)
  if (json2 === invalid) return invalid
  const bag2 = encodeBag(bag, depth + 1)
  if (bag2 === invalid) return invalid
  return { category: category2, tree: tree2, json: json2, bag: bag2 }
}

/** A `Category` onto the wire. */
export function encodeCategory(value: unknown, depth = 0): unknown {
  if (tooDeep(depth)) return invalid
  if (!isObject(value)) return invalid
  const { name, children, parent, at } = value
  if (typeof name !== 'string') return invalid
  if (!Array.isArray(children)) return invalid
  const children2: unknown[] = []
  for (let at2 = 0; at2 < children.length; at2++) {
    const item: unknown = children[at2]
    const item2 = encodeCategory(item, depth + 1)
    if (item2 === invalid) return invalid
    children2.push(item2)
  }
  const parent2 = parent === undefined || parent === null ? parent : encodeCategory(parent, depth + 1)
  if (parent2 === invalid) return invalid
  const at3 = encodeDate(at)
  if (at3 === invalid) return invalid
  const value2: Fields = { name, children: children2 }
  if (parent2 !== undefined) value2['parent'] = parent2
  value2['at'] = at3
  return value2
}

/** A `Tree` onto the wire. */
export function encodeTree(value: unknown, depth = 0): unknown {
  if (tooDeep(depth)) return invalid
  if (!isObject(value)) return invalid
  const { kind } = value
  switch (kind) {
    case 'leaf':
      return encodeLeaf(value)
    case 'branch':
      return encodeBranch(value, depth + 1)
    default:
      return invalid
  }
}

/** A `Leaf` onto the wire. */
export function encodeLeaf(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { kind, value: value2 } = value
  if (kind !== 'leaf') return invalid
  const value3 = encodeBigInt(value2)
  if (value3 === invalid) return invalid
  return { kind, value: value3 }
}

/** A `Branch` onto the wire. */
export function encodeBranch(value: unknown, depth = 0): unknown {
  if (tooDeep(depth)) return invalid
  if (!isObject(value)) return invalid
  const { kind, nodes, meta } = value
  if (kind !== 'branch') return invalid
  if (!Array.isArray(nodes)) return invalid
  const nodes2: unknown[] = []
  for (let at = 0; at < nodes.length; at++) {
    const item: unknown = nodes[at]
    const item2 = encodeTree(item, depth + 1)
    if (item2 === invalid) return invalid
    nodes2.push(item2)
  }
  if (!isObject(meta)) return invalid
  const { first } = meta
  const first2 = first === undefined ? first : encodeTree(first, depth + 1)
  if (first2 === invalid) return invalid
  const meta2: Fields = {}
  if (first2 !== undefined) meta2['first'] = first2
  return { kind, nodes: nodes2, meta: meta2 }
}

/** A `Json` onto the wire. */
export function encodeJson(value: unknown, depth = 0): unknown {
  if (tooDeep(depth)) return invalid
  if (value === null) return value
  if (typeof value === 'string') return value
  if (!(typeof value !== 'number' || !Number.isFinite(value))) return value
  if (typeof value === 'boolean') return value
  const form = encodeJsonForm(value, depth + 1)
  if (form !== invalid) return form
  return encodeJsonForm2(value, depth + 1)
}

function encodeJsonForm(value: unknown, depth = 0): unknown {
  if (tooDeep(depth)) return invalid
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    const item2 = encodeJson(item, depth + 1)
    if (item2 === invalid) return invalid
    value2.push(item2)
  }
  return value2
}

function encodeJsonForm2(value: unknown, depth = 0): unknown {
  if (tooDeep(depth)) return invalid
  if (!isRecord(value)) return invalid
  const value2: Fields = {}
  for (const key of Object.keys(value)) {
    if (key === '__proto__') continue
    const item: unknown = value[key]
    const item2 = encodeJson(item, depth + 1)
    if (item2 === invalid) return invalid
    value2[key] = item2
  }
  return value2
}

/** A `Bag` onto the wire. */
export function encodeBag(value: unknown, depth = 0): unknown {
  if (tooDeep(depth)) return invalid
  if (!isObject(value)) return invalid
  const value2: Fields = {}
  for (const key in value) {
    if (key === '__proto__') continue
    const item: unknown = value[key]
    const item2 = encodeBag(item, depth + 1)
    if (item2 === invalid) return invalid
    value2[key] = item2
  }
  return value2
}
