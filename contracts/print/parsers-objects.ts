import type { ObjectShape, Property, Shape } from '../shape.ts'
import { braces, type Layout, render } from './layout.ts'
import { isPlain, resolve, type Types } from './overlap.ts'
import { mayBeMissing, mayBeUndefined } from './parsers-absence.ts'
import type { ShapeParser } from './parsers-context.ts'
import { propertyText, stringText, valueText } from './text.ts'
import { isOptional } from './type-text.ts'

/** As many properties as the compiler follows through one function, with room to spare. */
const most = 200

/** An object: what it is parsed into has the properties of the shape and no other. */
export function writeObject(writer: ShapeParser, { properties, index }: ObjectShape, value: string): Layout {
  if (properties.length > most && !index) return writeInParts(writer, properties, value)
  writer.refuse([`!${writer.use('isObject')}(${value})`])
  const locals = new Map(properties.map((property) => [property, writer.body.local(property.name)]))
  const plain = [...locals].filter(([{ name }]) => !isInherited(name))
  if (plain.length > 0) {
    const names = plain.map(([{ name }, local]) => (name === local ? name : `${propertyText(name)}: ${local}`))
    writer.body.line(['const ', braces(names), ` = ${value}`])
  }
  for (const [{ name }, local] of locals) {
    if (isInherited(name)) writer.body.line(`const ${local} = ${writer.use('own')}(${value}, ${stringText(name)})`)
  }
  const parsed = [...locals].map(([property, local]) => ({
    property,
    layout: writeProperty(writer, property, local, value),
  }))
  const optional = parsed.findIndex(({ property }) => leavesOut(writer, property))
  const sure = optional === -1 ? parsed : parsed.slice(0, optional)
  const literal = braces(
    sure.map(({ property: { name }, layout }) => (layout === name ? name : [`${propertyText(name)}: `, layout])),
  )
  if (sure.length === parsed.length && !index) return literal
  const result = writer.body.local(value)
  writer.body.line([`const ${result}: ${writer.use('Fields')} = `, literal])
  for (const { property, layout } of parsed.slice(sure.length)) {
    const target = `${result}[${stringText(property.name)}] = `
    if (leavesOut(writer, property)) writer.body.line([`if (${render(layout)} !== undefined) ${target}`, layout])
    else writer.body.line([target, layout])
  }
  if (index) writeIndex(writer, properties, index.value, value, result)
  return result
}

function writeInParts(writer: ShapeParser, properties: readonly Property[], value: string): Layout {
  const parts: string[] = []
  for (let at = 0; at < properties.length; at += most) {
    const part: Shape = { kind: 'object', properties: properties.slice(at, at + most) }
    parts.push(writer.called(writer.context.apart(part, value, 'part'), value))
  }
  return `Object.assign({}, ${parts.join(', ')})`
}

/** Whether a property may be missing in what comes out. */
function leavesOut(writer: ShapeParser, property: Property): boolean {
  if (property.shape.default !== undefined && writer.decodes) return false
  return isOptional(property, false) || mayBeUndefined(property.shape, writer.context.types)
}

function writeProperty(writer: ShapeParser, property: Property, local: string, value: string): Layout {
  const { name, shape, optional } = property
  const missing = writer.decodes && shape.default !== undefined
  if (
    missing &&
    (shape.default === null || (typeof shape.default !== 'object' && isPlain(shape, writer.context.types)))
  ) {
    const given = writer.absent(shape, local, ['undefined'])
    const result = writer.body.local(local)
    writer.body.line([`const ${result} = ${local} === undefined ? ${valueText(shape.default)} : `, given])
    return result
  }
  if (missing) {
    const wire = writer.body.local(local)
    writer.body.line(`const ${wire}: unknown = ${local} === undefined ? ${valueText(shape.default)} : ${local}`)
    return optional ? writer.absent(shape, wire, ['undefined']) : writer.write(shape, wire)
  }
  if (isOptional(property, false)) return writer.absent(shape, local, ['undefined'])
  const { types } = writer.context
  // What may be anything must be there all the same.
  if (mayBeUndefined(shape, types) && !mayBeMissing(shape, types)) writer.refuse([`!(${stringText(name)} in ${value})`])
  return writer.write(shape, local)
}

function writeIndex(
  writer: ShapeParser,
  properties: readonly Property[],
  shape: Shape,
  value: string,
  result: string,
): void {
  // Where nothing may stand beside the named ones, not even this passes.
  const closed = isNever(shape, writer.context.types)
  const named = properties.map(({ name }) => stringText(name))
  const names = closed ? named : [...named, "'__proto__'"]
  const key = writer.body.local('key')
  const known =
    names.length > 6
      ? `${writer.context.module.constant('values', `new Set<unknown>([${names.join(', ')}])`)}.has(${key})`
      : names.map((name) => `${key} === ${name}`).join(' || ')
  writer.body.block(`for (const ${key} in ${value})`, () => {
    if (known !== '') writer.body.line(`if (${known}) continue`)
    const item = writer.body.local('item')
    writer.body.line(`const ${item}: unknown = ${value}[${key}]`)
    writer.body.line([`${result}[${key}] = `, writer.write(shape, item)])
  })
}

/** Whether every object has something of this name without having it itself. */
function isInherited(name: string): boolean {
  return name in Object.prototype
}

function isNever(shape: Shape, types: Types): boolean {
  const resolved = resolve(shape, types)
  return (
    resolved.kind === 'never' ||
    (resolved.kind === 'union' && resolved.members.every((member) => isNever(member, types)))
  )
}
