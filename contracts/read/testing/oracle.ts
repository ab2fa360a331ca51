import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { API } from 'typescript/sync'

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Declarations, the name of a type among them, and values that may or may not be of it. */
export interface Question {
  readonly source: string
  readonly type: string
  readonly values: readonly Json[]
}

const repository = resolve(import.meta.dirname, '../../..')

/**
 * Asks the compiler itself which values are of which types: `const v: T = <value>` compiles or not. The value is
 * written as a type, so that no property is in excess, as none is in JSON that was parsed.
 */
export function askCompiler(questions: readonly Question[]): boolean[][] {
  mkdirSync(join(repository, '.data'), { recursive: true })
  const root = mkdtempSync(join(repository, '.data', 'oracle-'))
  try {
    const tsconfig = {
      extends: '../../tsconfig.json',
      include: ['.'],
      compilerOptions: { erasableSyntaxOnly: false, noUnusedLocals: false },
    }
    writeFileSync(join(root, 'tsconfig.json'), JSON.stringify(tsconfig))
    const starts = questions.map(({ source, type, values }, index) => {
      const lines = values.map((value, at) => `export const v${at}: ${type} = null! as ${typeOf(value)}`)
      writeFileSync(join(root, `q${index}.ts`), `${source}\n${lines.join('\n')}\n`)
      return source.split('\n').length
    })
    const wrong = linesWithErrors(root)
    return questions.map(({ source, values }, index) => {
      const start = starts[index] ?? 0
      const mistakes = [...(wrong.get(`q${index}.ts`) ?? [])].filter(([line]) => line < start)
      if (mistakes.length > 0)
        throw new Error(`The compiler refuses\n${source}\n${mistakes.map(([, text]) => text).join('\n')}`)
      return values.map((_, at) => !wrong.get(`q${index}.ts`)?.has(start + at))
    })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** What is wrong, by file and line, which begin at 0. */
function linesWithErrors(root: string): Map<string, Map<number, string>> {
  using api = new API({ cwd: root })
  const [project] = api.createSnapshot({ openProjects: [join(root, 'tsconfig.json')] }).getProjects()
  const files = new Map<string, Map<number, string>>()
  for (const { fileName = '', startPosition, text } of project?.program.getSemanticDiagnostics() ?? []) {
    const lines = files.get(basename(fileName)) ?? new Map<number, string>()
    files.set(basename(fileName), lines.set(startPosition?.line ?? 0, text))
  }
  return files
}

/** The type that has this value alone. */
function typeOf(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(typeOf).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${JSON.stringify(name)}: ${typeOf(inner as Json)}`)
    .join('; ')} }`
}
