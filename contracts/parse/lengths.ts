/** Whether the text has fewer characters; two UTF-16 surrogates are one. */
export function shorter(text: string, minimum: number): boolean {
  const units = text.length
  return units < minimum || (units < minimum * 2 && characters(text) < minimum)
}

/** Whether the text has more characters; two UTF-16 surrogates are one. */
export function longer(text: string, maximum: number): boolean {
  return text.length > maximum && characters(text) > maximum
}

function characters(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length - 1; at++) {
    if (!isSurrogate(text, at, 0xd800) || !isSurrogate(text, at + 1, 0xdc00)) continue
    count--
    at++
  }
  return count
}

function isSurrogate(text: string, at: number, half: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === half
}
