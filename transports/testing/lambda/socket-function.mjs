// The conformance app as a function that answers requests and the sockets of an API Gateway, one process of several.
import { createRequire } from 'node:module'
import { Redis } from 'ioredis'
import { createHono } from '../../hono.ts'
import { redisHub } from '../../hub.ts'
import { redisIdempotency } from '../../idempotency.ts'
import { gatewayHub, redisConnections, toLambdaHandler } from '../../lambda.ts'
import { redisRateLimiter } from '../../rate-limit.ts'
import app from '../conformance/src/app.ts'
import { setup } from '../conformance/src/setup.ts'
import { SharedNotes } from './shared-notes.ts'

const { REDIS_URL, GATEWAY_URL, PREFIX, NOTES, TOOL } = process.env
const { ApiGatewayManagementApi } = createRequire(`${TOOL}/package.json`)('@aws-sdk/client-apigatewaymanagementapi')

const redis = new Redis(REDIS_URL)
const hub = gatewayHub(redisHub(redis, { prefix: `${PREFIX}:hub` }), {
  gateway: new ApiGatewayManagementApi({ endpoint: GATEWAY_URL, maxAttempts: 1 }),
  connections: redisConnections(redis, { prefix: `${PREFIX}:connections` }),
})
const notes = new SharedNotes(NOTES)
if (!notes.has('1')) notes.set('1', 'first')
const { services, ...options } = setup()
const hono = createHono(app, {
  ...options,
  services: { ...services, notes: () => notes, hub: () => hub },
  idempotency: redisIdempotency(redis, { prefix: `${PREFIX}:call` }),
  rateLimiter: redisRateLimiter(redis, { prefix: `${PREFIX}:rate` }),
})
export const handler = toLambdaHandler(hono, { hub })
