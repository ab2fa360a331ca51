// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'

/** What `probe.noted` takes. */
export interface NotedInput {
  id: string
}
export const NotedInput = z.object({ id: z.string() })

/** What `probe.noted` gives. */
export interface NotedOutput {
  text?: string | undefined
}
export const NotedOutput = z.object({ text: z.string().optional() })

/** What `probe.forget` takes. */
export interface ForgetInput {
  id: string
}
export const ForgetInput = z.object({ id: z.string() })

/** What `probe.logged` takes. */
export interface LoggedInput {
  text: string
}
export const LoggedInput = z.object({ text: z.string() })

/** What `probe.logged` gives. */
export type LoggedOutput = string[]
export const LoggedOutput = z.array(z.string())

/** What `probe.caller` takes. */
export type CallerInput = Record<string, never>
export const CallerInput = z.object({})

/** What `probe.caller` gives. */
export interface CallerOutput {
  address?: string | undefined
  protocol: string
  host: string
}
export const CallerOutput = z.object({
  address: z.string().optional(),
  protocol: z.string(),
  host: z.string(),
})

/** What `probe.polluted` takes. */
export type PollutedInput = Record<string, never>
export const PollutedInput = z.object({})

/** What `probe.polluted` gives. */
export type PollutedOutput = boolean
export const PollutedOutput = z.boolean()
