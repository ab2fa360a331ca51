// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

export interface Settings {
  /**
   * @integer
   * @default 10
   */
  size?: number | undefined
  /** @default "'dark'" */
  theme?: string | undefined
}
export const Settings = z.object({
  size: z.int().default(10),
  theme: z.string().optional().default("'dark'"),
})

/** What `defaults.set` takes. */
export interface SetInput {
  /** @default "on" */
  mode?: 'on' | 'off' | undefined
  /** @default "2026-01-01T00:00:00Z" */
  since?: Date | undefined
  /** @default [] */
  tags?: string[] | undefined
  settings: Settings
}
export const SetInput = z.object({
  mode: z.enum(['on', 'off']).default('on'),
  since: wire.date().optional().prefault('2026-01-01T00:00:00Z'),
  tags: z.array(z.string()).prefault([]),
  settings: Settings,
})

/** What `defaults.set` gives. */
export type SetOutput = Settings
export const SetOutput = Settings
