import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root } from '../places.ts'
import { type Project, writeProject } from './project.ts'

let folder = ''
let small: Project
let again: Project
let large: Project

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pikku-bench-'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  await mkdir(join(folder, 'work'))
  small = await write('small', 60)
  again = await write('again', 60)
  large = await write('large', 120)
})

after(() => rm(folder, { recursive: true, force: true }))

test('the same size is the same project, byte for byte', async () => {
  assert.deepEqual(await textsOf(again.app), await textsOf(small.app))
  assert.deepEqual(await textsOf(again.types), await textsOf(small.types))
})

test('a larger project begins with the smaller one', async () => {
  const texts = await textsOf(large.app)
  for (const [name, text] of await textsOf(small.app)) {
    if (name.includes('functions')) assert.equal(texts.get(name), text, name)
  }
  assert.equal(large.modules.flatMap(({ operations }) => operations).length, 120)
})

test('both forms of a project are free of type errors', () => {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  for (const [project, ...args] of [[large.app, '--customConditions', 'pikku-source'], [large.types]] as const) {
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', project, '--pretty', 'false', ...args], {
      encoding: 'utf8',
      cwd: project,
    })
    // Errors elsewhere are those of the sources of pikku. Typia itself is installed with the peers only.
    const errors = stdout.split('\n').filter((line) => /^(src|typia)\//.test(line) && !line.includes("'typia'"))
    assert.deepEqual(errors, [], project)
  }
})

function write(name: string, functions: number): Promise<Project> {
  return writeProject(functions, { app: join(folder, 'work', name, 'app'), types: join(folder, 'work', name, 'types') })
}

async function textsOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const texts = files.map(async (file) => [file.slice(folder.length), await readFile(file, 'utf8')] as const)
  return new Map(await Promise.all(texts))
}
