/** Values as both databases take them. */
export function toParameters(values: readonly unknown[] = []): unknown[] {
  return values.map(toParameter)
}

function toParameter(value: unknown): unknown {
  if (value === undefined) return null
  // PostgreSQL's text cannot hold U+0000, which means nothing in a text anyway.
  if (typeof value === 'string') return value.replaceAll('\0', '')
  // The year 0 of ISO 8601 is the year 1 BC of PostgreSQL.
  if (value instanceof Date && value.getUTCFullYear() === 0) return `${value.toISOString().replace(/^0000/, '0001')} BC`
  return value instanceof Date ? value.toISOString() : value
}
