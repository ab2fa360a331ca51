import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { tool } from '../../tests/tools.ts'
import { type Case, readTopics } from './testing/cases.ts'
import { known } from './testing/known.ts'
import { ask, question, questionOfType, type Verdict } from './testing/oracle.ts'
import { type CorpusProject, compiler, readCorpus } from './testing/project.ts'
import { type Json, withMutations } from './testing/values.ts'
import { type Judges, judgesOf, printedTypes, ways, writeOutput } from './testing/ways.ts'

/** How many values of one case are judged at most. */
const most = 400

const { skip, folder: tools } = await tool('corpus')

/** A value of a case, and what is to be said about it. */
interface Trial {
  readonly of: Case
  readonly value: Json
  /** Nothing where the compiler has no say and nobody wrote it down. */
  readonly wanted: Verdict
  /** What is written down. */
  readonly said: boolean | undefined
}

describe('the corpus of types', { skip }, () => {
  const topics = readTopics(join(import.meta.dirname, 'cases'))
  const cases = topics.flatMap((topic) => topic.cases)
  let project: CorpusProject
  let trials: Trial[]
  let otherTypes: readonly string[]
  let complaints: readonly string[]
  let judges: ReadonlyMap<string, Judges>

  before(async () => {
    project = await readCorpus(topics)
    await writeOutput(project.root, project.model)
    const kept = cases.filter(({ name, refused }) => refused === undefined && !project.refused.has(name))
    const asked = trialsOf(kept)
    const questions = asked.map(({ of, value }, index) => question(of, value, `v${index}`))
    const printed = printedTypes(project.model)
    // Brands, enums and private fields are not printed.
    const plain = kept.filter(({ judgedAs }) => judgedAs === undefined)
    const ofTypes = plain.map((of, index) => questionOfType(of, printed.get(of.name) ?? '', `t${index}`))
    const { verdicts, ...others } = await ask(project.root, compiler, questions)
    // What may be absent is printed as what may be undefined too.
    const types = await ask(project.root, compiler, ofTypes, { exactOptionalPropertyTypes: false })
    complaints = others.complaints
    trials = asked.map((trial, index) => ({
      ...trial,
      wanted: trial.of.topic.byHand ? trial.said : (verdicts[index] ?? trial.said),
    }))
    otherTypes = ofTypes.filter((_, index) => !types.verdicts[index]).map(({ of }) => of.name)
    judges = await judgesOf(project.root, project.model, tools)
  })
  after(() => project?.[Symbol.dispose]())

  test('has more than 300 types, each with values or the code that it is refused with', (context) => {
    assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length)
    assert.ok(cases.length > 300)
    const judged = trials.filter(({ wanted }) => wanted !== undefined)
    const accepted = judged.filter(({ wanted }) => wanted).length
    const words = [
      `${cases.length} types in ${topics.length} topics, ${cases.filter(({ refused }) => refused).length} of them to be refused`,
      `${judged.length} values, ${accepted} to accept and ${judged.length - accepted} to reject`,
      `${judged.length * ways.length} judgements`,
    ]
    context.diagnostic(words.join('; '))
  })

  test('every type that JSON can carry is read, and the others are refused with their code', () => {
    const wanted = cases.flatMap(({ name, refused }) => (refused === undefined ? [] : `${name} ${refused}`))
    const expected = known.flatMap((entry) => (entry.refused === undefined ? [] : `${entry.case} ${entry.refused}`))
    const found = [...project.refused].map(
      ([name, all]) => `${name} ${[...new Set(all.map(({ code }) => code))].join(' ')}`,
    )
    assertSame(found, [...wanted, ...expected])
  })

  test('what is written down about a type is what the compiler says', () => {
    const wrong = trials.filter(({ said, wanted }) => said !== undefined && said !== wanted)
    assert.deepEqual(
      wrong.map(({ of, value, said }) => `${of.name} does not ${said ? 'accept' : 'reject'} ${JSON.stringify(value)}`),
      [],
    )
  })

  for (const way of ways) {
    const names = { zod: 'schemas of Zod', parser: 'parsers', schema: 'the JSON Schemas of the document' }
    test(`${names[way]} judge as the compiler does`, (context) => {
      const judged = trials.filter(({ wanted }) => wanted !== undefined)
      const kind = known.filter((entry) => entry.kind === way).map((entry) => entry.case)
      const otherwise = judged.filter(({ of, value, wanted }) => judges.get(of.name)?.[way](value) !== wanted)
      const other = otherwise.filter(({ of, wanted }) => wanted || !kind.includes(of.name))
      const tooKind = new Set(otherwise.filter(({ wanted }) => !wanted).map(({ of }) => of.name))
      assert.deepEqual(
        kind.filter((name) => !tooKind.has(name)),
        [],
      )
      const expected = known
        .filter((entry) => entry.ways?.includes(way) ?? true)
        .flatMap((entry) => (entry.values ?? []).map((value) => `${entry.case} ${value}`))
      context.diagnostic(
        `${other.length} of ${judged.length} values are judged otherwise; ${expected.length} are known`,
      )
      assertSame(other.map(nameOf), expected)
    })
  }

  test('what is accepted comes back as it was', () => {
    const written = trials.filter(({ of, value, said }) => said && !of.topic.byHand && !of.trims.includes(value))
    const other = written.filter(({ of, value }) => {
      const judge = judges.get(of.name)
      return judge?.zod(value) && !isDeepStrictEqual(judge.back(value), value)
    })
    assertSame(
      other.map(nameOf),
      known.flatMap((entry) => (entry.loses ?? []).map((value) => `${entry.case} ${value}`)),
    )
  })

  test('what is printed compiles', () => {
    assert.deepEqual(complaints, [])
  })

  test('the types that are printed are those that were read', () => {
    assertSame(
      otherTypes,
      known.filter(({ type }) => type).map((entry) => entry.case),
    )
  })
})

/** All values of these cases: those that were written down, and those made of them. */
function trialsOf(cases: readonly Case[]): Trial[] {
  return cases.flatMap((of) => {
    const accepted = new Set([...of.accepts, ...of.trims])
    const written = new Map<Json, boolean>([...accepted, ...of.rejects].map((value) => [value, accepted.has(value)]))
    const values = of.topic.byHand ? [...written.keys()] : withMutations([...written.keys()], most)
    return values.map((value) => ({ of, value, said: written.get(value), wanted: undefined }))
  })
}

/** The case and the value, as they stand among those that are known. */
function nameOf({ of, value }: Trial): string {
  return `${of.name} ${JSON.stringify(value)}`
}

/** Tells what appeared and what is gone, rather than both lists. */
function assertSame(found: readonly string[], expected: readonly string[]): void {
  const added = found.filter((text) => !expected.includes(text))
  const gone = expected.filter((text) => !found.includes(text))
  assert.deepEqual(
    { 'not in known.ts': added, 'to be taken out of known.ts': gone },
    { 'not in known.ts': [], 'to be taken out of known.ts': [] },
  )
}
