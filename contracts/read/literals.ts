import type { StringMappingType, TemplateLiteralType } from 'typescript/sync'
import type { Shape, StringShape } from '../shape.ts'
import { type Ask, type CompilerSymbol, type Type, together } from './compiler.ts'
import { enter } from './named.ts'
import { symbolOf } from './questions.ts'
import type { ShapeReader } from './shapes.ts'
import { inside, type Site } from './site.ts'

/** An enum is the union of its values, under its name. */
export function* readEnum(reader: ShapeReader, type: Type, site: Site): Ask<Shape> {
  return yield* enter(reader, type, site, function* () {
    const members = yield* membersOfEnum(type)
    if (!members) return refuseComputed(reader, site)
    return { kind: 'union', members: members.map(({ value }) => ({ kind: 'literal', value })) }
  })
}

/** Reports an enum of which not all values are known. */
export function refuseComputed(reader: ShapeReader, site: Site): Shape {
  const message = 'The values of this enum are computed when it runs. Give each member a literal value.'
  return reader.refuse('PK1117', site, message)
}

/** The values of an enum, in the order of the source; nothing where one of them is computed. */
function* membersOfEnum(type: Type) {
  const types = type.isUnionType() ? yield* type.getTypes.gen() : [type]
  const members = types.filter((member) => member.isLiteralType())
  if (members.length < types.length) return undefined
  const symbols: (CompilerSymbol | undefined)[] = yield* together(members.map((member) => symbolOf(member)))
  const order = new Map(members.map((member, index) => [member, symbols[index]?.valueDeclaration?.index ?? index]))
  return members.toSorted((left, right) => (order.get(left) ?? 0) - (order.get(right) ?? 0))
}

/** `` `user_${number}` `` */
export function* readTemplate(reader: ShapeReader, type: TemplateLiteralType, site: Site): Ask<Shape> {
  const types = yield* type.getTypes.gen()
  const holes = yield* together(types.map((hole) => reader.read(hole, inside(site, '', undefined))))
  return { kind: 'template', texts: type.texts, holes }
}

/** `Uppercase<string>` and its like, as the pattern of the strings that they leave as they are. */
export function* readTextCase(reader: ShapeReader, type: StringMappingType, site: Site): Ask<Shape> {
  const [symbol, target] = [yield* symbolOf(type), yield* type.getTarget.gen()]
  const textCase = textCases.get(symbol?.name ?? '')
  const shape = yield* reader.read(target, site)
  if (textCase && shape.kind === 'string' && !shape.pattern) return { kind: 'string', ...textCase }
  const text = yield* reader.compiler.checker.typeToString.gen(type)
  return reader.refuse(
    'PK1118',
    site,
    `${text} has no form in a contract. Write a union of literals, or string with a @pattern.`,
  )
}

/** Letters outside the first plane are two code units, of which TypeScript changes none at the start of a word. */
const textCases: ReadonlyMap<string, Pick<StringShape, 'pattern' | 'textCase'>> = new Map([
  ['Uppercase', { pattern: '^\\P{Changes_When_Uppercased}*$', textCase: 'Uppercase' }],
  ['Lowercase', { pattern: '^\\P{Changes_When_Lowercased}*$', textCase: 'Lowercase' }],
  ['Capitalize', { pattern: initial('Changes_When_Uppercased'), textCase: 'Capitalize' }],
  ['Uncapitalize', { pattern: initial('Changes_When_Lowercased'), textCase: 'Uncapitalize' }],
])

function initial(property: string): string {
  return `^(?:(?:[\\u{10000}-\\u{10FFFF}]|\\P{${property}})[\\s\\S]*)?$`
}

/** Whether a text had a surrogate without its other half, for which the compiler gives three other characters. */
export function isBroken(text: string): boolean {
  return text.includes('\ufffd\ufffd\ufffd')
}
