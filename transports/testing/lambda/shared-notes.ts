import { DatabaseSync } from 'node:sqlite'

/** Notes that all processes have which open the same file. */
export class SharedNotes extends Map<string, string> {
  readonly #database: DatabaseSync

  constructor(file: string) {
    super()
    this.#database = new DatabaseSync(file, { timeout: 10_000 })
    this.#database.exec('create table if not exists notes (id text primary key, text text not null)')
  }

  override get(id: string): string | undefined {
    return this.#database.prepare('select text from notes where id = ?').get(id)?.text as string | undefined
  }

  override has(id: string): boolean {
    return this.get(id) !== undefined
  }

  override set(id: string, text: string): this {
    this.#database.prepare('insert or replace into notes values (?, ?)').run(id, text)
    return this
  }

  override delete(id: string): boolean {
    return this.#database.prepare('delete from notes where id = ?').run(id).changes === 1
  }
}
