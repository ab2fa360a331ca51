/** Values to log beside a message. */
export type LogFields = Readonly<Record<string, unknown>>

/** Where log lines go; `pino()` is one. */
export interface Log {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
}

/** A log of JSON lines on `console`, for apps that bring none of their own. `debug` lines are left out. */
export const consoleLog: Log = {
  debug() {},
  info: (fields, message) => console.info(line('info', fields, message)),
  warn: (fields, message) => console.warn(line('warn', fields, message)),
  error: (fields, message) => console.error(line('error', fields, message)),
}

/** The same log, with fields that stand in every line. */
export function withFields(log: Log, bound: LogFields): Log {
  return {
    debug: (fields, message) => log.debug({ ...bound, ...fields }, message),
    info: (fields, message) => log.info({ ...bound, ...fields }, message),
    warn: (fields, message) => log.warn({ ...bound, ...fields }, message),
    error: (fields, message) => log.error({ ...bound, ...fields }, message),
  }
}

function line(level: string, fields: LogFields, message: string): string {
  return JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }, (_key, value) => {
    if (value instanceof Error)
      return { name: value.name, message: value.message, stack: value.stack, cause: value.cause }
    return typeof value === 'bigint' ? String(value) : value
  })
}
