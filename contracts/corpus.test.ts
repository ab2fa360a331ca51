import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod'
import * as parse from './parse/index.ts'
import { printContracts } from './print/index.ts'
import { printParsers } from './print/parsers.ts'
import { evaluate } from './print/testing/evaluate.ts'
import { askCompiler } from './read/testing/oracle.ts'
import { createProject, type Files } from './read/testing/project.ts'
import { type CorpusCase, corpus } from './testing/corpus.ts'
import * as wire from './wire.ts'

/** Types that every value of JSON is of. */
const takesAll = /unknown|^Json$/

/** `unknown` may be undefined, which JSON leaves out: such a property may be absent on the wire, and is in TypeScript not. */
const byDesign = new Set([
  'property of unknown: {"q":1}',
  'generic of unknown: {"tags":[]}',
  'choice of unknown: {"is":"it"}',
])

test('contracts agree with the compiler on every value of the corpus', async (context) => {
  const cases = corpus()
  const verdicts = askCompiler(
    cases.map(({ unmarked, values }) => ({ source: unmarked.declare, type: unmarked.type, values })),
  )
  using project = await createProject(filesOf(cases))
  const model = project.model()
  const texts = new Map([...printContracts(model), ...printParsers(model)])
  const differences: string[] = []
  let count = 0
  for (const [index, one] of cases.entries()) {
    const { TakeInput: schema } = evaluate(texts.get(`case${index}.ts`) ?? '', { zod: z, 'pikku/wire': wire })
    const { decodeTakeInput: decode } = evaluate(texts.get(`parsers/case${index}.ts`) ?? '', { 'pikku/parse': parse })
    assert.ok(schema instanceof z.ZodType && typeof decode === 'function', one.name)
    const says = verdicts[index] ?? []
    assert.ok(says.includes(true) && (says.includes(false) || takesAll.test(one.type)), `${one.name}: ${says}`)
    for (const [at, value] of one.values.entries()) {
      count++
      const told = [schema.safeParse(value).success, decode(value) !== parse.invalid]
      const question = `${one.name}: ${JSON.stringify(value)}`
      if (told.every((verdict) => verdict === says[at]) || byDesign.has(question)) continue
      const [compiler, zod, parser] = [says[at], ...told].map((verdict) => (verdict ? 'takes' : 'refuses'))
      differences.push(`${question}, which the compiler ${compiler}, Zod ${zod} and the parser ${parser}`)
    }
  }
  assert.deepEqual(differences, [])
  assert.ok(cases.length >= 300, `${cases.length} types`)
  context.diagnostic(`${cases.length} types, ${count} values`)
})

function filesOf(cases: readonly CorpusCase[]): Files {
  const modules = cases.map(({ declare, type }, index) => [
    `src/functions/case${index}.ts`,
    `import { func } from '../pikku.ts'\n${declare}\nexport const take = func(async (_services, _input: ${type}) => {})\n`,
  ])
  const names = cases.map((_, index) => `case${index}`)
  const imports = names.map((name) => `import * as ${name} from './functions/${name}.ts'`)
  const app = `import { app } from './pikku.ts'\n${imports.join('\n')}\nexport default app({ rpc: { ${names.join(', ')} } })\n`
  return { ...Object.fromEntries(modules), 'src/app.ts': app }
}
