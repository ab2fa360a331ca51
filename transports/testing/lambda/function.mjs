// What Amazon's runtime client loads: it takes no TypeScript by itself, and Node does.
import { createHono } from '../../hono.ts'
import { toLambdaHandler, toLambdaStreamHandler } from '../../lambda.ts'
import app from '../conformance/src/app.ts'
import { setup } from '../conformance/src/setup.ts'

const hono = createHono(app, setup())
export const whole = toLambdaHandler(hono)
export const streamed = toLambdaStreamHandler(hono)
