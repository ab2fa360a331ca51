import type { Log } from 'pikku'

/** A log that keeps its lines, so that tests can see what stayed on the server. */
export class KeptLines implements Log {
  readonly lines: string[] = []

  debug = (fields: object, message: string) => this.#keep(fields, message)
  info = (fields: object, message: string) => this.#keep(fields, message)
  warn = (fields: object, message: string) => this.#keep(fields, message)
  error = (fields: object, message: string) => this.#keep(fields, message)

  #keep(fields: object, message: string): void {
    this.lines.push(`${message} ${Object.values(fields).map(String).join(' ')}`)
  }
}
