import type { Location } from '../diagnostic.ts'
import type { AppModel, OwnSchema } from '../model.ts'
import { partsOf } from '../print/parts.ts'
import type { Shape } from '../shape.ts'

/** A schema of the user's that operations use. */
export interface SchemaUse {
  readonly schema: OwnSchema
  readonly side: 'input' | 'output'
  /** Where to tell of it: an operation whose option it is. */
  readonly at?: Location
  readonly path?: string
}

/** The same for the same schema on the same side. */
export function keyOf({ module, export: name, member = '' }: OwnSchema, side: SchemaUse['side']): string {
  return JSON.stringify([module, name, member, side])
}

/** Every schema of the user's in a model, once for each side. One in a type is an output where outputs lead to it. */
export function usesIn({ operations, types }: AppModel): Map<string, SchemaUse> {
  const uses = new Map<string, SchemaUse>()
  const given = new Set<string>()
  const follow = (shape: Shape): void => {
    if (shape.kind === 'ref' && !given.has(shape.name)) {
      given.add(shape.name)
      const named = types.get(shape.name)
      if (named) follow(named.shape)
    }
    for (const part of partsOf(shape)) follow(part)
  }
  const found = [...types.values()].filter(({ shape }) => shape.kind === 'schema')
  if (found.length > 0) for (const { output } of operations) if (output) follow(output)
  for (const { name, shape } of found) {
    if (shape.kind !== 'schema') continue
    const side = given.has(name) ? 'output' : 'input'
    uses.set(keyOf(shape, side), { schema: shape, side })
  }
  for (const { name, at, schemas = {} } of operations) {
    for (const side of ['input', 'output'] as const) {
      const schema = schemas[side]
      if (schema) uses.set(keyOf(schema, side), { schema, side, at, path: `${name} ${side}` })
    }
  }
  return uses
}
