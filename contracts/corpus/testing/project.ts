import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Diagnostic } from '../../diagnostic.ts'
import type { AppModel } from '../../model.ts'
import { checkRoutes } from '../../print/index.ts'
import { createReader } from '../../read/index.ts'
import type { Case, Topic } from './cases.ts'
import { sourceOf } from './oracle.ts'

const repository = resolve(import.meta.dirname, '../../..')

/** The compiler of the repository. */
export const compiler = join(repository, 'node_modules', '.bin', 'tsc')

/** All cases in one app, whose functions take them. */
export interface CorpusProject {
  readonly root: string
  /** Of the cases that are not refused. */
  readonly model: AppModel
  /** The cases that are, by name. */
  readonly refused: ReadonlyMap<string, readonly Diagnostic[]>
  readonly [Symbol.dispose]: () => void
}

/** Writes the app, and reads it again without what was refused until nothing is. */
export async function readCorpus(topics: readonly Topic[]): Promise<CorpusProject> {
  mkdirSync(join(repository, '.data'), { recursive: true })
  const root = mkdtempSync(join(repository, '.data', 'corpus-'))
  const write = (name: string, text: string): string => {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
    return join(root, name)
  }
  const tsconfig = write('tsconfig.json', JSON.stringify(config))
  write('src/pikku.ts', "import { pikku } from 'pikku'\nexport const { func, app } = pikku<{}, { id: string }>()\n")
  for (const topic of topics) {
    write(`src/cases/${topic.file}.ts`, sourceOf(topic.cases, topic.source))
    write(`src/functions/${topic.file}.ts`, functionsOf(topic))
    for (const [name, text] of topic.others) write(name, text)
  }
  const all = topics.flatMap(({ cases }) => cases)
  const refused = new Map<string, Diagnostic[]>()
  const app = write('src/app.ts', appOf(topics, refused))
  const reader = await createReader({ root, tsconfig, app })
  try {
    for (let result = reader.read(); ; result = reader.update([app])) {
      const diagnostics = result.ok ? checkRoutes(result.model) : result.diagnostics
      if (result.ok && diagnostics.length === 0) {
        return {
          root,
          model: result.model,
          refused,
          [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
        }
      }
      const strange = diagnostics.filter((diagnostic) => !caseOf(diagnostic, all))
      if (strange.length > 0) throw new Error(['The corpus cannot be read.', ...strange.map(wordsOf)].join('\n'))
      for (const diagnostic of diagnostics) {
        const name = caseOf(diagnostic, all)?.name ?? ''
        refused.set(name, [...(refused.get(name) ?? []), diagnostic])
      }
      write('src/app.ts', appOf(topics, refused))
    }
  } finally {
    reader.dispose()
  }
}

const config = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    erasableSyntaxOnly: false,
    noUnusedLocals: false,
    rewriteRelativeImportExtensions: false,
    paths: { '#shapes/*': ['./src/aliased/*'] },
  },
  include: ['src'],
}

function functionsOf({ file, cases }: Topic): string {
  const functions = cases.map(
    ({ type }) => `export const ${type} = func(async (_services, _input: Cases.${type}) => {})\n`,
  )
  return `import { func } from '../pikku.ts'\nimport type * as Cases from '../cases/${file}.ts'\n${functions.join('')}`
}

function appOf(topics: readonly Topic[], refused: ReadonlyMap<string, unknown>): string {
  const imports = topics.map(({ file, name }) => `import * as ${name} from './functions/${file}.ts'\n`)
  const trees = topics.map(({ name: topic, cases }) => {
    const kept = cases.filter(({ name }) => !refused.has(name))
    return `${topic}: { ${kept.map(({ type }) => `${type}: ${topic}.${type}`).join(', ')} },\n`
  })
  return `import { app } from './pikku.ts'\n${imports.join('')}export default app({ rpc: {\n${trees.join('')}} })\n`
}

/** The case that a diagnostic is about; what TypeScript itself complains of is about none. */
function caseOf({ code, path }: Diagnostic, cases: readonly Case[]): Case | undefined {
  return code.startsWith('TS') ? undefined : cases.find(({ name }) => path?.startsWith(`${name} `))
}

function wordsOf({ code, at, path, message }: Diagnostic): string {
  return `${code} ${at?.file}:${at?.line} ${path ?? ''}: ${message}`
}
