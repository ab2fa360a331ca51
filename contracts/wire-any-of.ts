import * as z from 'zod'
import { isOfOthers, merged, type NamesOfEach } from './parse/joined.ts'

/**
 * Objects of a union that have keys of their own each, and may be several at once. As one of `z.ZodType` its type would cost
 * the checker some 400 instantiations more each time.
 */
export type AnyOf<Members extends readonly z.core.SomeType[]> = z.ZodUnion<Members>

interface Definition extends z.core.$ZodUnionDef {
  readonly names?: NamesOfEach
}

const initialize: (schema: z.ZodUnion, definition: Definition) => void = z.ZodUnion.init

const Any = /*@__PURE__*/ z.core.$constructor<z.ZodUnion, Definition>('PikkuAnyOf', (schema, definition) => {
  initialize(schema, definition)
  const { options, names } = definition
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
    const results = options.map((option) => option._zod.run({ value, issues: [] }, context))
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
export function anyOf<const Members extends readonly z.core.SomeType[]>(
  members: Members,
  names?: NamesOfEach,
): AnyOf<Members>
export function anyOf(options: readonly z.core.$ZodType[], names?: NamesOfEach): z.ZodUnion {
  return new Any({ type: 'union', options, ...(names ? { names } : {}) })
}
