import * as z from 'zod'

/** What the keys of one form hold: the schema of the keys and that of their values. */
type Signatures = readonly (readonly [key: z.core.$ZodType, value: z.core.$ZodType])[]

type OutputsOf<Given> = Given extends readonly [
  readonly [infer Key extends z.core.$ZodType, infer Value extends z.core.$ZodType],
  ...infer Rest,
]
  ? { [Name in z.output<Key> & PropertyKey]: z.output<Value> } & OutputsOf<Rest>
  : unknown

type InputsOf<Given> = Given extends readonly [
  readonly [infer Key extends z.core.$ZodType, infer Value extends z.core.$ZodType],
  ...infer Rest,
]
  ? { [Name in z.output<Key> & PropertyKey]: z.input<Value> } & InputsOf<Rest>
  : unknown

/** An object whose keys hold what their forms say: ``{ id: string; [key: `x-${string}`]: number }``. */
export type KeyedObject<Named extends z.ZodObject, Given extends Signatures> = z.ZodType<
  OutputOf<Named> & OutputsOf<Given>,
  InputOf<Named> & InputsOf<Given>
>

/** To Zod, an object without properties has none of any name. */
type OutputOf<Named extends z.ZodObject> = keyof Named['shape'] extends never ? unknown : z.output<Named>
type InputOf<Named extends z.ZodObject> = keyof Named['shape'] extends never ? unknown : z.input<Named>

interface Definition extends z.core.$ZodTypeDef {
  readonly named: z.ZodObject
  readonly signatures: Signatures
}

interface KeyedSchema extends z.ZodType {
  readonly _zod: z.core.$ZodTypeInternals & { def: Definition }
}

const initialize: (schema: z.ZodType, definition: z.core.$ZodTypeDef) => void = z.ZodType.init

const Keyed = /*@__PURE__*/ z.core.$constructor<KeyedSchema, Definition>('PikkuKeyed', (schema, definition) => {
  initialize(schema, definition)
  const { named, signatures } = definition
  schema._zod.parse = (payload, context) => {
    const given: unknown = payload.value
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      payload.issues.push({ code: 'invalid_type', expected: 'object', input: given, inst: schema })
      return payload
    }
    const fields = given as Readonly<Record<string, unknown>>
    const result: Record<string, unknown> = {}
    const waiting: Promise<void>[] = []
    const run = (part: z.core.$ZodType, value: unknown, path: string[], put: (value: unknown) => void): void => {
      const take = ({ issues, value: made }: z.core.ParsePayload): void => {
        payload.issues.push(...issues.map((issue) => ({ ...issue, path: [...path, ...(issue.path ?? [])] })))
        put(made)
      }
      const parsed = part._zod.run({ value, issues: [] }, context)
      if (parsed instanceof Promise) waiting.push(parsed.then(take))
      else take(parsed)
    }
    run(named, fields, [], (made) => Object.assign(result, made))
    for (const key of Object.keys(fields)) {
      if (key === '__proto__' || Object.hasOwn(named.shape, key)) continue
      // The first form of the key says what is made of its value; it must be of all the others too.
      for (const value of valuesOf(signatures, key).reverse()) {
        run(value, fields[key], [key], (made) => {
          result[key] = made
        })
      }
    }
    payload.value = result
    return waiting.length === 0 ? payload : Promise.all(waiting).then(() => payload)
  }
})

/** The schemas for the value of a key: of the forms that it has, or else of any text. */
function valuesOf(signatures: Signatures, key: string): z.core.$ZodType[] {
  const formed = signatures.filter(([form]) => !isAnyText(form) && isOfForm(form, key))
  const found = formed.length > 0 ? formed : signatures.filter(([form]) => isAnyText(form))
  return found.map(([, value]) => value)
}

function isAnyText({ _zod: { def } }: z.core.$ZodType): boolean {
  return def.type === 'string' && def.checks === undefined
}

/** Whether a key is of the form that a schema of keys asks for; numbers are looked at as numbers. */
export function isOfForm(form: z.core.$ZodType, key: PropertyKey): boolean {
  const takes = (name: unknown): boolean => z.safeParse(form, name).success
  return takes(key) || (typeof key === 'string' && /^-?\d+(?:\.\d+)?$/.test(key) && takes(Number(key)))
}

/**
 * An object with properties of its own, and others whose keys say what they hold. Keys of no form are dropped, unless
 * one of the forms is any text.
 */
export function keyed<Named extends z.ZodObject, const Given extends Signatures>(
  named: Named,
  signatures: Given,
): KeyedObject<Named, Given> {
  const schema: z.ZodType = new Keyed({ type: 'custom', named, signatures })
  return schema as KeyedObject<Named, Given>
}
