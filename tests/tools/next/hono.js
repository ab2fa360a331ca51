import { cookies, headers } from 'next/headers'
import { createHono } from 'pikku/hono'
import { createCaller } from 'pikku/next'
import { createClient } from '../../../transports/testing/conformance/contracts/client.ts'
import app from '../../../transports/testing/conformance/src/app.ts'
import { setup } from '../../../transports/testing/conformance/src/setup.ts'

// Next.js loads a module once for routes and once for pages; the app and its services are to be there once.
globalThis.hono ??= createHono(app, setup())
export const hono = globalThis.hono
export const api = createCaller(createClient, hono, { cookies, headers })
