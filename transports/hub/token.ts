/** A name as letters, digits, `-` and `_`, which mean nothing to any engine. */
export function toToken(name: string): string {
  return Buffer.from(name).toString('base64url')
}

/** The name of such a token. */
export function fromToken(token: string): string {
  return Buffer.from(token, 'base64url').toString()
}
