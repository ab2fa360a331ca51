import { failure } from './failure.ts'

type Fields = Readonly<Record<string, unknown>>

/** Takes apart what is left of an input after its path: the fields of a query or a body, and headers. */
export type TakeApart = (rest: Fields) => readonly [fields: Fields, headers: readonly [string, string][]]

/**
 * The piece of a client for operations with headers, by the property that each comes from, and with objects in queries.
 *
 * @param nested whether objects are written in brackets: `filter[status]=open`.
 */
export function parameters(headers: Readonly<Record<string, string>>, nested?: 1): TakeApart {
  return (rest) => {
    const own = Object.entries(headers).flatMap(([name, header]): [string, string][] => {
      const text = `${rest[name] ?? ''}`
      if (rest[name] == null) return []
      if (/^(?:[!-~](?:[ -~]*[!-~])?)?$/.test(text)) return [[header, text]]
      throw failure('INVALID_INPUT', { detail: `${name}: "${text}" cannot be sent in a header.` })
    })
    const fields = Object.entries(rest).filter(([name]) => !Object.hasOwn(headers, name))
    return [nested ? inBrackets(Object.fromEntries(fields)) : Object.fromEntries(fields), own]
  }
}

/** The fields of an object by names of one level: `{ 'filter[status]': 'open' }`. */
function inBrackets(fields: Fields): Fields {
  const entries = Object.entries(fields).flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[name, value] as const]
    return Object.entries(inBrackets(value as Fields)).map(
      ([inner, item]) => [name + inner.replace(/^[^[]*/, '[$&]'), item] as const,
    )
  })
  return Object.fromEntries(entries)
}
