import { braces, type Layout, list } from './layout.ts'
import type { Plan, PlanPart, PlanTable } from './plan.ts'
import { literalText, propertyText, stringText } from './text.ts'

/** The plan as it stands in `client.ts`; `pieces` gets the names of what of `pikku/client` it is made with. */
export function planLayout(plan: PlanPart, pieces: Set<string>): Layout {
  if (typeof plan === 'number') return literalText(plan)
  if (typeof plan === 'string') return functionOf(plan, pieces) ?? stringText(plan)
  if (isTable(plan)) {
    const inner = Object.entries(plan).map(([key, part]) => {
      // The compiler takes `constructor` for that of every object, and what is in it for no plan.
      const isMade = functions.has(String(Array.isArray(part) ? part[0] : part))
      const last = key in Object.prototype && !isMade ? ' as const' : ''
      return [`${propertyText(key)}: `, planLayout(part, pieces), last]
    })
    return braces(inner)
  }
  const made = functionOf(plan[0], pieces)
  const parts = partsOf(plan, pieces)
  return made ? [made, list('(', parts, ')')] : list('[', [stringText(plan[0]), ...parts], ']')
}

/** What stands behind the kind of a plan. */
function partsOf(plan: Exclude<Plan, 0 | string>, pieces: Set<string>): Layout[] {
  if (plan[0] === '!') {
    const [, inner, ...values] = plan
    return [planLayout(inner, pieces), ...values.map(literalText)]
  }
  if (plan[0] === 'k') {
    const [, properties, forms, others] = plan
    const pairs = forms.map((form) => list('[', [form.pattern, planLayout(form.plan, pieces)], ']'))
    const last = others === 0 ? [] : [planLayout(others, pieces)]
    return [planLayout(properties, pieces), list('[', pairs, ']'), ...last]
  }
  const [kind, ...parts] = plan
  const named = kind === '#' || kind === 'v' ? 1 : 0
  const names = parts.splice(0, named).map((name) => stringText(name as string))
  return [...names, ...parts.map((part) => planLayout(part, pieces))]
}

function isTable(part: Exclude<PlanPart, 0 | string>): part is PlanTable {
  return !Array.isArray(part)
}

/** The plans that are functions, or made by one: only the clients that use them load them. */
const functions = new Map([
  ['u', 'url'],
  ['b', 'bytes'],
  ['B', 'buffer'],
  ['s', 'set'],
  ['m', 'map'],
  ['M', 'objectMap'],
  ['e', 'tupleEnds'],
  ['?', 'either'],
  ['!', 'unless'],
  ['k', 'keyed'],
])

function functionOf(kind: string, pieces: Set<string>): string | undefined {
  const name = functions.get(kind)
  if (name) pieces.add(name)
  return name
}
