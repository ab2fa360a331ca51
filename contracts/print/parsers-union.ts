import type { ObjectShape, Shape } from '../shape.ts'
import { namesToShare } from './joining.ts'
import { type Layout, list } from './layout.ts'
import { resolve } from './overlap.ts'
import type { FunctionBody } from './parsers-body.ts'
import type { ParserContext } from './parsers-context.ts'
import { misfits, noneOf } from './parsers-leaf.ts'
import { literalText, propertyText, stringText } from './text.ts'
import { tagsOf } from './union.ts'

/** Whether a union has more than one form that is not `null` or `undefined`. */
export function isChoice(shape: Shape, context: ParserContext): boolean {
  const { literals, discriminated, forms } = context.arranged(shape)
  return literals.length > 0 || discriminated !== undefined || forms.flat().length > 1
}

/** Writes the statements that answer with the first form of a union that takes the value, as Zod does. */
export function writeUnion(shape: Shape, context: ParserContext, body: FunctionBody): void {
  const arranged = context.arranged(shape)
  const { literals, discriminated, forms, nullable, optional } = arranged
  const invalid = context.module.use('invalid')
  if (nullable || optional) {
    const absences = [...(nullable ? ['null'] : []), ...(optional ? ['undefined'] : [])]
    body.line(`if (${absences.map((absence) => `value === ${absence}`).join(' || ')}) return value`)
  }
  if (literals.length > 0) {
    const conditions = misfits({ kind: 'union', members: literals }, 'value', context) ?? []
    body.line(`if (${noneOf(conditions)}) return value`)
  }
  if (discriminated) {
    const last = forms.length === 0
    if (writeSwitch(discriminated.property, discriminated.members, last, context, body)) return
  }
  for (const [at, form] of forms.entries()) {
    const [member, ...others] = form
    if (!member) continue
    const last = at === forms.length - 1
    const conditions = others.length === 0 ? misfits(member, 'value', context) : undefined
    if (conditions?.length === 0 || (!conditions && last)) {
      body.line([`return `, conditions ? 'value' : callOfAll(form, context)])
      return
    }
    if (conditions) body.line(`if (${noneOf(conditions)}) return value`)
    else tryMember(callOfAll(form, context), context, body)
  }
  body.line(`return ${invalid}`)
}

function tryMember(call: Layout, context: ParserContext, body: FunctionBody): void {
  const result = body.local('form')
  body.line([`const ${result} = `, call])
  body.line(`if (${result} !== ${context.module.use('invalid')}) return ${result}`)
}

/** The call that parses one member, or those that give what fits of several. */
function callOfAll(form: readonly Shape[], context: ParserContext): Layout {
  const calls = form.map((member) => callOf(member, context))
  const [only = ''] = calls
  if (calls.length === 1) return only
  const names = namesToShare(form, context.types)?.map((of) => `[${of.map(stringText).join(', ')}]`)
  const known = names ? [context.module.constant('values', `[${names.join(', ')}]`)] : []
  return list(`${context.module.use('joined')}(`, ['value', list('[', calls, ']'), ...known], ')')
}

function callOf(member: Shape, context: ParserContext, wanted = 'form'): string {
  return member.kind === 'ref' ? context.named(member.name, 'value') : context.apart(member, 'value', wanted)
}

/** By the property that tells the objects apart. Gives whether nothing is left to try. */
function writeSwitch(
  property: string,
  members: readonly Shape[],
  last: boolean,
  context: ParserContext,
  body: FunctionBody,
): boolean {
  const invalid = context.module.use('invalid')
  const isObject = context.module.use('isObject')
  const write = () => {
    const tag = body.local(property)
    const name = property === tag ? tag : `${propertyText(property)}: ${tag}`
    if (property in Object.prototype) {
      body.line(`const ${tag} = ${context.module.use('own')}(value, ${stringText(property)})`)
    } else body.line(`const { ${name} } = value`)
    body.block(`switch (${tag})`, () => {
      for (const member of members) {
        const tags = tagsOf(resolve(member, context.types) as ObjectShape, property, context.types) ?? []
        for (const value of tags.slice(0, -1)) body.line(`case ${literalText(value)}:`)
        const value = tags.at(-1)
        if (value === undefined) continue
        const head = `case ${literalText(value)}:`
        const call = callOf(member, context, typeof value === 'string' ? value : 'form')
        if (last) body.inner(head, `return ${call}`)
        else {
          body.block(head, () => {
            tryMember(call, context, body)
            body.line('break')
          })
        }
      }
      if (last) body.inner('default:', `return ${invalid}`)
    })
  }
  if (!last) {
    body.block(`if (${isObject}(value))`, write)
    return false
  }
  body.line(`if (!${isObject}(value)) return ${invalid}`)
  write()
  return true
}
