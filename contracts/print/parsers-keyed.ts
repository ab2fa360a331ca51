import type { KeyedShape, Shape } from '../shape.ts'
import { isKeyForm, membersOf, resolve } from './overlap.ts'
import type { ShapeParser } from './parsers-context.ts'
import { misfits, noneOf } from './parsers-leaf.ts'
import { writeObject } from './parsers-objects.ts'
import { stringText } from './text.ts'

/** An object with properties, and others that hold what the form of their key says. */
export function writeKeyed(writer: ShapeParser, { properties, signatures }: KeyedShape, value: string): string {
  const { body } = writer
  const named = writeObject(writer, { kind: 'object', properties }, value)
  const result = body.local(value)
  body.line([`const ${result}: ${writer.use('Fields')} = `, named])
  const key = body.local('key')
  body.block(`for (const ${key} of Object.keys(${value}))`, () => {
    const known = ["'__proto__'", ...properties.map(({ name }) => stringText(name))]
    body.line(`if (${known.map((name) => `${key} === ${name}`).join(' || ')}) continue`)
    const item = body.local('item')
    body.line(`const ${item}: unknown = ${value}[${key}]`)
    const put = (shape: Shape) => body.line([`${result}[${key}] = `, writer.write(shape, item)])
    const any = signatures.find((signature) => !isKeyForm(signature.key, writer.context.types))
    const forms = signatures.filter((signature) => signature !== any)
    const other = any && forms.length > 0 ? body.local('other') : undefined
    if (other) body.line(`let ${other} = true`)
    // The first form of the key says what is made of its value; it must be of all the others too.
    for (const form of forms.toReversed()) {
      body.block(`if (${isOfForm(writer, form.key, key)})`, () => {
        if (other) body.line(`${other} = false`)
        put(form.value)
      })
    }
    if (any && other) body.block(`if (${other})`, () => put(any.value))
    else if (any) put(any.value)
  })
  return result
}

/** The condition that a key is of a form. */
function isOfForm(writer: ShapeParser, form: Shape, key: string): string {
  const { context } = writer
  const conditions = membersOf(form, context.types).map((member) => {
    const shape = resolve(member, context.types)
    if (shape.kind === 'number') return `${writer.use('numericKey')}(${key}) !== undefined`
    return noneOf(misfits(shape, key, context) ?? [])
  })
  return conditions.join(' || ')
}
