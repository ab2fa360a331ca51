// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'

/** What `answers.report` takes. */
export interface ReportInput {
  /** @format uuid */
  id: string
}
export const ReportInput = z.object({ id: z.guid() })
