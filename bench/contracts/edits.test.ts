import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createGenerator, type Generation } from '../../cli/generator.ts'
import { findProject } from '../../cli/project.ts'
import { root } from '../places.ts'
import { writeProject } from './project.ts'

/** Edits of a made-up project, each beside those before it. */
const edits: readonly (readonly [file: string, from: string, to: string])[] = [
  ['functions/albums.ts', 'createdAt: Date', 'createdAt: Date\n  edited?: string'],
  ['functions/albums.ts', 'edited?: string', 'edited?: Date'],
  ['model/money.ts', 'currency: Currency', 'currency: Currency\n  /** @pattern ^a+$ */\n  note?: string'],
  ['model/generic.ts', 'total: number', 'total: bigint'],
  ['model/people.ts', 'manager?: Person | null', 'manager?: Person | Machine'],
  ['functions/albums.ts', 'number: number', 'number: number\n  /** @pattern ^b+$ */\n  mark?: string'],
  ['model/query.ts', 'cursor?: string', 'cursor?: string\n  /** @default 1 */\n  from?: number'],
  ['functions/accounts.ts', 'createdAt: Date', 'createdAt: string'],
  ['functions/albums.ts', 'edited?: Date', ''],
  ['model/work.ts', "{ every: 'day'; at: string }", "{ every: 'day'; at: string; zone?: string }"],
]

test('after each edit the texts are those of a generator that begins anew', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pikku-edits-'))
  try {
    await mkdir(join(folder, 'node_modules'))
    for (const name of ['zod', '@types', 'hono', 'typescript']) {
      await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction')
    }
    await symlink(root, join(folder, 'node_modules', 'pikku'), 'junction')
    const { app } = await writeProject(60, { app: join(folder, 'app'), types: join(folder, 'types') })
    await allowSources(join(app, 'tsconfig.json'))
    const project = await findProject({}, app)
    const generator = await createGenerator(project)
    let before = textsOf(generator.generate())
    for (const [file, from, to] of edits) {
      const path = join(app, 'src', file)
      const text = await readFile(path, 'utf8')
      assert.ok(text.includes(from), `${file} has ${from}`)
      await writeFile(path, text.replace(from, to))
      const later = textsOf(generator.generate({ changed: [path], created: [], deleted: [] }))
      const fresh = await createGenerator(project, { once: true })
      assert.deepEqual(differing(later, textsOf(fresh.generate())), [], `${file}: ${to}`)
      assert.notDeepEqual(differing(later, before), [], `${file}: ${to}`)
      before = later
    }
    generator.dispose()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

/** Lets a project find the sources of this package instead of what is built of it. */
async function allowSources(path: string): Promise<void> {
  const { compilerOptions, ...rest } = JSON.parse(await readFile(path, 'utf8'))
  const options = { ...compilerOptions, customConditions: ['pikku-source'] }
  await writeFile(path, JSON.stringify({ compilerOptions: options, ...rest }))
}

/** The files that are not the same. */
function differing(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((file) => one.get(file) !== other.get(file))
}

function textsOf(generation: Generation): ReadonlyMap<string, string> {
  if (generation.ok) return generation.files
  throw new Error(generation.diagnostics.map(({ message }) => message).join('\n'))
}
