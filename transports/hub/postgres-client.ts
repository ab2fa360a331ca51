import { retry } from './retry.ts'

/** What takes SQL, described by shape. */
export interface PostgresQueryable {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
}

/** A `Pool` of `pg`, described by shape. */
export interface PostgresPool extends PostgresQueryable {
  connect(): Promise<PostgresPoolClient>
}

interface PostgresPoolClient extends PostgresQueryable {
  on(event: 'notification', listener: (message: { payload?: string | undefined }) => void): unknown
  on(event: 'error' | 'end', listener: () => void): unknown
  release(destroy: boolean): void
}

/** A client that can be asked to listen, described by shape: PGlite is one. */
export interface PostgresListener extends PostgresQueryable {
  /** Listens for good, and gives what ends it. Where a connection may be lost: an empty payload says that it is back. */
  listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>>
}

/** PostgreSQL by a `Pool` of `pg`, PGlite, or anything with `query` and `listen`. */
export type PostgresClient = PostgresPool | PostgresListener

/** What is called with what comes. */
export interface PostgresEar {
  /** A connection begins: what another one has not said to the end is not said any more. */
  begin(): void
  notification(payload: string): void
  /** It listens again. */
  resume(): void
  error(error: unknown): void
}

/** How long a connection may be silent before it is asked whether it lives, and how long the answer may take. */
const [silence, patience] = [15_000, 5_000]

/** Listens until the signal fires, on a connection of its own where the client is a pool. Gives what resolves when it listens. */
export function listenTo(
  client: PostgresClient,
  channel: string,
  ear: PostgresEar,
  signal: AbortSignal,
): () => Promise<void> {
  return 'listen' in client ? listenByClient(client, channel, ear, signal) : listenByPool(client, channel, ear, signal)
}

function listenByClient(
  client: PostgresListener,
  channel: string,
  ear: PostgresEar,
  signal: AbortSignal,
): () => Promise<void> {
  let listening: Promise<void> | undefined
  const begin = async () => {
    const end = await client.listen(channel, (payload) => {
      if (payload !== '') return ear.notification(payload)
      ear.begin()
      ear.resume()
    })
    const stop = () => void end().catch(() => {})
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
  }
  return () => {
    listening ??= begin().catch((error: unknown) => {
      listening = undefined
      throw error
    })
    return listening
  }
}

function listenByPool(pool: PostgresPool, channel: string, ear: PostgresEar, signal: AbortSignal): () => Promise<void> {
  let listening: Promise<void> | undefined
  let isFirst = true
  const begin = async () => {
    const broken = () => {
      // Begun anew at once: somebody listens.
      if (!signal.aborted) listening = again()
    }
    await hear(pool, channel, ear, broken, signal)
    if (!isFirst) ear.resume()
    isFirst = false
  }
  const again = async () => {
    await retry(begin, signal, ear.error)
  }
  return () => (listening ??= again())
}

/** Takes a connection, and calls `broken` once when it is lost. */
async function hear(
  pool: PostgresPool,
  channel: string,
  ear: PostgresEar,
  broken: () => void,
  signal: AbortSignal,
): Promise<void> {
  const client = await pool.connect()
  const check = setInterval(() => void asks(client).catch(end), silence).unref()
  let isOver = false
  let hasBegun = false
  function end(): void {
    if (isOver) return
    isOver = true
    clearInterval(check)
    signal.removeEventListener('abort', end)
    client.release(true)
    if (hasBegun) broken()
  }
  ear.begin()
  client.on('notification', ({ payload = '' }) => isOver || ear.notification(payload))
  client.on('error', end)
  client.on('end', end)
  signal.addEventListener('abort', end, { once: true })
  try {
    signal.throwIfAborted()
    await client.query(`listen ${channel}`)
    // The answer and the loss of the connection may come in one piece.
    if (isOver) throw new Error('The connection was lost while it began to listen.')
    hasBegun = true
  } catch (error) {
    end()
    throw error
  }
}

async function asks(client: PostgresQueryable): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The connection is silent.')), patience)
  })
  await Promise.race([client.query('select 1'), late]).finally(() => clearTimeout(timer))
}
