// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { invalid, isObject, uuid } from 'pikku/parse'

/** What `answers.report` takes. */
export function decodeReportInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  return { id }
}
