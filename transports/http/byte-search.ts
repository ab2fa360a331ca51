/** A run of bytes that is searched for. */
export interface Mark {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** By byte: how far a window on whose last place it stands can move on without missing the mark (Horspool). */
  readonly skips: Uint8Array
}

/** A mark of at most 255 bytes whose first byte stands nowhere else in it, unless it is never asked where it starts. */
export function toMark(text: string): Mark {
  const bytes = new TextEncoder().encode(text)
  const last = bytes.length - 1
  const skips = new Uint8Array(256).fill(bytes.length)
  for (let at = 0; at < last; at++) skips[bytes[at] as number] = last - at
  return { bytes, skips }
}

/** Where a mark stands first; -1 where it does not. */
export function indexOfMark(bytes: Uint8Array, { bytes: mark, skips }: Mark): number {
  const last = mark.length - 1
  for (let end = last; end < bytes.length; end += skips[bytes[end] as number] as number) {
    let at = last
    while (at >= 0 && bytes[end - last + at] === mark[at]) at--
    if (at < 0) return end - last
  }
  return -1
}

/** Where the beginning of a mark stands at the end of these bytes; their length where none does. */
export function startOfMark(bytes: Uint8Array, { bytes: mark }: Mark): number {
  const start = bytes.lastIndexOf(mark[0] as number)
  if (start === -1 || start <= bytes.length - mark.length) return bytes.length
  for (let at = start; at < bytes.length; at++) if (bytes[at] !== mark[at - start]) return bytes.length
  return start
}

/** Both, one after the other. */
export function concatBytes(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}
