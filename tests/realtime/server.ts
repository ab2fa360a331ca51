import { Redis } from 'ioredis'
import { redisHub } from 'pikku/hub'
import { serve } from 'pikku/node'
import app from '../../transports/testing/conformance/src/app.ts'
import { setup } from '../../transports/testing/conformance/src/setup.ts'

// The conformance app with a hub that outlives its process: `server.ts <redis> <prefix> <port>`.
const [redis = '', prefix = '', port] = process.argv.slice(2)
const hub = redisHub(new Redis(redis, { lazyConnect: true }), { prefix, history: { entries: 20_000 } })
const { services, ...options } = setup()
const { url } = await serve(app, { ...options, services: { ...services, hub: () => hub }, port: Number(port) })
console.log(url)
