import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Served } from '../../conformance.ts'
import type { Gateway } from './gateway.ts'
import { RuntimeApi } from './runtime-api.ts'

/** The conformance app as a function of Lambda, run by Amazon's runtime client, with a server in front. */
export async function serveFunction(folder: string, name: 'whole' | 'streamed', gateway: Gateway): Promise<Served> {
  const runtimeApi = new RuntimeApi()
  const client = spawn(
    process.execPath,
    ['--conditions=pikku-source', join(folder, 'node_modules', 'aws-lambda-ric', 'index.mjs')],
    {
      env: {
        ...process.env,
        AWS_LAMBDA_FUNCTION_NAME: 'test',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/test',
        AWS_LAMBDA_LOG_STREAM_NAME: 'test',
        AWS_LAMBDA_RUNTIME_API: await runtimeApi.start(),
        LAMBDA_TASK_ROOT: import.meta.dirname,
        _HANDLER: `function.${name}`,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const server = createServer(async (request, response) => {
    try {
      await gateway.answer(await runtimeApi.invoke(await gateway.event(request)), response)
    } catch (error) {
      response.writeHead(502).end(String(error))
    }
  })
  // Otherwise requests would wait for a function that is no more.
  client.once('exit', () => server.closeAllConnections())
  server.listen(0)
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      const ended = once(client, 'exit')
      client.kill()
      await ended
      server.close()
      server.closeAllConnections()
      runtimeApi.close()
    },
  }
}
