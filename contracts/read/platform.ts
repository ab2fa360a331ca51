/** The platform's generic collections and values that have a form on the wire, by the name of their declaration. */
export type WireClass =
  | 'date'
  | 'url'
  | 'bytes'
  | 'buffer'
  | 'map'
  | 'set'
  | 'array'
  | 'file'
  | 'blob'
  | 'stream'
  | 'response'

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
  ['File', 'file'],
  ['Blob', 'blob'],
  ['ReadableStream', 'stream'],
  ['Response', 'response'],
])

const stream =
  'A stream of items is the output of a function as a whole: return an async generator. ' +
  'Bytes that are taken as they arrive are a ReadableStream<Uint8Array>.'

/** What to write instead of a class of the platform that has no form on the wire. */
export const insteadOf: ReadonlyMap<string, string> = new Map([
  ['SharedArrayBuffer', 'Write ArrayBuffer.'],
  ['Buffer', 'Write Uint8Array; a Buffer is one.'],
  ['AsyncGenerator', stream],
  ['AsyncIterable', stream],
  ['AsyncIterableIterator', stream],
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
  ['FormData', 'Name its fields: an object with a File in it comes as a form.'],
  ['FileList', 'Write File[].'],
  ['Request', 'Take what you need of it as input; the whole one is `request` of the call.'],
  ['URLSearchParams', 'Name the fields as an object.'],
])
