import pino from 'pino'
import type { Log } from '../../core/index.ts'

/** The log of servers on Node that bring none of their own: JSON lines on the standard output, from `LOG_LEVEL` (`info`) on. */
export function createLog(): Log {
  return pino({ level: process.env.LOG_LEVEL ?? 'info', base: null, serializers: { error: pino.stdSerializers.err } })
}
