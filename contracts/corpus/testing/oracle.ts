import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Case } from './cases.ts'
import type { Json } from './values.ts'

/** What the compiler says: `undefined` where it says nothing about what is on the wire. */
export type Verdict = boolean | undefined

/** A statement for the compiler. */
export interface Question {
  readonly of: Case
  /** A line of its own. */
  readonly line: string
}

/** The value as a question: does it compile as the type of the case? */
export function question(of: Case, value: Json, id: string): Question {
  const type = of.judgedAs === undefined ? of.type : `${of.type}JudgedAs`
  // From a variable whose type is the value itself: nothing is widened, and keys too many do not count.
  return { of, line: `declare const ${id}: ${typeOf(value)}; export const ${id}_: Cases.${type} = ${id}` }
}

/** The type that is printed for a case as a question: is it of the type that it was printed from? */
export function questionOfType(of: Case, printed: string, id: string): Question {
  return { of, line: `declare const ${id}: Printed.${printed}; export const ${id}_: Cases.${of.type} = ${id}` }
}

/** The source of a topic, with the types that are judged instead of those it declares. */
export function sourceOf(cases: readonly Case[], source: string): string {
  const judged = cases.flatMap(({ type, judgedAs }) =>
    judgedAs === undefined ? [] : `export type ${type}JudgedAs = ${judgedAs}\n`,
  )
  return source + judged.join('')
}

/** What the compiler says to questions. */
export interface Answers {
  readonly verdicts: readonly Verdict[]
  /** What it says besides, which is about the contracts that were printed. */
  readonly complaints: readonly string[]
}

/** Asks the compiler everything in one run. */
export async function ask(
  root: string,
  compiler: string,
  questions: readonly Question[],
  compilerOptions: object = {},
): Promise<Answers> {
  const folder = await mkdtemp(join(root, 'oracle-'))
  const files = Map.groupBy(questions.keys(), (index) => questions[index]?.of.topic.file ?? '')
  for (const [file, indexes] of files) {
    const lines = [
      `import type * as Cases from '../src/cases/${file}.ts'`,
      `import type * as Printed from '../contracts/${file}.ts'`,
      ...indexes.map((index) => questions[index]?.line),
    ]
    await writeFile(join(folder, `${file}.ts`), `${lines.join('\n')}\n`)
  }
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../tsconfig.json', include: ['*.ts'], compilerOptions }),
  )
  const run = promisify(execFile)(compiler, ['-p', folder, '--pretty', 'false'], {
    timeout: 120_000,
    maxBuffer: 2 ** 28,
    cwd: folder,
  })
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  const verdicts: Verdict[] = questions.map(() => true)
  const complaints: string[] = []
  // The compiler prints line breaks of literals as they are.
  for (const message of stdout.split(/\n(?=\S+\(\d+,\d+\): error TS)/)) {
    if (message.trim() === '' || / error TS6133: /.test(message)) continue
    const [, file = '', line] = /^([\w-]+)\.ts\((\d+),\d+\): error TS/.exec(message) ?? []
    const index = files.get(file)?.[Number(line) - 3]
    if (index === undefined) complaints.push(message)
    else verdicts[index] = isAboutWeakness(message) ? undefined : false
  }
  return { verdicts, complaints }
}

/** An object that shares no key with a type of optional ones is refused as a likely mistake, as keys too many are. */
function isAboutWeakness(message: string): boolean {
  return /Type '\{.*' has no properties in common with type/.test(message)
}

/** The type that nothing but this value is of. */
function typeOf(value: Json): string {
  if (typeof value !== 'object' || value === null) return textOf(value)
  if (Array.isArray(value)) return `[${value.map(typeOf).join(', ')}]`
  return `{ ${Object.entries(value)
    .map(([key, item]) => `${textOf(key)}: ${typeOf(item as Json)}`)
    .join('; ')} }`
}

/** As JSON on one line: the compiler takes these two characters for ends of lines. */
function textOf(value: string | number | boolean | null): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (character) =>
    character === '\u2028' ? '\\u2028' : '\\u2029',
  )
}
