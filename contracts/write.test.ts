import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { firstLine } from './print/header.ts'
import { compareContracts, finishWriting, writeContracts } from './write.ts'

const folders: string[] = []
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'pikku-write-'))
  folders.push(made)
  return join(made, 'contracts')
}

function files(entries: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(
    Object.entries(entries).map(([path, text]) => [path, path.endsWith('.ts') ? `${firstLine}\n${text}` : text]),
  )
}

/** Everything under a folder, by path. */
async function all(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(place.length + 1))
    .sort()
}

test('files are created, changed, removed and left, and comparing says so beforehand', async () => {
  const place = await folder()
  const first = files({ 'todos.ts': 'a', 'admin/users.ts': 'b', 'contract.json': '{}' })
  const created = { created: ['admin/users.ts', 'contract.json', 'todos.ts'], changed: [], removed: [], unchanged: [] }
  assert.deepEqual(compareContracts(place, first), created)
  assert.deepEqual(writeContracts(place, first), created)
  const second = files({ 'todos.ts': 'c', 'lists.ts': 'd', 'contract.json': '{}' })
  const changes = {
    created: ['lists.ts'],
    changed: ['todos.ts'],
    removed: ['admin/users.ts'],
    unchanged: ['contract.json'],
  }
  assert.deepEqual(compareContracts(place, second), changes)
  assert.deepEqual(writeContracts(place, second), changes)
  assert.deepEqual(await all(place), ['contract.json', 'lists.ts', 'todos.ts'])
  assert.deepEqual(await readdir(place), ['contract.json', 'lists.ts', 'todos.ts'])
  assert.equal(await readFile(join(place, 'todos.ts'), 'utf8'), `${firstLine}\nc`)
})

test('a document that is not made of every app goes when it is made no more', async () => {
  const place = await folder()
  const document = new Map([['asyncapi.json', '{}\n']])
  assert.deepEqual(writeContracts(place, document).created, ['asyncapi.json'])
  assert.deepEqual(writeContracts(place, document).unchanged, ['asyncapi.json'])
  assert.deepEqual(writeContracts(place, files({ 'todos.ts': 'a' })).removed, ['asyncapi.json'])
  assert.deepEqual(await all(place), ['todos.ts'])
})

test('what others do to files that are known is seen', async () => {
  const place = await folder()
  const known = new Map()
  const texts = files({ 'a.ts': 'old', 'b.ts': 'old', 'c/d.ts': 'old', 'e.ts': 'old' })
  writeContracts(place, texts, known)
  assert.deepEqual(writeContracts(place, texts, known).unchanged, [...texts.keys()])
  await writeFile(join(place, 'a.ts'), `${firstLine}\nbad`)
  await rm(join(place, 'b.ts'))
  await rm(join(place, 'c'), { recursive: true })
  await writeFile(join(place, 'c'), 'a file')
  const changes = compareContracts(place, texts, known)
  assert.deepEqual(changes, { created: ['b.ts', 'c/d.ts'], changed: ['a.ts'], removed: [], unchanged: ['e.ts'] })
  await rm(join(place, 'c'))
  writeContracts(place, texts, known)
  for (const [path, text] of texts) assert.equal(await readFile(join(place, path), 'utf8'), text)
})

test('comparing writes nothing', async () => {
  const place = await folder()
  compareContracts(place, files({ 'todos.ts': 'a' }))
  await assert.rejects(readdir(place), { code: 'ENOENT' })
})

test('files of the user stay as they are', async () => {
  const place = await folder()
  await mkdir(join(place, 'admin'), { recursive: true })
  await writeFile(join(place, 'mine.ts'), 'export const mine = 1\n')
  await writeFile(join(place, 'admin/README.md'), 'words')
  writeContracts(place, files({ 'admin/users.ts': 'a' }))
  writeContracts(place, files({ 'todos.ts': 'a' }))
  assert.deepEqual(await all(place), ['admin/README.md', 'mine.ts', 'todos.ts'])
})

test('a file of the user in the place of one of ours is not overwritten', async () => {
  const place = await folder()
  await mkdir(place)
  await writeFile(join(place, 'todos.ts'), 'export const mine = 1\n')
  assert.throws(
    () => writeContracts(place, files({ 'lists.ts': 'a', 'todos.ts': 'b' })),
    /todos\.ts is not a file that pikku wrote/,
  )
  assert.deepEqual(await all(place), ['todos.ts'])
  assert.equal(await readFile(join(place, 'todos.ts'), 'utf8'), 'export const mine = 1\n')
})

