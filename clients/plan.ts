/**
 * Which places of a value are not what JSON has, and what they are. The generated client carries one for each
 * input, output and error data that needs it, instead of a schema.
 *
 * `'d'` Date, `'n'` bigint, `'u'` URL, `'b'` Uint8Array, `'B'` ArrayBuffer; `['a', items]` array, `['r', values]`
 * record, `['t', item, …]` tuple, whose last may be `['…', items]` for what follows, `['e', first, last, -2]` tuple
 * whose rest two items follow, as two tuples, `['o', properties, others?]` object, `['m', key, value]` map as pairs,
 * `['M', value]` map as object, `['s', items]` set, `['v', property, plans by its value]` union told apart
 * by a property, `['#', name]` a plan of the table of plans. `0` stands for a place that is as JSON has it.
 * What no plan names is left alone; `others` is for the properties that an object has beside the named ones.
 */
export type Plan =
  | 'd'
  | 'n'
  | 'u'
  | 'b'
  | 'B'
  | readonly ['a' | 'r' | 's' | 'M' | '…', Plan | 0]
  | readonly ['t', ...(Plan | 0)[]]
  | readonly ['e', Plan | 0, Plan | 0, number]
  | readonly ['o', Plans, (Plan | 0)?]
  | readonly ['m', Plan | 0, Plan | 0]
  | readonly ['v', string, Plans]
  | readonly ['#', string]

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
  if (typeof plan === 'string') return reviving ? reviveLeaf(plan, value as string) : encodeLeaf(plan, value)
  const inner = (part: Part, item: unknown) => convert(part, item, plans, reviving)
  switch (plan[0]) {
    case 'a':
    case 't':
      // The last plan, of an array the only one, goes for all that follow.
      return [...(value as Iterable<unknown>)].map((item, at) => inner((plan[at + 1] ?? plan.at(-1)) as Part, item))
    case 'e': {
      const part = (of: Part, ...ends: number[]) => inner(of, (value as unknown[]).slice(...ends)) as unknown[]
      return [...part(plan[1], 0, plan[3]), ...part(plan[2], plan[3])]
    }
    case 's': {
      const items = inner(['a', plan[1]], value) as unknown[]
      return reviving ? new Set(items) : items
    }
    case 'm': {
      const pairs = inner(['a', ['t', plan[1], plan[2]]], value) as [unknown, unknown][]
      return reviving ? new Map(pairs) : pairs
    }
    case 'M': {
      const record = inner(['r', plan[1]], reviving ? value : Object.fromEntries(value as Map<string, unknown>))
      return reviving ? new Map(Object.entries(record as object)) : record
    }
    case 'r':
      return inner(['o', {}, plan[1]], value)
    case 'o': {
      // Every key, `__proto__` too, is an own one here, so that setting it sets nothing else.
      const fields = (reviving ? value : { ...value }) as Record<string, unknown>
      for (const name in fields) fields[name] = inner(own(plan[1], name) ?? plan[2], fields[name])
      return fields
    }
    case 'v':
      return inner(own(plan[2], String((value as Record<string, unknown>)[plan[1]])), value)
    case '…':
      return inner(plan[1], value)
    case '#':
      return inner(own(plans, plan[1]), value)
  }
}

/** A plan of that name; names come from the wire too. */
export function own(plans: Plans = {}, name: string): Part {
  return Object.hasOwn(plans, name) ? plans[name] : undefined
}

function reviveLeaf(plan: string, wire: string): unknown {
  if (plan === 'n') return BigInt(wire)
  if (plan === 'u') return new URL(wire)
  if (/b/i.test(plan)) {
    const bytes = Uint8Array.from(atob(wire), (char) => char.charCodeAt(0))
    return plan === 'b' ? bytes : bytes.buffer
  }
  const date = new Date(wire)
  // This throws when the date is invalid, which making it does not.
  date.toISOString()
  return date
}

function encodeLeaf(plan: string, value: unknown): unknown {
  // JSON.stringify knows dates.
  if (plan === 'd') return value
  if (!/b/i.test(plan)) return `${value}`
  return btoa(Array.from(new Uint8Array(value as ArrayBuffer), (byte) => String.fromCharCode(byte)).join(''))
}
