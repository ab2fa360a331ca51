import type { ArrayShape, Shape, TupleShape } from '../shape.ts'
import { type Layout, list } from './layout.ts'
import { mayBeMissing } from './parsers-absence.ts'
import type { ShapeParser } from './parsers-context.ts'
import { literalText } from './text.ts'

/** An array, item by item. */
export function writeArray(
  writer: ShapeParser,
  { items, minItems, maxItems, uniqueItems }: ArrayShape,
  value: string,
): string {
  writer.refuse([
    `!Array.isArray(${value})`,
    ...(minItems ? [`${value}.length < ${literalText(minItems)}`] : []),
    ...(maxItems === undefined ? [] : [`${value}.length > ${literalText(maxItems)}`]),
  ])
  const result = writer.body.local(value)
  writer.body.line(`const ${result}: unknown[] = []`)
  eachItem(writer, value, '0', (item) => writer.body.line([`${result}.push(`, writer.write(items, item), ')']))
  // What is unique is what handlers see.
  if (uniqueItems) writer.refuse([`!${writer.use('areUnique')}(${writer.decodes ? result : value})`])
  return result
}

/** A set, which is an array on the wire. */
export function writeSet(writer: ShapeParser, items: Shape, value: string): string {
  const result = writer.body.local(value)
  writer.refuse([writer.decodes ? `!Array.isArray(${value})` : `!(${value} instanceof Set)`])
  // What comes twice is there once before it is parsed, too.
  const source = writer.decodes ? `new Set<unknown>(${value})` : `${value} as Set<unknown>`
  writer.body.line(`const ${result} = new Set<unknown>()`)
  const item = writer.body.local('item')
  writer.body.block(`for (const ${item} of ${source})`, () => {
    writer.body.line([`${result}.add(`, writer.write(items, item), ')'])
  })
  return writer.decodes ? result : `[...${result}]`
}

/** A tuple, place by place. */
export function writeTuple(writer: ShapeParser, { items, rest, after = [] }: TupleShape, value: string): Layout {
  if (rest && after.length > 0) return writeTupleWithEnd(writer, { kind: 'tuple', items, rest, after }, value)
  const mayLack = items.map(({ shape, optional }) => optional === true || mayBeMissing(shape, writer.context.types))
  const least = mayLack.lastIndexOf(false) + 1
  writer.refuse([
    `!Array.isArray(${value})`,
    ...(rest || least === 0 ? [] : [`${value}.length < ${least}`]),
    ...(rest ? [] : [`${value}.length > ${items.length}`]),
  ])
  const take = (shape: Shape, at: number, optional: boolean): Layout => {
    const item = writer.body.local('item')
    writer.body.line(`const ${item}: unknown = ${value}[${at}]`)
    return optional ? writer.absent(shape, item, ['undefined']) : writer.write(shape, item)
  }
  const first = items.slice(0, least).map(({ shape, optional }, at) => take(shape, at, optional === true))
  if (least === items.length && !rest) return list('[', first, ']')
  const result = writer.body.local(value)
  writer.body.line([`const ${result}: unknown[] = `, list('[', first, ']')])
  for (const [at, { shape, optional }] of items.entries()) {
    if (at < least) continue
    writer.body.block(`if (${value}.length > ${at})`, () => {
      writer.body.line([`${result}.push(`, take(shape, at, optional === true), ')'])
    })
  }
  if (rest) {
    eachItem(writer, value, String(items.length), (item) => {
      writer.body.line([`${result}.push(`, writer.write(rest, item), ')'])
    })
  }
  return result
}

/** A tuple whose rest is followed by more places: how many items there are says which place each has. */
function writeTupleWithEnd(writer: ShapeParser, { items, rest, after = [] }: TupleShape, value: string): Layout {
  writer.refuse([`!Array.isArray(${value})`, `${value}.length < ${items.length + after.length}`])
  const result = writer.body.local(value)
  writer.body.line(`const ${result}: unknown[] = []`)
  const take = (shape: Shape, at: string) => {
    const item = writer.body.local('item')
    writer.body.line(`const ${item}: unknown = ${value}[${at}]`)
    writer.body.line([`${result}.push(`, writer.write(shape, item), ')'])
  }
  for (const [at, { shape }] of items.entries()) take(shape, String(at))
  const end = `${value}.length - ${after.length}`
  if (rest) {
    const write = (item: string) => writer.body.line([`${result}.push(`, writer.write(rest, item), ')'])
    eachItem(writer, value, String(items.length), write, end)
  }
  for (const [at, { shape }] of after.entries()) take(shape, `${value}.length - ${after.length - at}`)
  return result
}

/** For each item of an array from a place on. */
function eachItem(
  writer: ShapeParser,
  value: string,
  from: string,
  write: (item: string) => void,
  end = `${value}.length`,
): void {
  const at = writer.body.local('at')
  writer.body.block(`for (let ${at} = ${from}; ${at} < ${end}; ${at}++)`, () => {
    const item = writer.body.local('item')
    writer.body.line(`const ${item}: unknown = ${value}[${at}]`)
    write(item)
  })
}
