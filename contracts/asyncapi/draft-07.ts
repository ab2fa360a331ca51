import type { JsonSchema } from '../openapi/json-schema.ts'

/** A schema as AsyncAPI has it: JSON Schema, draft 7. */
export interface Draft07 {
  readonly [word: string]: unknown
}

/** A schema of draft 2020-12 in draft 7, which has another word for tuples, and passes over what stands beside a `$ref`. */
export function toDraft07(schema: JsonSchema): Draft07 {
  const { $ref, prefixItems, items, ...rest } = Object.fromEntries(Object.entries(schema).map(convert))
  const list = prefixItems ? { items: prefixItems, additionalItems: items } : { items }
  const others = { ...rest, ...(items === undefined && !prefixItems ? {} : list) }
  if ($ref === undefined) return others
  return Object.keys(others).length === 0 ? { $ref } : { allOf: [{ $ref }], ...others }
}

/** The words whose values are a schema, a list of schemas, and schemas by name. */
const single = new Set(['items', 'additionalProperties', 'propertyNames', 'not', 'contentSchema'])
const several = new Set(['prefixItems', 'allOf', 'anyOf', 'oneOf'])
const named = new Set(['properties', 'patternProperties', '$defs'])

function convert([word, value]: [string, unknown]): [string, unknown] {
  if (typeof value !== 'object' || value === null) return [word, value]
  if (single.has(word)) return [word, toDraft07(value)]
  if (several.has(word) && Array.isArray(value)) return [word, value.map(toDraft07)]
  if (!named.has(word)) return [word, value]
  return [word, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toDraft07(inner)]))]
}
