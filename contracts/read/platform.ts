/** The platform's generic collections and values that have a form on the wire, by the name of their declaration. */
export type WireClass = 'date' | 'url' | 'bytes' | 'buffer' | 'map' | 'set' | 'array'

/** Only for symbols whose declarations are of the platform: a user's own `Date` is no `Date`. */
export const wireClasses: ReadonlyMap<string, WireClass> = new Map<string, WireClass>([
  ['Array', 'array'],
  ['ReadonlyArray', 'array'],
  ['Date', 'date'],
  ['URL', 'url'],
  ['Uint8Array', 'bytes'],
  ['ArrayBuffer', 'buffer'],
  ['Map', 'map'],
  ['ReadonlyMap', 'map'],
  ['Set', 'set'],
  ['ReadonlySet', 'set'],
])

/** What to write instead of a class of the platform that has no form on the wire. */
export const insteadOf: ReadonlyMap<string, string> = new Map([
  ['SharedArrayBuffer', 'Write ArrayBuffer.'],
  ['Buffer', 'Write Uint8Array; a Buffer is one.'],
  ['AsyncGenerator', 'A stream is the output of a function as a whole: return an async generator of items.'],
  ['AsyncIterable', 'A stream is the output of a function as a whole: return an async generator of items.'],
  ['AsyncIterableIterator', 'A stream is the output of a function as a whole: return an async generator of items.'],
  ['ArrayLike', 'Write an array.'],
  ['Boolean', 'Write boolean.'],
  ['Error', 'Name what the caller may see of it, such as { message: string }, or throw an error made by defineError.'],
  ['Generator', 'Write an array.'],
  ['Iterable', 'Write an array.'],
  ['IterableIterator', 'Write an array.'],
  ['Number', 'Write number.'],
  ['RegExp', 'Write string.'],
  ['String', 'Write string.'],
  ['WeakMap', 'Write Map.'],
  ['WeakSet', 'Write Set.'],
  ['BigInt', 'Write bigint.'],
])
