import type { Log, LogFields } from './log.ts'

/** What is secret in every app, in lower case. */
const everywhere = ['authorization', 'cookie', 'set-cookie', 'proxy-authorization', 'x-api-key', 'idempotency-key']
/** Deeper than this a value is not looked into. */
const deepest = 8

/**
 * The same log, in which the values of these fields, and of credentials, are left out wherever they stand. It throws
 * nothing: a line that cannot be written, such as one with a circle in it, is no reason to end what it tells of.
 */
export function redacting(log: Log, secrets: readonly string[]): Log {
  const names = new Set([...everywhere, ...secrets.map((name) => name.toLowerCase())])
  const hide = (fields: LogFields) => hidden(fields, names, 0) as LogFields
  const write = (level: keyof Log) => (fields: LogFields, message: string) => {
    try {
      log[level](hide(fields), message)
    } catch (unwritten) {
      try {
        log[level]({ error: `${fields.error}`, unwritten: `${unwritten}` }, message)
      } catch {
        // There is nobody left to tell.
      }
    }
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

function hidden(value: unknown, names: ReadonlySet<string>, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return '[deep]'
  if (Array.isArray(value)) return value.map((item) => hidden(item, names, depth + 1))
  if (value instanceof Headers) return hidden(Object.fromEntries(value), names, depth)
  const prototype: unknown = Object.getPrototypeOf(value)
  // Errors, dates and the like are written by the log itself.
  if (prototype !== Object.prototype && prototype !== null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      names.has(name.toLowerCase()) ? '[secret]' : hidden(inner, names, depth + 1),
    ]),
  )
}
