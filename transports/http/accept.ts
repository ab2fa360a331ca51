import { closenessOf, parseMediaType } from './media-type.ts'

/** Whether an `accept` header takes a media type (RFC 9110, section 12.5.1): the range that fits best decides. */
export function accepts(header: string, type: string): boolean {
  return fitOf(header, type).quality > 0
}

/** Which of these types a caller would have, the first of those he likes alike; nothing when he takes none. */
export function preferred<Type extends string>(header: string, types: readonly Type[]): Type | undefined {
  const fits = types.map((type) => ({ type, ...fitOf(header, type) })).filter(({ quality }) => quality > 0)
  // What is named is meant, where a range is all that another has.
  fits.sort((left, right) => right.quality - left.quality || right.closest - left.closest)
  return fits[0]?.type
}

function fitOf(header: string, type: string): { readonly quality: number; readonly closest: number } {
  let closest = -1
  let quality = 0
  for (const item of header.split(',')) {
    const { type: range, parameters } = parseMediaType(item)
    const closeness = closenessOf(range, type)
    if (closeness <= closest) continue
    closest = closeness
    quality = Number(parameters.get('q') ?? 1)
  }
  return { quality, closest }
}
