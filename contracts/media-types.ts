/** `multipart/form-data` */
export const multipart = 'multipart/form-data'

/** `application/x-www-form-urlencoded` */
export const urlencoded = 'application/x-www-form-urlencoded'

const token = "[\\w!#$&^.+'-]+"
const range = new RegExp(`^(?:\\*/\\*|${token}/(?:${token}|\\*))$`)

/** Whether this is a media type (RFC 9110, 8.3.1) without parameters, or a range of them: `image/*`. */
export function isMediaRange(text: string): boolean {
  return range.test(text)
}

/** Whether this is one media type, which may have parameters: `text/csv; charset=utf-8`. */
export function isMediaType(text: string): boolean {
  const [type = '', ...parameters] = text.split(';')
  const isPlain = isMediaRange(type) && !type.includes('*')
  return isPlain && parameters.every((parameter) => /^ ?[\w-]+=[\w.-]+$/.test(parameter))
}
