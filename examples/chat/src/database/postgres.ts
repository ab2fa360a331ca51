import pg from 'pg'
import type { Database, Queryable } from './index.ts'
import { toParameters } from './parameters.ts'

/** A pool of connections to PostgreSQL. */
export function openPostgres(connectionString: string): Database {
  const pool = new pg.Pool({ connectionString, types: { getTypeParser } })
  // An idle connection that breaks is replaced at the next query; unheard, its error would end the process.
  pool.on('error', (error) => console.warn(`A database connection broke: ${error.message}`))
  return {
    ...queryable(pool),
    transaction: (work) => transaction(pool, work),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

async function transaction<Result>(pool: pg.Pool, work: (db: Queryable) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(queryable(client))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure))
    throw error
  } finally {
    client.release(broken)
  }
}

function queryable(client: Pick<pg.ClientBase | pg.Pool, 'query'>): Queryable {
  return {
    async query<Row>(sql: string, parameters?: readonly unknown[]) {
      const { rows } = await client.query(sql, toParameters(parameters))
      return rows as Row[]
    },
    async run(script) {
      await client.query(script)
    },
  }
}

const getTypeParser: typeof pg.types.getTypeParser = (type: number, format?: 'text' | 'binary') =>
  type === pg.types.builtins.INT8 ? BigInt : pg.types.getTypeParser(type, format as 'text')
