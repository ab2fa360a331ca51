import type { Way } from './ways.ts'

/** A case on which the engine and the compiler disagree, and why that is so. */
export interface Known {
  /** `objects.Empty` */
  readonly case: string
  readonly reason: string
  /** The values that are judged otherwise, as JSON. */
  readonly values?: readonly string[]
  /** What accepts too much, in more values than anybody wants to read. */
  readonly kind?: Way
  /** What judges them otherwise. All of them where nothing is said. */
  readonly ways?: readonly Way[]
  /** Accepted values that lose something on the way, as JSON. */
  readonly loses?: readonly string[]
  /** The code it is refused with, although JSON can carry it. */
  readonly refused?: string
  /** The type that is printed is another one. */
  readonly type?: true
}

const fromTheEnd = 'JSON Schema counts no places from the end of an array.'
const weak =
  'The compiler refuses an object that shares no key with a type of optional properties, here for each member of the ' +
  'union. To the engine its keys are unknown ones, which are dropped.'
const weakSchema = 'The anyOf of the document takes it by the member that has no such key; schemas and parsers do not.'
const wrongKeys = ['{"a":null}', '{"a":0}', '{"b":null}', '{"b":"1"}']
const emptyName = 'AJV passes over the empty name in `required`.'

/** The disagreements that are known, one by one. A test fails when one of them is gone, or another appears. */
export const known: readonly Known[] = [
  { case: 'tuples.RestInTheMiddle', kind: 'schema', reason: fromTheEnd },
  { case: 'tuples.RestAtTheStart', kind: 'schema', reason: fromTheEnd },
  { case: 'tuples.RestAndTwo', kind: 'schema', reason: fromTheEnd },
  { case: 'unions.OptionalsOnly', values: ['{"surplus":1}'], reason: weak },
  { case: 'utility.PartialOfUnion', values: ['{"surplus":1}'], reason: weak },
  { case: 'unions.OptionalsOnly', ways: ['schema'], values: wrongKeys, reason: weakSchema },
  { case: 'utility.PartialOfUnion', ways: ['schema'], values: wrongKeys, reason: weakSchema },
  {
    case: 'objects.QuotedNames',
    ways: ['schema'],
    values: [`{"1":"one","content-type":"a","with space":1,"it's":true}`],
    reason: emptyName,
  },
  {
    case: 'odd.EmptyNames',
    ways: ['schema'],
    values: ['{"":{}}', '{}', '{"":{},"surplus":1}', '{"":{"surplus":1}}'],
    reason: emptyName,
  },
  {
    case: 'wire.BoundedBigInt',
    ways: ['schema'],
    values: ['{"value":"-1"}', '{"value":"11"}'],
    reason: 'JSON Schema has no bounds for numbers that are written as text.',
  },
  {
    case: 'constraints.Defaults',
    type: true,
    reason: 'What has a default may be left out of an input, which is printed, and nothing the compiler knows of.',
  },
]
