import type { MapShape, Property, Shape } from '../shape.ts'
import { type Layout, render } from './layout.ts'
import { isKeyForm, isText, membersOf, resolve } from './overlap.ts'
import type { ShapeParser } from './parsers-context.ts'
import { misfits } from './parsers-leaf.ts'
import { writeObject } from './parsers-objects.ts'
import { literalKeys } from './zod-text.ts'

/** An object of any keys, or of those that its type names. */
export function writeRecord(writer: ShapeParser, keys: Shape, shape: Shape, value: string): Layout {
  const names = literalKeys(keys, writer.context.types)
  if (names) {
    const properties = names.map((name): Property => ({ name, shape, optional: false }))
    return writeObject(writer, { kind: 'object', properties }, value)
  }
  writer.refuse([`!${writer.use('isRecord')}(${value})`])
  const result = writer.body.local(value)
  writer.body.line(`const ${result}: ${writer.use('Fields')} = {}`)
  // Keys of another form are none of the type, as those are that an object does not name.
  const skips = isKeyForm(keys, writer.context.types)
  eachKey(writer, keys, value, skips, (key, name) => {
    writeEntry(writer, shape, value, key, (item) => [`${result}[${name}] = `, item])
  })
  return result
}

/** A map, which is an object or an array of pairs on the wire. */
export function writeMap(writer: ShapeParser, { key, value: items }: MapShape, value: string): string {
  const textual = isText(key, writer.context.types)
  if (writer.decodes && textual) {
    writer.refuse([`!${writer.use('isRecord')}(${value})`])
    const result = writer.body.local(value)
    writer.body.line(`const ${result} = new Map<unknown, unknown>()`)
    eachKey(writer, key, value, false, (key, name) => {
      writeEntry(writer, items, value, key, (item) => [`${result}.set(${name}, `, item, ')'])
    })
    return result
  }
  let source = value
  if (writer.decodes) source = writer.called(`${writer.use('toPairs')}(${value})`, value)
  else writer.refuse([`!(${value} instanceof Map)`])
  const result = writer.body.local(value)
  const object = textual && !writer.decodes
  writer.body.line(
    object ? `const ${result}: ${writer.use('Fields')} = {}` : `const ${result} = new Map<unknown, unknown>()`,
  )
  const name = writer.body.local('key')
  const item = writer.body.local('item')
  writer.body.block(`for (const [${name}, ${item}] of ${source} as Map<unknown, unknown>)`, () => {
    const outName = writer.write(key, name)
    if (object) {
      const text = writer.body.local('key')
      writer.body.line([`const ${text} = String(`, outName, ')'])
      writer.refuse([`${text} === '__proto__'`])
      writer.body.line([`${result}[${text}] = `, writer.write(items, item)])
    } else writer.body.line([`${result}.set(`, outName, ', ', writer.write(items, item), ')'])
  })
  return object || writer.decodes ? result : `[...${result}]`
}

/** Writes what parses the value under a key. */
function writeEntry(
  writer: ShapeParser,
  shape: Shape,
  value: string,
  key: string,
  put: (item: Layout) => Layout,
): void {
  const item = writer.body.local('item')
  writer.body.line(`const ${item}: unknown = ${value}[${key}]`)
  writer.body.line(put(writer.write(shape, item)))
}

/** For each key of an object, and what it is parsed into. */
function eachKey(
  writer: ShapeParser,
  shape: Shape,
  value: string,
  skips: boolean,
  write: (key: string, name: string) => void,
): void {
  const key = writer.body.local('key')
  writer.body.block(`for (const ${key} of Object.keys(${value}))`, () => {
    writer.body.line(`if (${key} === '__proto__') continue`)
    write(key, writeKey(writer, shape, key, skips))
  })
}

function writeKey(writer: ShapeParser, shape: Shape, key: string, skips: boolean): string {
  const members = membersOf(shape, writer.context.types).map((member) => resolve(member, writer.context.types))
  if (members.every(isPlainText)) return key
  const name = writer.body.local(key)
  if (skips && !members.some(isNumeric)) {
    const conditions = misfits(shape, key, writer.context) ?? []
    writer.body.line(`if (${conditions.join(' || ')}) continue`)
    return key
  }
  if (!members.some(isNumeric)) {
    writer.body.line(`const ${name}: unknown = ${key}`)
    return `String(${render(writer.write(shape, name))})`
  }
  const conditions = misfits(shape, name, writer.context) ?? []
  if (members.every(isNumeric)) writer.body.line(`const ${name}: unknown = ${writer.use('numericKey')}(${key})`)
  else {
    writer.body.line(`let ${name}: unknown = ${key}`)
    writer.body.line(`if (${conditions.join(' || ')}) ${name} = ${writer.use('numericKey')}(${key})`)
  }
  if (skips) writer.body.line(`if (${conditions.join(' || ')}) continue`)
  else writer.refuse(conditions)
  return `String(${name})`
}

const notes: ReadonlySet<string> = new Set(['description', 'deprecated', 'examples', 'default', 'secret'])

/** Whether every key is such a text. */
function isPlainText(shape: Shape): boolean {
  return shape.kind === 'string' && Object.keys(shape).every((rule) => rule === 'kind' || notes.has(rule))
}

function isNumeric(shape: Shape): boolean {
  return shape.kind === 'number' || (shape.kind === 'literal' && typeof shape.value === 'number')
}
