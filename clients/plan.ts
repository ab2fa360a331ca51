/**
 * Which places of a value are not what JSON has, and what they are. The generated client carries one for each
 * input, output and error data that needs it, instead of a schema.
 *
 * `'d'` Date, `'n'` bigint, `['a', items]` array, `['r', values]` record, `['t', item, …]` tuple, whose last may be
 * `['…', items]` for what follows, `['o', properties, others?]` object, `['v', property, plans by its value]` union told
 * apart by a property, `['#', name]` a plan of the table of plans. All others are functions, which only the clients
 * that use them load. `0` stands for a place that is as JSON has it. What no plan names is left alone; `others` is for
 * the properties that an object has beside the named ones.
 */
export type Plan =
  | 'd'
  | 'n'
  | PlanFunction
  | readonly ['a' | 'r' | '…', Plan | 0]
  | readonly ['t', ...(Plan | 0)[]]
  | readonly ['o', Plans, (Plan | 0)?]
  | readonly ['v', string, Plans]
  | readonly ['#', string]

/** A plan that does itself what {@link convert} does; `inner` converts what is within. */
export type PlanFunction = (
  value: unknown,
  reviving: boolean,
  inner: (plan: Plan | 0 | undefined, value: unknown) => unknown,
) => unknown

/** Plans by name: of named types, of properties, of the members of a union. */
export interface Plans {
  readonly [name: string]: Plan | 0
}

type Part = Plan | 0 | undefined

/**
 * The value as JSON can carry it, or, `reviving`, the value that stands for what came as JSON; objects of the latter
 * are changed in their place, those of the caller never. `null` and what is absent stay so.
 *
 * @throws Error when what came cannot be what the plan says.
 */
export function convert(plan: Part, value: unknown, plans: Plans, reviving: boolean): unknown {
  if (!plan || value == null) return value
  if (plan === 'n') return reviving ? BigInt(value as string) : `${value}`
  // JSON.stringify knows dates.
  if (plan === 'd') return reviving ? toDate(value as string) : value
  const inner = (part: Part, item: unknown) => convert(part, item, plans, reviving)
  if (typeof plan === 'function') return plan(value, reviving, inner)
  switch (plan[0]) {
    case 'a':
    case 't':
      // The last plan, of an array the only one, goes for all that follow.
      return [...(value as Iterable<unknown>)].map((item, at) => inner((plan[at + 1] ?? plan.at(-1)) as Part, item))
    case 'r':
      return inner(['o', {}, plan[1]], value)
    case 'o': {
      // Every key, `__proto__` too, is an own one here, so that setting it sets nothing else.
      const fields = (reviving ? value : { ...value }) as Record<string, unknown>
      for (const name in fields) fields[name] = inner(own(plan[1], name) ?? plan[2], fields[name])
      return fields
    }
    case 'v':
      return inner(own(plan[2], `${(value as Record<string, unknown>)[plan[1]]}`), value)
    case '…':
      return inner(plan[1], value)
    case '#':
      return inner(own(plans, plan[1]), value)
  }
}

/** What a table has of that name; names come from the wire too. */
export function own<Entry>(table: Readonly<Record<string, Entry>> = {}, name: string): Entry | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

function toDate(wire: string): Date {
  const date = new Date(wire)
  // This throws when the date is invalid, which making it does not.
  date.toISOString()
  return date
}
