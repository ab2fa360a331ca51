import type { Flag } from './flags.ts'
import type { Target } from './target.ts'

/** Something that the app does whatever it runs on. */
export interface Behaviour {
  /** The kind of thing it is: `bad input`. */
  readonly group: string
  /** What the app does: `answers 415 to another content type`. */
  readonly name: string
  /** What the runtime must be able to do. */
  readonly needs: readonly Flag[]
  /** Fails when the app does not do it. Knows the server by its address alone. */
  run(target: Target): Promise<void>
}

/** Makes the behaviours of a group: `it(name, run)`, or `it(name, 'streaming', run)` when that is needed. */
export function group(group: string, describe: (it: Describe) => void): readonly Behaviour[] {
  const behaviours: Behaviour[] = []
  describe((name, ...rest) => {
    const run = rest.at(-1) as Run
    behaviours.push({ group, name, run, needs: rest.slice(0, -1) as Flag[] })
  })
  return behaviours
}

/** The behaviours that a runtime can have which lacks these. */
export function possible(behaviours: readonly Behaviour[], lacks: readonly Flag[]): readonly Behaviour[] {
  return behaviours.filter(({ needs }) => !needs.some((flag) => lacks.includes(flag)))
}

type Run = Behaviour['run']
type Describe = (name: string, ...rest: [...needs: Flag[], run: Run]) => void
