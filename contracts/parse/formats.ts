import { invalid } from './invalid.ts'

const day =
  '(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))'

/** A UUID of any version: the `z.guid()` of Zod, as are the others here those of its formats. */
export const uuid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/

export const email =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/

/** `2026-11-22`, a day that there is. */
export const date = /* @__PURE__ */ new RegExp(`^${day}$`)

/** `2026-11-22T09:30:00Z`, or with another offset. */
export const dateTime = /* @__PURE__ */ new RegExp(
  `^${day}T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|([+-](?:[01]\\d|2[0-3]):[0-5]\\d)))$`,
)

/** `09:30:00Z`, by RFC 3339. */
export const time = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

export const ipv4 =
  /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/

/** Whether the text is an IPv6 address. */
export function isIpv6(text: string): boolean {
  // Without the first, an authority such as `::@1` would be taken for an address.
  return /^[0-9a-fA-F:.]+$/.test(text) && URL.canParse(`http://[${text}]`)
}

/** The text of an absolute URL, without the white space that reading one passes over. */
export function trimUri(value: unknown): string | typeof invalid {
  if (typeof value !== 'string') return invalid
  const trimmed = value.trim()
  return URL.canParse(trimmed) ? trimmed.replace(/[\t\n\r]/g, '') : invalid
}