test('nothing is written outside of the folder', async () => {
  const place = await folder()
  for (const path of [
    '../out.ts',
    '/out.ts',
    'a/../../out.ts',
    'a\\..\\..\\out.ts',
    'C:out.ts',
    './a.ts',
    'a//b.ts',
    'a\0.ts',
  ]) {
    assert.throws(() => writeContracts(place, new Map([[path, 'x']])), /no place within the contracts folder/, path)
  }
  await assert.rejects(readdir(place), { code: 'ENOENT' })
})

test('links within the folder are not followed', async () => {
  const place = await folder()
  const elsewhere = await folder()
  await mkdir(elsewhere)
  await writeFile(join(elsewhere, 'old.ts'), `${firstLine}\n`)
  await mkdir(place)
  await symlink(elsewhere, join(place, 'link'))
  writeContracts(place, files({ 'todos.ts': 'a' }))
  assert.throws(() => writeContracts(place, files({ 'link/todos.ts': 'a' })), /leads out of the contracts folder/)
  assert.deepEqual(await readdir(elsewhere), ['old.ts'])
})

test('when writing fails the old contracts stay, and nothing half written is left', async () => {
  const place = await folder()
  writeContracts(place, files({ 'a.ts': 'old', 'b.ts': 'old' }))
  // A folder stands where a file should be moved to, or made under.
  await mkdir(join(place, 'c.ts/inner'), { recursive: true })
  assert.throws(() => writeContracts(place, files({ 'a.ts': 'new', 'b.ts': 'new', 'c.ts': 'new' })))
  await writeFile(join(place, 'd'), 'a file')
  assert.throws(() => writeContracts(place, files({ 'a.ts': 'new', 'd/e.ts': 'new' })))
  assert.equal(await readFile(join(place, 'a.ts'), 'utf8'), `${firstLine}\nold`)
  assert.equal(await readFile(join(place, 'b.ts'), 'utf8'), `${firstLine}\nold`)
  assert.deepEqual(await all(place), ['a.ts', 'b.ts', 'd'])
})

/** Writes, and is killed before what it does to the file system for the nth time. */
const mortal = `
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const [place, files, last] = process.argv.slice(1)
const { writeContracts } = await import(${JSON.stringify(import.meta.resolve('./write.ts'))})
let steps = 0
for (const name of ['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync', 'rmdirSync']) {
  const original = fs[name]
  fs[name] = (...given) => {
    if (++steps === Number(last)) process.kill(process.pid, 'SIGKILL')
    return original(...given)
  }
}
syncBuiltinESMExports()
writeContracts(place, new Map(JSON.parse(files)))
`

test('a process that is killed, wherever it was, leaves the old contracts or the new ones, never some of both', async () => {
  const old = files({ 'a.ts': 'old', 'b.ts': 'same', 'gone/c.ts': 'old' })
  const next = files({ 'a.ts': 'new', 'b.ts': 'same', 'made/d.ts': 'new' })
  const read = async (place: string) =>
    new Map(
      await Promise.all(
        (await all(place)).map(async (path) => [path, await readFile(join(place, path), 'utf8')] as const),
      ),
    )
  const seen = { old: 0, new: 0 }
  for (let step = 1, isOver = false; !isOver; step++) {
    const place = await folder()
    writeContracts(place, old)
    const node = [process.execPath, '--conditions=pikku-source', '--input-type=module', '-e', mortal] as const
    const [program, ...args] = [...node, place, JSON.stringify([...next]), String(step)]
    const { signal, status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
    isOver = status === 0
    assert.equal(isOver ? null : 'SIGKILL', signal, stderr)
    const before = compareContracts(place, old)
    finishWriting(place)
    const state = new Map([...(await read(place))].filter(([path]) => !path.startsWith('.pikku-writing-')))
    const isNew = state.has('made/d.ts')
    seen[isNew ? 'new' : 'old']++
    assert.deepEqual(state, isNew ? next : old, `step ${step}`)
    if (!isNew)
      assert.equal(before.unchanged.length, old.size, `step ${step}: nothing was touched before all is decided`)
    writeContracts(place, isNew ? old : next)
    assert.deepEqual(await read(place), isNew ? old : next)
    assert.deepEqual(
      (await readdir(place)).filter((name) => name.startsWith('.')),
      [],
      `step ${step}`,
    )
  }
  assert.ok(seen.old > 5 && seen.new > 5, JSON.stringify(seen))
})
