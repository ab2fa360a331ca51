import type { OperationModel } from '../model.ts'
import type { Problems } from './problems.ts'
import { refsIn } from './reach.ts'
import type { Registry } from './registry.ts'

/** Reports classes with methods or private fields that an input reaches: what is decoded is a plain object. */
export function checkInputs(operations: readonly OperationModel[], registry: Registry, problems: Problems): void {
  for (const { name, input, at } of operations) {
    const seen = new Set(input ? refsIn(input) : [])
    for (const key of seen) {
      const entry = registry.get(key)
      if (entry.shape) for (const next of refsIn(entry.shape)) seen.add(next)
      if (!entry.classMembers) continue
      const lost = entry.classMembers.join(', ')
      const why = `${entry.name?.base ?? 'This class'} has ${lost}, which an object from the wire has not.`
      problems.add('PK1110', at, `${why} Take an interface of its data as input.`, `${name} input`)
    }
  }
}
