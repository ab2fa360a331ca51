import * as z from 'zod'

type Inputs<Items extends readonly z.core.$ZodType[]> = { [At in keyof Items]: z.input<Items[At]> }
type Outputs<Items extends readonly z.core.$ZodType[]> = { [At in keyof Items]: z.output<Items[At]> }
type List = readonly z.core.$ZodType[]

/** A tuple with items behind its rest: `[string, ...number[], boolean]`. */
export type TupleWithEnd<First extends List, Rest extends z.core.$ZodType, Last extends List> = z.ZodType<
  [...Outputs<First>, ...z.output<Rest>[], ...Outputs<Last>],
  [...Inputs<First>, ...z.input<Rest>[], ...Inputs<Last>]
>

interface Definition extends z.core.$ZodTypeDef {
  readonly first: List
  readonly rest: z.core.$ZodType
  readonly last: List
}

interface TupleSchema extends z.ZodType {
  readonly _zod: z.core.$ZodTypeInternals & { def: Definition }
}

const initialize: (schema: z.ZodType, definition: z.core.$ZodTypeDef) => void = z.ZodType.init

const Tuple = /*@__PURE__*/ z.core.$constructor<TupleSchema, Definition>('PikkuTuple', (schema, definition) => {
  initialize(schema, definition)
  const { first, rest, last } = definition
  schema._zod.parse = (payload, context) => {
    const given: unknown = payload.value
    const more = Array.isArray(given) ? given.length - first.length - last.length : 0
    if (more < 0) {
      const minimum = first.length + last.length
      payload.issues.push({ code: 'too_small', origin: 'array', minimum, inclusive: true, input: given, inst: schema })
      return payload
    }
    // How many items there are says which place each of them has.
    const items = [...first, ...Array.from({ length: more }, () => rest), ...last]
    return z.tuple(items as [z.core.$ZodType, ...z.core.$ZodType[]])._zod.run(payload, context)
  }
})

/** A tuple of first items, any number of others, and last items. */
export function tuple<const First extends List, Rest extends z.core.$ZodType, const Last extends List>(
  first: First,
  rest: Rest,
  last: Last,
): TupleWithEnd<First, Rest, Last> {
  const schema: z.ZodType = new Tuple({ type: 'custom', first, rest, last })
  return schema as TupleWithEnd<First, Rest, Last>
}
