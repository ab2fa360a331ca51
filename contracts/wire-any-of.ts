import * as z from 'zod'
import { isOfOthers, merged, type NamesOfEach } from './parse/joined.ts'

type Objects = readonly [z.core.$ZodType, z.core.$ZodType, ...z.core.$ZodType[]]

/** Objects of a union that have keys of their own each, and may be several at once. */
export type AnyOf<Members extends Objects> = z.ZodType<z.output<Members[number]>, z.input<Members[number]>>

interface Definition extends z.core.$ZodTypeDef {
  readonly members: Objects
  readonly names: NamesOfEach | undefined
}

interface AnyOfSchema extends z.ZodType {
  readonly _zod: z.core.$ZodTypeInternals & { def: Definition }
}

const initialize: (schema: z.ZodType, definition: z.core.$ZodTypeDef) => void = z.ZodType.init

const Any = /*@__PURE__*/ z.core.$constructor<AnyOfSchema, Definition>('PikkuAnyOf', (schema, definition) => {
  initialize(schema, definition)
  const { members, names } = definition
  schema._zod.parse = (payload, context) => {
    const { value } = payload
    const settle = (results: readonly z.core.ParsePayload[]): z.core.ParsePayload => {
      const fits = results.filter(({ issues }, at) => issues.length === 0 && !isOfOthers(value, at, names))
      if (fits.length > 0) {
        payload.value = merged(fits.map((fit) => fit.value))
        return payload
      }
      const errors = results.map(({ issues }) =>
        issues.map((issue) => z.core.util.finalizeIssue(issue, context, z.core.config())),
      )
      payload.issues.push({ code: 'invalid_union', input: value, inst: schema, errors })
      return payload
    }
    const results = members.map((member) => member._zod.run({ value, issues: [] }, context))
    const done = results.flatMap((result) => (result instanceof Promise ? [] : [result]))
    return done.length === results.length ? settle(done) : Promise.all(results).then(settle)
  }
})

/**
 * What fits one of these objects, or several: it keeps the keys of all that it fits. `z.union` would keep those of the
 * first alone.
 *
 * @param names the names of each, where one of them needs none: of a value with names of others only, it is none.
 */
export function anyOf<const Members extends Objects>(members: Members, names?: NamesOfEach): AnyOf<Members> {
  const schema: z.ZodType = new Any({ type: 'custom', members, names })
  return schema as AnyOf<Members>
}
