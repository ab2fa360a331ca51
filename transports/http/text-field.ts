import { type FormField, PikkuError, type TextField } from '../../core/index.ts'

/** What was sent under a name: every occurrence, in order. Texts, or the files of a form. */
export type ValuesOf = (name: string) => readonly unknown[] | undefined

/**
 * The wire value of a field of a query or a form. A text becomes a number or a boolean only where the contract has
 * one, and only when it is written as such; what is not is left for the contract to refuse.
 */
export function readField(valuesOf: ValuesOf, field: FormField, name = field.name): unknown {
  const found = findField(valuesOf, field, name)
  if (found !== undefined || !field.required) return found
  if (field.type === 'object') return toObject(valuesOf, field.fields ?? [], name)
  return field.many ? [] : found
}

function findField(valuesOf: ValuesOf, field: FormField, name: string): unknown {
  if (field.type === 'object') return findObject(valuesOf, field.fields ?? [], name)
  const values = valuesOf(name)
  if (values && values.length > maxValues) {
    throw new PikkuError('BAD_REQUEST', { detail: `There are more than ${maxValues} fields of one name.` })
  }
  if (!values || values.length === 0) return undefined
  if (field.many) return values.map((value) => toWire(value, field.type))
  // What is given twice is no single value, and the contract says so.
  return values.length === 1 ? toWire(values[0], field.type) : values
}

/** How often one name is taken at most. */
const maxValues = 1_000

/**
 * Each property has its name in brackets: `filter[status]=open`. The names are those of the contract, so nothing that
 * is sent makes an object deeper or another one.
 */
function findObject(valuesOf: ValuesOf, fields: readonly TextField[], name: string): unknown {
  const isThere = fields.some((field) => findField(valuesOf, field, nameIn(name, field)) !== undefined)
  return isThere ? toObject(valuesOf, fields, name) : undefined
}

function nameIn(name: string, field: TextField): string {
  return `${name}[${field.name}]`
}

function toObject(valuesOf: ValuesOf, fields: readonly TextField[], name: string): object {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = readField(valuesOf, field, nameIn(name, field))
      return value === undefined ? [] : [[field.name, value]]
    }),
  )
}

/** The value on the wire that a text stands for. */
export function toWire(value: unknown, type: FormField['type']): unknown {
  if (typeof value !== 'string') return value
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value
  if (type === 'number' && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) return Number(value)
  return value
}
