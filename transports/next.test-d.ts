import type { PikkuHono } from './hono.ts'
import { createCaller, type NextHeaders } from './next.ts'
import { type Api, createClient } from './testing/conformance/contracts/client.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Expect<T extends true> = T

declare const hono: PikkuHono
declare const headers: NextHeaders
const api = createCaller(createClient, hono, headers)

export type IsTheClient = Expect<Equal<typeof api, Api>>
export type IsWhatItGives = Expect<Equal<Awaited<ReturnType<typeof api.notes.echo>>['at'], Date | undefined>>

// @ts-expect-error: what is called needs an id
api.notes.get({})
// @ts-expect-error: the cookies of the request are needed too
createCaller(createClient, hono, { headers: headers.headers })
