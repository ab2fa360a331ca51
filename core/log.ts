/** Values to log beside a message. */
export type LogFields = Readonly<Record<string, unknown>>

/** Where log lines go. `pino()` and `console`-like loggers of two lines fit it. */
export interface Log {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
}
