/**
 * Whether an origin is that of the app's own pages, for a request that came to this address. It goes by the host: behind
 * a proxy that ends TLS the page is https and the request http. The other way round, anybody on the way to the client
 * could have made the page.
 */
export function isOwnPage(origin: string, url: string): boolean {
  if (!URL.canParse(origin)) return false
  const [page, own] = [new URL(origin), new URL(url)]
  if (own.protocol === 'https:' && page.protocol === 'http:') return false
  if (page.host === own.host) return true
  // Some proxies name the port that a page with https leaves out, and a request without it keeps.
  return page.protocol === 'https:' && page.port === '' && own.host === `${page.hostname}:443`
}
