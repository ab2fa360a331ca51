// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import {
  buffer,
  bytes,
  type CallOptions,
  type ClientOptions,
  createFetchClient,
  either,
  isError as isPikkuError,
  keyed,
  map,
  objectMap,
  type PikkuError,
  set,
  tupleEnds,
  unless,
  url,
} from 'pikku/client'
import type * as defaults from './defaults.ts'
import type * as leaves from './leaves.ts'
import type * as lists from './lists.ts'
import type * as names from './names.ts'
import type * as recursion from './recursion.ts'
import type * as unions from './unions.ts'

/** Everything this app can be asked. */
export interface Api {
  leaves: {
    all(input: leaves.AllInput, options?: CallOptions): Promise<leaves.AllOutput>
  }
  lists: {
    all(input?: undefined, options?: CallOptions): Promise<lists.AllOutput>
  }
  unions: {
    all(input?: undefined, options?: CallOptions): Promise<unions.AllOutput>
  }
  recursion: {
    all(input?: undefined, options?: CallOptions): Promise<recursion.AllOutput>
  }
  defaults: {
    set(input: defaults.SetInput, options?: CallOptions): Promise<defaults.SetOutput>
  }
  names: {
    /**
     * Ends *\/ early.
     * @deprecated? No.
     */
    "it's-*/"(input: names.DeleteInput, options?: CallOptions): Promise<void>
  }
}

/** The codes that this app answers with, and the data of each. */
export interface Errors {
  GONE: names.GoneData
  BAD_REQUEST: undefined
  INVALID_INPUT: undefined
  UNAUTHENTICATED: undefined
  FORBIDDEN: undefined
  NOT_FOUND: undefined
  METHOD_NOT_ALLOWED: undefined
  NOT_ACCEPTABLE: undefined
  REQUEST_TIMEOUT: undefined
  CONFLICT: undefined
  PAYLOAD_TOO_LARGE: undefined
  UNSUPPORTED_MEDIA_TYPE: undefined
  TOO_MANY_REQUESTS: undefined
  CLIENT_CLOSED_REQUEST: undefined
  INTERNAL: undefined
  UNAVAILABLE: undefined
  TIMEOUT: undefined
  UNREACHABLE: undefined
  BAD_ANSWER: undefined
}

/** An error of this app; `error.code` says which, and so what its data is. */
export type AppError<Code extends keyof Errors = keyof Errors> = {
  [Name in Code]: PikkuError<Name, Errors[Name]>
}[Code]

const operations = {
  'leaves.all': { i: ['o', { bigint: 'n', date: 'd', url: url, bytes: bytes, buffer: buffer, large: 'n' }] },
  'lists.all': {
    o: [
      'o',
      {
        array: ['a', 'd'],
        tuple: ['t', 0, 'd'],
        rest: ['t', 0, ['…', 'd']],
        middle: tupleEnds(['t', 0, ['…', 'd']], ['t', 'n', 0], -2),
        record: ['r', 'd'],
        forms: keyed({ id: 'n' }, [[/^d_[\s\S]*$/u, 'd'], [/^-?\d+(?:\.\d+)?$/u, 'n']]),
        map: objectMap('n'),
        pairs: map(0, 'd'),
        set: set('n'),
      },
    ],
  },
  'unions.all': {
    o: [
      'o',
      {
        told: ['v', 'kind', { a: ['o', { at: 'd' }] }],
        when: either({ string: unless('d', 'never') }),
        rich: either({ object: ['o', { constructor: ['a', 'd'] as const }], string: url, array: ['a', 'n'] }),
        pairs: either({ array: map(0, 'd') }, 'array'),
      },
    ],
  },
  'recursion.all': { o: ['o', { category: ['#', 'Category'], tree: ['#', 'Tree'] }] },
  'defaults.set': {},
  "names.it's-*/": {},
} as const

const plans = {
  Category: ['o', { children: ['a', ['#', 'Category']], parent: ['#', 'Category'], at: 'd' }],
  Tree: ['v', 'kind', { leaf: ['o', { value: 'n' }], branch: ['#', 'Branch'] }],
  Branch: ['o', { nodes: ['a', ['#', 'Tree']], meta: ['o', { first: ['#', 'Tree'] }] }],
} as const

/**
 * Makes a client of this app.
 *
 * @param baseUrl where the app is: `https://api.example.com`, or `''` for the origin of the page.
 */
export function createClient(baseUrl: string, options?: ClientOptions): Api {
  return createFetchClient<Api>(baseUrl, operations, options, plans)
}

/** Whether what was thrown is an error of this app, and of this code when one is given. */
export function isError<Code extends keyof Errors>(error: unknown, code?: Code): error is AppError<Code> {
  return isPikkuError(error, code)
}
