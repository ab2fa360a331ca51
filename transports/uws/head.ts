import type { UwsRequest, UwsResponse } from './shape.ts'

/** The address that was asked for, which may be none. */
export function urlOf(request: UwsRequest, scheme: string): string {
  const query = request.getQuery()
  return `${scheme}://${request.getHeader('host')}${request.getUrl()}${query ? `?${query}` : ''}`
}

export function headersOf(request: UwsRequest): [name: string, value: string][] {
  const headers: [string, string][] = []
  request.forEach((name, value) => void headers.push([name, toBytes(value)]))
  return headers
}

/** The network address of who calls. */
export function addressOf(response: UwsResponse): string | undefined {
  const text = new TextDecoder().decode(response.getRemoteAddressAsText())
  // It writes all of IPv6 out, and IPv4 as IPv6 too.
  const mapped = /^(?:0000:){5}ffff:(..)(..):(..)(..)$/.exec(text)?.slice(1)
  if (mapped) return mapped.map((byte) => Number.parseInt(byte, 16)).join('.')
  return text.includes(':') ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text || undefined
}

/** Headers are bytes to `fetch`, a character each; uWebSockets.js has read them as UTF-8. */
function toBytes(value: string): string {
  return /^[\0-\x7f]*$/.test(value) ? value : Buffer.from(value).toString('latin1')
}
