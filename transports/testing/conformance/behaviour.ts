import type { Flag } from './flags.ts'
import type { Target } from './target.ts'

/** Something that the app does whatever it runs on. */
export interface Behaviour {
  /** The kind of thing it is: `bad input`. */
  readonly group: string
  /** What the app does: `answers 415 to another content type`. */
  readonly name: string
  /** What the runtime must be able to do. */
  readonly needs?: Flag
  /** Fails when the app does not do it. Knows the server by its address alone. */
  run(target: Target): Promise<void>
}

/** Makes the behaviours of a group: `it(name, run)`, or `it(name, 'streaming', run)` when that is needed. */
export function group(group: string, describe: (it: Describe) => void): readonly Behaviour[] {
  const behaviours: Behaviour[] = []
  describe((name, ...rest) => {
    const [run, needs] = rest.length === 1 ? rest : ([rest[1], rest[0]] as const)
    behaviours.push({ group, name, run, ...(needs ? { needs } : {}) })
  })
  return behaviours
}

type Run = Behaviour['run']
type Describe = (name: string, ...rest: [run: Run] | [needs: Flag, run: Run]) => void
