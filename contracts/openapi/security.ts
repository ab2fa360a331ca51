import type { SecurityModel } from '../model.ts'

/** Bearer tokens are one scheme, in however many ways they are read. */
export function nameSchemes(security: readonly SecurityModel[]): ReadonlyMap<string, SecurityModel> {
  const named = new Map<string, SecurityModel>()
  for (const scheme of security) {
    const name = scheme.from === 'bearer' ? 'bearer' : `${scheme.from}.${scheme.name.replace(/[^A-Za-z0-9._-]/g, '_')}`
    const known = named.get(name)
    if (!known) named.set(name, scheme)
    // One format says nothing of the others.
    else if (known.from === 'bearer' && 'format' in known && !('format' in scheme)) named.set(name, { from: 'bearer' })
  }
  return named
}

/** A scheme as OpenAPI has it. */
export function toScheme(scheme: SecurityModel) {
  if (scheme.from === 'bearer') {
    const { format: bearerFormat } = scheme
    return { type: 'http', scheme: 'bearer', ...(bearerFormat === undefined ? {} : { bearerFormat }) } as const
  }
  if (scheme.from === 'header') return { type: 'apiKey', in: 'header', name: scheme.name } as const
  const description = `On localhost, where there is no https, it is named \`${scheme.name}\`.`
  return { type: 'apiKey', in: 'cookie', name: `__Host-${scheme.name}`, description } as const
}
