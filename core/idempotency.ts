import type { Call, OfCall } from './call.ts'
import { digestOf, toHex } from './digest.ts'
import { type ErrorInit, PikkuError } from './errors.ts'

/** How a function takes idempotency keys. */
export interface IdempotencyOptions<Session = never, CallType = Call<Session>> {
  /** Refuses calls without a key. Default `false`. */
  readonly required?: boolean
  /**
   * Whose keys they are, such as `({ session }) => session.userId`: two callers with the same key have nothing to do with
   * each other. Default: whoever has the same credential.
   */
  readonly by?: OfCall<Session, string, CallType>
}

/** What was answered to a call: its output as it goes on the wire, or its error. */
export type KeptAnswer =
  | { readonly output?: unknown; readonly status?: number; readonly headers: readonly (readonly [string, string])[] }
  | { readonly error: { readonly code: string } & Pick<ErrorInit, 'status' | 'detail' | 'data' | 'issues'> }

/** What is kept under an idempotency key: the call that has it, by its input, and its answer once there is one. */
export interface KeptCall {
  readonly fingerprint: string
  readonly answer?: KeptAnswer
}

/** Keeps the calls that came with an idempotency key. `memoryIdempotency` and `redisIdempotency` of `pikku/idempotency` are some. */
export interface IdempotencyStore {
  /** Puts a call under a key that has none, in one step, for so many seconds; otherwise gives the one that it has. */
  claim(key: string, call: KeptCall, seconds: number): Promise<KeptCall | undefined>
  /** Puts a call in place of the one under this key. */
  keep(key: string, call: KeptCall, seconds: number): Promise<void>
  /** Forgets the call under this key, so that it can be made again. */
  forget(key: string): Promise<void>
}

/** How long answers are kept. */
const day = 86_400

/** The call of an operation with idempotency keys. */
export interface KeyedCall {
  readonly name: string
  /** Milliseconds until it is cut; 0 for never. */
  readonly timeout: number
  readonly idempotency: IdempotencyOptions
  readonly key: string | undefined
  /** Stands for the caller where the function does not say who that is. */
  readonly credential: string
  /** The input as it came on the wire. */
  readonly wire: unknown
}

/**
 * Runs a call once for each idempotency key (draft-ietf-httpapi-idempotency-key-header-07): the same call again is given the
 * answer of the first. Answers are kept for a day; what fails on the server (5xx) is not kept, so that it can be
 * tried again. Cookies are not kept either.
 *
 * @throws PikkuError `BAD_REQUEST` without a key that is needed or with one that is none, `IDEMPOTENCY_KEY_REUSED` for
 *   another input under the same key, `CONFLICT` while the first call still runs.
 */
export async function once(
  store: IdempotencyStore,
  keyed: KeyedCall,
  call: Call<unknown>,
  run: () => Promise<unknown>,
): Promise<unknown> {
  const { name, timeout, idempotency, wire, credential } = keyed
  const given = keyed.key === undefined ? undefined : keyIn(keyed.key)
  if (given === undefined) {
    if (!idempotency.required) return run()
    throw new PikkuError('BAD_REQUEST', { detail: 'Send an idempotency-key with this call.' })
  }
  const owner = idempotency.by ? (idempotency.by as OfCall<unknown, string>)(call) : credential
  const key = await hashOf([name, owner, given])
  const fingerprint = await hashOf(wire)
  // Whoever claims a key and dies leaves it free again, and only after its call cannot run any more.
  const lease = timeout > 0 ? Math.ceil(timeout / 1000) + 60 : day
  const other = await store.claim(key, { fingerprint }, lease)
  if (other) return replay(other, fingerprint, call)
  // What was done is done, and told, even where it cannot be kept: then the key stays taken until its time is over.
  const settled = (kept: Promise<void>) =>
    kept.catch((error: unknown) => call.log.error({ error }, 'the answer to an idempotency key was not kept'))
  let output: unknown
  try {
    output = await run()
  } catch (error) {
    const isKept = error instanceof PikkuError && error.status < 500
    await settled(isKept ? store.keep(key, { fingerprint, answer: { error: partsOf(error) } }, day) : store.forget(key))
    throw error
  }
  await settled(store.keep(key, { fingerprint, answer: answerOf(output, call) }, day))
  return output
}

function replay({ fingerprint, answer }: KeptCall, wanted: string, call: Call<unknown>): unknown {
  if (fingerprint !== wanted) {
    const detail = 'This idempotency-key came with another input before. Make a new one for each call.'
    // In the contracts of those functions alone that take keys.
    throw new PikkuError('IDEMPOTENCY_KEY_REUSED', { status: 422, detail })
  }
  if (!answer) {
    const detail = 'The first call with this idempotency-key is still running.'
    throw new PikkuError('CONFLICT', { detail, retryAfter: 1 })
  }
  const { reply } = call
  if ('error' in answer) throw new PikkuError(answer.error.code, answer.error)
  for (const [name, value] of answer.headers) reply?.headers.append(name, value)
  reply?.headers.set('idempotency-replayed', 'true')
  if (reply && answer.status !== undefined) reply.status = answer.status
  return answer.output
}

function answerOf(output: unknown, { reply }: Call<unknown>): KeptAnswer {
  return {
    ...(output === undefined ? {} : { output }),
    ...(reply?.status === undefined ? {} : { status: reply.status }),
    headers: reply ? [...reply.headers].filter(([name]) => !name.startsWith('ratelimit')) : [],
  }
}

function partsOf({ code, status, message, data, issues }: PikkuError) {
  return {
    code,
    status,
    ...(message === code ? {} : { detail: message }),
    ...(data === undefined ? {} : { data }),
    ...(issues === undefined ? {} : { issues }),
  }
}

/** The key within the quotes that it has as a structured field (RFC 9651), which many leave out. */
function keyIn(header: string): string {
  const [, key] = /^"?([\x21\x23-\x5b\x5d-\x7e]{1,255})"?$/.exec(header) ?? []
  if (key !== undefined) return key
  throw new PikkuError('BAD_REQUEST', { detail: 'An idempotency-key is 1 to 255 letters, digits and signs.' })
}

async function hashOf(value: unknown): Promise<string> {
  return toHex(await digestOf(JSON.stringify(value) ?? ''))
}
