import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { tool } from '../../tests/tools.ts'
import { known } from './known.ts'
import { type Case, readTopics } from './testing/cases.ts'
import { ask, type Question, question, type Verdict } from './testing/oracle.ts'
import { type CorpusProject, compiler, readCorpus } from './testing/project.ts'
import { type Json, withMutations } from './testing/values.ts'
import { type Judges, judgesOf, type Way, writeOutput } from './testing/ways.ts'

const ways = ['zod', 'parser', 'schema'] as const satisfies readonly Way[]
/** How many values of one case are judged at most. */
const most = 48

const { skip, folder: tools } = await tool('corpus')

/** A value of a case, and what is to be said about it. */
interface Trial {
  readonly of: Case
  readonly value: Json
  readonly wanted: Verdict
  /** Whether somebody wrote the value down. */
  readonly said: Verdict
}

describe('the corpus of types', { skip }, () => {
  const topics = readTopics(join(import.meta.dirname, 'cases'))
  const cases = topics.flatMap((topic) => topic.cases)
  let project: CorpusProject
  let trials: Trial[]
  let judges: ReadonlyMap<string, Judges>

  before(async () => {
    project = await readCorpus(topics)
    await writeOutput(project.root, project.model)
    const kept = cases.filter(({ name, refused }) => refused === undefined && !project.refused.has(name))
    trials = await judgeByCompiler(project.root, kept)
    judges = await judgesOf(project.root, project.model, tools)
  })
  after(() => process.env.KEEP_CORPUS || project?.[Symbol.dispose]())

  test('has more than 300 types, each with values of both kinds or the code that it is refused with', (context) => {
    assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length)
    assert.ok(cases.length >= 300, `${cases.length}`)
    const judged = trials.filter(({ wanted }) => wanted !== undefined)
    const accepted = judged.filter(({ wanted }) => wanted).length
    context.diagnostic(
      `${cases.length} types in ${topics.length} topics, ${cases.filter(({ refused }) => refused).length} of them refused; ` +
        `${judged.length} values (${accepted} accepted, ${judged.length - accepted} rejected), ${judged.length * ways.length} judgements`,
    )
  })

  test('every type that JSON can carry is read, and the others are refused with their code', () => {
    const wanted = cases.filter(({ refused }) => refused !== undefined).map(({ name, refused }) => `${name} ${refused}`)
    const found = [...project.refused].map(([name, diagnostics]) => `${name} ${[...new Set(diagnostics.map(({ code }) => code))].join(' ')}`)
    assert.deepEqual(found.sort(), wanted.sort())
  })

  test('what is written down about a type is what the compiler says', () => {
    const wrong = trials.filter(({ said, wanted }) => said !== undefined && said !== wanted)
    assert.deepEqual(wrong.map(({ of, value, said }) => `${of.name} does not ${said ? 'accept' : 'reject'} ${JSON.stringify(value)}`), [])
  })

  test('schemas, parsers and JSON Schema judge as the compiler does', (context) => {
    const found = new Map<string, string>()
    for (const { of, value, wanted } of trials) {
      const judge = judges.get(of.name)
      assert.ok(judge, of.name)
      for (const way of ways) {
        if (wanted === undefined || judge[way](value) === wanted) continue
        const text = JSON.stringify(value)
        found.set(`${of.name} ${way} ${text}`, `${of.name}: ${way} ${wanted ? 'rejects' : 'accepts'} ${text}`)
      }
    }
    const expected = known.flatMap((entry) => (entry.ways ?? ways).flatMap((way) => entry.values.map((value) => `${entry.case} ${way} ${value}`)))
    context.diagnostic(`${found.size} disagreements, ${expected.length} of them known`)
    assert.deepEqual([...found].filter(([key]) => !expected.includes(key)).map(([, words]) => words), [])
    assert.deepEqual(expected.filter((key) => !found.has(key)), [], 'These agree now: take them out of known.ts.')
  })

  test('what is accepted comes back as it was', () => {
    for (const { of, value, said } of trials) {
      if (!said || of.topic.byHand || of.trims.includes(value)) continue
      assert.deepEqual(judges.get(of.name)?.back(value), value, of.name)
    }
  })
})

/** All values of these cases, those that were written down and those made of them. */
async function judgeByCompiler(root: string, cases: readonly Case[]): Promise<Trial[]> {
  const trials: Trial[] = []
  const questions: Question[] = []
  for (const of of cases) {
    const accepted = new Set([...of.accepts, ...of.trims])
    const written = new Map<Json, boolean>([...accepted, ...of.rejects].map((value) => [value, accepted.has(value)]))
    const values = of.topic.byHand ? [...written.keys()] : withMutations([...written.keys()], most)
    for (const value of values) {
      const said = written.get(value)
      trials.push({ of, value, said, wanted: of.topic.byHand ? said : undefined })
      if (!of.topic.byHand) questions.push(question(of, value, `v${questions.length}`))
    }
  }
  const verdicts = (await ask(root, compiler, questions)).values()
  return trials.map((trial) => {
    if (trial.of.topic.byHand) return trial
    // What the compiler takes for a mistake of another kind counts as it is written down.
    return { ...trial, wanted: verdicts.next().value ?? trial.said }
  })
}
