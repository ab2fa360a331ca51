/**
 * What browsers are told of answers that are data: to take them for nothing else, to run nothing in them and to show them
 * in no frame. Files have `nosniff` alone, and a whole `Response` has what its handler gave it.
 */
export const dataHeaders: readonly (readonly [name: string, value: string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ['cross-origin-resource-policy', 'same-origin'],
  ['referrer-policy', 'no-referrer'],
]

/** Half a year of https alone, for this host; said over https only, where browsers heed it. */
export const transportSecurity = ['strict-transport-security', 'max-age=15552000'] as const
