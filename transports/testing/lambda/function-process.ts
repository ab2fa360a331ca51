import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/**
 * A process of a function, run by Amazon's runtime client.
 *
 * @param folder where the runtime client is installed.
 * @param handler `file.export` of this folder.
 * @param runtimeApi the value of AWS_LAMBDA_RUNTIME_API.
 */
export function startFunction(
  folder: string,
  handler: string,
  runtimeApi: string,
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const client = join(folder, 'node_modules', 'aws-lambda-ric', 'index.mjs')
  return spawn(process.execPath, ['--conditions=pikku-source', '--no-warnings', client], {
    env: {
      ...process.env,
      ...env,
      AWS_LAMBDA_FUNCTION_NAME: 'test',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/test',
      AWS_LAMBDA_LOG_STREAM_NAME: 'test',
      AWS_LAMBDA_RUNTIME_API: runtimeApi,
      LAMBDA_TASK_ROOT: import.meta.dirname,
      _HANDLER: handler,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
