/**
 * What it costs to decode an input and to encode an output of an ordinary app: Zod with code made at run time, Zod
 * without, and the printed parser. `node contracts/print/parsers.bench.ts [--rounds 9]`; CPU time, in turns.
 */
import { parseArgs } from 'node:util'
import * as z from 'zod'
import type { AppModel } from '../model.ts'
import { invalid } from '../parse/index.ts'
import { array, boolean, date, literal, model, object, operation, string, union } from './testing/model.ts'
import { pairsOf } from './testing/parser-agreement.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } })

const id = { kind: 'string', format: 'uuid' } as const
const todo = {
  id,
  list: id,
  title: { kind: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
  notes: { kind: 'string', maxLength: 2000 },
  priority: union(literal('low'), literal('normal'), literal('high')),
  tags: array(string),
  'due?': date,
  done: boolean,
  createdAt: date,
} as const
const todos: AppModel = model([operation('todos.one', { input: object(todo), output: object(todo) })])

const wire = {
  id: '0b2ee6ff-5b0c-4c8b-9f0a-5d3b6f1a2c3d',
  list: '7b0d9f0a-1f5e-4d0e-8a67-2a3b4c5d6e7f',
  title: 'Write the report about the parsers and send it round',
  notes: 'It should say what stands, what was measured, what is missing, and what others must know about it.',
  priority: 'high',
  tags: ['work', 'writing'],
  due: '2026-11-23T18:00:00.000Z',
  done: false,
  createdAt: '2026-11-22T09:30:00.000Z',
}

const [plain] = pairsOf(todos)
z.config({ jitless: true })
const [jitless] = pairsOf(todos)
z.config({ jitless: false })
if (!plain || !jitless) throw new Error('The model has no operation.')
const value = plain.decode(wire)
if (value === invalid) throw new Error('The value does not fit.')

type Run = () => unknown
const contests: Readonly<Record<string, Readonly<Record<string, Run>>>> = {
  decode: {
    'Zod, code made at run time': () => plain.schema.safeDecode(wire as never),
    'Zod, none': () => jitless.schema.safeDecode(wire as never),
    'printed parser': () => plain.decode(wire),
  },
  encode: {
    'Zod, code made at run time': () => plain.schema.safeEncode(value as never),
    'Zod, none': () => jitless.schema.safeEncode(value as never),
    'printed parser': () => plain.encode(value),
  },
}

/** Nanoseconds of CPU for one run. */
function measure(run: Run, times: number): number {
  const start = process.cpuUsage()
  for (let turn = 0; turn < times; turn++) run()
  const { user, system } = process.cpuUsage(start)
  return ((user + system) * 1000) / times
}

function middle(figures: readonly number[]): number {
  return [...figures].sort((one, other) => one - other)[figures.length >> 1] ?? Number.NaN
}

for (const [contest, runs] of Object.entries(contests)) {
  const names = Object.keys(runs)
  const figures = new Map(names.map((name) => [name, [] as number[]]))
  for (const run of Object.values(runs)) measure(run, 20_000)
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, run] of Object.entries(runs)) figures.get(name)?.push(measure(run, 20_000))
  }
  for (const name of names) {
    const taken = figures.get(name) ?? []
    const ours = figures.get('printed parser') ?? []
    const ratio = middle(taken.map((figure, round) => figure / (ours[round] ?? Number.NaN)))
    console.log(`${contest}: ${name.padEnd(28)} ${middle(taken).toFixed(0).padStart(6)} ns  ${ratio.toFixed(1)} x`)
  }
}
