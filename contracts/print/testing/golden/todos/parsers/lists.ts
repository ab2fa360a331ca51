// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { invalid } from 'pikku/parse'
import { encodeTodo } from './shared.ts'

/** What `lists.due` gives. */
export function encodeDueOutput(value: unknown): unknown {
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    const item2 = encodeTodo(item)
    if (item2 === invalid) return invalid
    value2.push(item2)
  }
  return value2
}
