import type { SecurityModel } from '../model.ts'
import type { DocumentInfo } from '../openapi/document.ts'
import { toScheme } from '../openapi/security.ts'

/** The sockets of the servers that have an address of their own. */
export function toServers(servers: NonNullable<DocumentInfo['servers']>): { readonly servers?: object } {
  const sockets = servers.flatMap(({ url, description }) => {
    const parsed = URL.parse(url)
    if (!parsed) return []
    const { host, pathname, protocol } = parsed
    return [
      {
        host,
        pathname: `${pathname.replace(/\/$/, '')}/rpc`,
        protocol: protocol === 'http:' ? 'ws' : 'wss',
        ...(description === undefined ? {} : { description }),
      },
    ]
  })
  if (sockets.length === 0) return {}
  return { servers: Object.fromEntries(sockets.map((socket, at) => [`server${at + 1}`, socket])) }
}

/** A scheme as AsyncAPI has it: what OpenAPI calls an API key is one for brokers there. */
export function toSocketScheme(scheme: SecurityModel): object {
  const { type, ...rest } = toScheme(scheme)
  return { type: type === 'apiKey' ? 'httpApiKey' : type, ...rest }
}
