import { migrate } from './migrate.ts'

/** What SQL is sent to. */
export interface Queryable {
  /**
   * The rows that one statement gives. Values go into `parameters` (`$1`, `$2`, …), never into the text.
   * `timestamptz` comes as a Date, `bigint` as a bigint, `numeric` as a string, on every database.
   */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
  /** Runs several statements. */
  run(script: string): Promise<void>
}

/** PostgreSQL, or PGlite: PostgreSQL inside this process, with its data in a folder. */
export interface Database extends Queryable, AsyncDisposable {
  /** Runs the work in one transaction: all of it happens, or, when it throws, none. */
  transaction<Result>(work: (db: Queryable) => Promise<Result>): Promise<Result>
}

/** Opens `postgres://…`, or the PGlite database of a folder, and brings its tables up to date. */
export async function openDatabase(where: string): Promise<Database> {
  // Loaded when needed: who brings a PostgreSQL does not pay for PGlite, and the other way around.
  const database = /^postgres(ql)?:/.test(where)
    ? await import('./postgres.ts').then(({ openPostgres }) => openPostgres(where))
    : await import('./pglite.ts').then(({ openPglite }) => openPglite(where))
  try {
    await migrate(database)
    return database
  } catch (error) {
    await database[Symbol.asyncDispose]()
    throw error
  }
}
