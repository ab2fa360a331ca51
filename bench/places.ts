import { dirname, join } from 'node:path'

/** The top folder of the repository. */
export const root = dirname(import.meta.dirname)

/** What benches write while they run; git knows nothing of it. */
export const work = join(import.meta.dirname, '.work')
