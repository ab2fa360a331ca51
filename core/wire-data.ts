import { PikkuError } from './errors.ts'
import { toIssues } from './issues.ts'
import type { Log } from './log.ts'
import { codecsOf, type Operation } from './operation.ts'

/** An error with its data as it goes on the wire: what the contract of the operation names of it, and nothing else. */
export async function withWireData(error: PikkuError, operation: Operation, log: Log): Promise<PikkuError> {
  const { code, status, message: detail, issues, retryAfter } = error
  const bare = {
    status,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(detail === code ? {} : { detail }),
    ...(issues ? { issues } : {}),
  }
  try {
    const encode = (await codecsOf(operation)).errors.get(code)
    if (!encode) {
      log.warn({ code }, 'an error that the function does not declare: its data was left out')
      return new PikkuError(code, bare)
    }
    const data = await encode(error.data)
    if (data.success) return new PikkuError(code, { ...bare, data: data.data })
    log.error({ code, issues: toIssues(data.error.issues) }, 'the data of an error does not fit its contract')
  } catch (error) {
    // Such as a date that is none, or a schema that could not be loaded.
    log.error({ code, error }, 'the data of an error could not be encoded')
  }
  return new PikkuError(code, bare)
}
