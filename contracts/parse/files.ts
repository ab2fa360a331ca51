/** Whether a media type is one of these: `image/png`, `image/*`. */
export function isOfType(type: string, ...types: readonly string[]): boolean {
  const given = type.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return types.some((taken) => taken === given || (taken.endsWith('/*') && given.startsWith(taken.slice(0, -1))))
}
