/** An idempotency key: 128 random bits. `crypto.randomUUID` is not there on pages without https. */
export function idempotencyKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}
