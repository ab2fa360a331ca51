import { digestOf, toHex } from './digest.ts'

/** An API key that a caller gave, as far as an app needs it: the key itself is not kept. */
export interface ApiKey {
  /** Its SHA-256 in hexadecimal, by which keys are stored and looked up. */
  readonly hash: string
  /** Whether it is this secret, compared in constant time. No key is a secret that is `undefined` or empty. */
  is(secret: string | undefined): Promise<boolean>
}

/** The SHA-256 of an API key in hexadecimal: what an app stores in its place. */
export async function hashApiKey(key: string): Promise<string> {
  return toHex(await digestOf(key))
}

/** Hashes the key of a caller. */
export async function toApiKey(key: string): Promise<ApiKey> {
  const digest = await digestOf(key)
  return {
    hash: toHex(digest),
    is: async (secret) => secret !== undefined && secret !== '' && isEqual(digest, await digestOf(secret)),
  }
}

/** Takes as long wherever two digests differ. */
function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  let difference = left.length ^ right.length
  for (const [at, byte] of left.entries()) difference |= byte ^ (right[at] ?? 0)
  return difference === 0
}
