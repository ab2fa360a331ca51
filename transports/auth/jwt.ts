import type { CryptoKey, JWK, JWTPayload } from 'jose'
import { JOSEError, JOSENotSupported, JWKSMultipleMatchingKeys, JWKSNoMatchingKey } from 'jose/errors'
import { createRemoteJWKSet } from 'jose/jwks/remote'
import { type JWTVerifyGetKey, jwtVerify } from 'jose/jwt/verify'
import { importSPKI } from 'jose/key/import'
import { type BearerSession, type Call, PikkuError, type ResolveSession } from '../../core/index.ts'

/** Algorithms whose tokens are signed with a private key and checked with the public one. */
export type PublicKeyAlgorithm =
  | `${'RS' | 'PS' | 'ES'}${256 | 384 | 512}`
  | 'EdDSA'
  | 'Ed25519'
  | `ML-DSA-${44 | 65 | 87}`

/** Algorithms whose tokens are signed and checked with the same secret. */
export type SecretAlgorithm = `HS${256 | 384 | 512}`

/** What tokens are checked with, and the algorithms that count. A token never chooses its own. */
export type JwtKey =
  | {
      /** The address of the issuer's JSON Web Key Set: https, or this machine. */
      readonly jwks: URL
      readonly algorithms: readonly PublicKeyAlgorithm[]
    }
  | {
      /** The issuer's public key: PEM (SPKI), a JSON Web Key or a `CryptoKey`. */
      readonly key: string | JWK | CryptoKey
      readonly algorithms: readonly PublicKeyAlgorithm[]
    }
  | {
      /** As long as the hash of its algorithm at least: 32 bytes for HS256. */
      readonly secret: string | Uint8Array
      readonly algorithms: readonly SecretAlgorithm[]
    }

/** The claims of a token that was found good. */
export type JwtClaims = JWTPayload

/** What a token must say, and the session that it stands for. */
export interface JwtOptions<Services, Session> {
  /** Who may have issued it (`iss`). */
  readonly issuer: string | string[]
  /** For whom it must be meant (`aud`): this API, by the name that the issuer knows it by. */
  readonly audience: string | string[]
  /** Claims that must be there, besides `exp`, `iss` and `aud`. */
  readonly requiredClaims?: string[]
  /** The type in its header, such as `at+jwt` (RFC 9068), which keeps tokens that were made for something else out. */
  readonly type?: string
  /** Seconds by which clocks may differ. Default 5. */
  readonly clockTolerance?: number
  /** The session; `undefined` refuses the token. */
  readonly session: ResolveSession<Services, Session, JwtClaims>
}

/** `authorization: Bearer <JSON Web Token>` makes the session. */
export interface JwtSession<Services, Session> extends BearerSession<Services, Session> {
  readonly format: 'JWT'
}

/**
 * Sessions from JSON Web Tokens (RFC 7519), for `app({ session })`. They are checked by `jose`.
 *
 * ```ts
 * const tokens = jwt({ issuer, audience, algorithms: ['RS256'], jwks: new URL('https://…/jwks.json'),
 *   session: (_services, { sub }) => (sub ? { userId: sub } : undefined) })
 * ```
 *
 * @throws TypeError when the key does not fit the algorithms.
 */
export function jwt<Services, Session>(options: JwtOptions<Services, Session> & JwtKey): JwtSession<Services, Session> {
  const { issuer, audience, algorithms, requiredClaims = [], type, clockTolerance = 5, session } = options
  checkAlgorithms(options)
  const keyOf = keysOf(options)
  const rules = {
    issuer,
    audience,
    algorithms: [...algorithms],
    clockTolerance,
    requiredClaims: ['exp', ...requiredClaims],
    ...(type === undefined ? {} : { typ: type }),
  }
  return {
    from: 'bearer',
    format: 'JWT',
    async resolve(services, token, call) {
      const verified = await jwtVerify(token, keyOf, rules).catch((error: unknown) => refuse(error, call))
      return verified && session(services, verified.payload, call)
    },
  }
}

/** The caller learns only that the token is not valid; why stays in the log. */
function refuse(error: unknown, { log }: Call<unknown>): undefined {
  if (error instanceof PikkuError) throw error
  // What is no error of the token is one of the settings, such as a key of another kind than the algorithms.
  const level = error instanceof JOSEError ? 'debug' : 'warn'
  log[level]({ reason: error instanceof Error ? error.message : error }, 'a token was refused')
}

function checkAlgorithms(key: JwtKey): void {
  if (key.algorithms.length === 0) throw new TypeError('jwt() needs the algorithms that count, such as RS256.')
  const isSecret = 'secret' in key
  for (const algorithm of key.algorithms as readonly string[]) {
    const [, bits] = /^HS(256|384|512)$/.exec(algorithm) ?? []
    if (algorithm === 'none' || (bits === undefined) === isSecret) {
      const what = isSecret ? 'a secret' : 'a public key'
      throw new TypeError(
        `jwt() cannot check ${algorithm} with ${what}: HS256 and the like take a secret, others a key.`,
      )
    }
    if (isSecret && bytesOf(key.secret).byteLength * 8 < Number(bits)) {
      throw new TypeError(`The secret of ${algorithm} needs ${Number(bits) / 8} bytes at least.`)
    }
  }
}

function keysOf(from: JwtKey): JWTVerifyGetKey {
  if ('secret' in from) {
    const secret = bytesOf(from.secret)
    return () => secret
  }
  if ('jwks' in from) return remoteKeys(from.jwks)
  const { key } = from
  if (typeof key !== 'string') return () => key
  const imported = new Map<string, Promise<CryptoKey>>()
  return ({ alg }) => {
    const known = imported.get(alg) ?? importSPKI(key, alg)
    imported.set(alg, known)
    return known
  }
}

function bytesOf(secret: string | Uint8Array): Uint8Array {
  return typeof secret === 'string' ? new TextEncoder().encode(secret) : secret
}

/**
 * The issuer's keys, fetched when they are first needed, kept for 10 minutes, and fetched again for a key that is not
 * among them, every 30 s at most. When they cannot be had, nobody's token can be checked: that is no fault of theirs,
 * and the issuer is asked again after a second, not for every token.
 */
function remoteKeys(url: URL): JWTVerifyGetKey {
  if (url.protocol !== 'https:' && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)) {
    throw new TypeError(`jwt() fetches keys by https, and ${url.origin} is not.`)
  }
  const keys = createRemoteJWKSet(url)
  let down: { readonly until: number; readonly cause: unknown } | undefined
  return async (header, token) => {
    if (down && !keys.fresh && Date.now() < down.until) throw unavailable(down.cause)
    try {
      return await keys(header, token)
    } catch (cause) {
      if (tokenErrors.some((kind) => cause instanceof kind)) throw cause
      down = { until: Date.now() + 1000, cause }
      throw unavailable(cause)
    }
  }
}

function unavailable(cause: unknown): PikkuError {
  return new PikkuError('UNAVAILABLE', { detail: 'Tokens cannot be checked at the moment. Try again later.', cause })
}

/** What the keys say of a token, and not of themselves. */
const tokenErrors = [JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported]
