import assert from 'node:assert/strict'
import { readFileSync, renameSync, rmSync } from 'node:fs'
import { describe, test } from 'node:test'
import { smallApp, TemporaryProject } from './testing/project.ts'

const limit = { timeout: 90_000 }
const functions = 'src/functions/todos.ts'
const source = smallApp[functions] ?? ''
const note = `import { func } from '../../pikku.ts'
export const note = func(async (_services, input: { text: string }) => ({ text: input.text }))
`

describe('pikku contracts --watch', () => {
  test('writes what an edit changes, survives errors, and ends at Ctrl-C with 0', limit, async () => {
    using project = new TemporaryProject()
    const watch = project.start(['contracts', '--watch'])
    const started = await watch.until(/Watching \. for changes\. Ctrl-C ends\.\n/)
    assert.match(started, /6 files created in contracts\//)

    project.write(functions, source.replace('title: string', 'title: string | null'))
    await watch.until(/✓ ~ contract\.json {2}~ openapi\.json {2}~ parsers\/todos\.ts {2}~ todos\.ts \d+ ms\n/)
    assert.match(readFileSync(project.path('contracts/todos.ts'), 'utf8'), /title: string \| null/)

    project.write(functions, `${source}const wrong: number = ''\n`)
    await watch.until(/todos\.ts:13:7[\s\S]*Nothing was written\.\n/)
    assert.match(readFileSync(project.path('contracts/todos.ts'), 'utf8'), /title: string \| null/)

    project.write(functions, source)
    await watch.until(/✓ .*~ todos\.ts.*\n/)
    project.write(functions, source.replace("id: '1'", "id: '2'"))
    await watch.until(/✓ .*nothing changed \d+ ms\n/)

    const inferred =
      "import * as z from 'zod'\nconst Hidden = z.string()\nexport const hidden = func(async (_services, input: { text: z.infer<typeof Hidden> }) => [input.text, typeof Hidden])\n"
    project.write(functions, `${source}${inferred}`)
    await watch.until(/✓ .*~ todos\.ts 1 warning [\d.]+ m?s\n/)

    assert.equal((await watch.stop()).code, 0)
  })

  test(
    'tells of errors in what imports the app after the contracts are written, and until they are gone',
    limit,
    async () => {
      using project = new TemporaryProject()
      project.write(
        'src/server.ts',
        "import app from './app.ts'\nimport type { Todo } from './functions/todos.ts'\n" +
          'export const titleOf = (todo: Todo): string => todo.title\nexport { app }\n',
      )
      const watch = project.start(['contracts', '--watch'])
      await watch.until(/Watching/)
      const broken = source.replace('title: string', 'title: string | null')
      project.write(functions, broken)
      await watch.until(/✓ .*~ todos\.ts.*\n[\s\S]*server\.ts:3[\s\S]*The contracts are written all the same\.\n/)
      project.write(functions, `${broken}// more\n`)
      await watch.until(/server\.ts:3[\s\S]*Nothing was written\.\n/)
      project.write(functions, source)
      await watch.until(/✓ .*~ todos\.ts.*\n/)
      assert.equal((await watch.stop()).code, 0)
    },
  )

  test('sees files that an editor writes by renaming, new ones, and folders that come and go', limit, async () => {
    using project = new TemporaryProject()
    const watch = project.start(['contracts', '--watch'])
    await watch.until(/Watching/)

    project.write(`${functions}.tmp`, source.replaceAll('title: string', 'title: string | null'))
    renameSync(project.path(`${functions}.tmp`), project.path(functions))
    await watch.until(/✓ .*~ todos\.ts.*\n/)

    project.write('src/functions/more/notes.ts', note)
    await watch.until(/✓ nothing changed.*\n/)
    const app = smallApp['src/app.ts'] ?? ''
    const wired = app.replace('rpc: { todos }', 'rpc: { todos, notes }')
    project.write('src/app.ts', `import * as notes from './functions/more/notes.ts'\n${wired}`)
    await watch.until(/✓ .*\+ more\/notes\.ts.*\n/)

    rmSync(project.path('src/functions/more'), { recursive: true })
    await watch.until(/TS2307[\s\S]*Nothing was written\.\n/)
    project.write('src/functions/more/notes.ts', note.replace('text: string', 'text: string | null'))
    await watch.until(/✓ .*~ more\/notes\.ts.*\n/)
    assert.equal((await watch.stop()).code, 0)
  })

  test('reads the project again when its configuration changes, also after it was broken', limit, async () => {
    using project = new TemporaryProject()
    const watch = project.start(['contracts', '--watch'])
    await watch.until(/Watching/)

    project.write('pikku.config.js', 'export default { openapi: { title: "Other" } }')
    await watch.until(/✓ .*~ openapi\.json.*\n/)
    project.write('pikku.config.js', 'export default { oops: 1 }')
    await watch.until(/error: .*unknown setting `oops`.*\n/)
    project.write('pikku.config.js', 'export default { openapi: { title: "Third" } }')
    await watch.until(/✓ .*~ openapi\.json.*\n/)
    assert.match(readFileSync(project.path('contracts/openapi.json'), 'utf8'), /"title": "Third"/)
    assert.equal((await watch.stop('SIGTERM')).code, 0)
  })

  const needsProc = process.platform !== 'linux' && 'Only Linux lists the processes that a process started in /proc.'
  test('goes on when the compiler dies', { ...limit, skip: needsProc }, async () => {
    using project = new TemporaryProject()
    const watch = project.start(['contracts', '--watch'])
    await watch.until(/Watching/)
    for (const compiler of watch.children()) process.kill(compiler, 'SIGKILL')
    project.write(functions, source.replace('title: string', 'title: string | null'))
    await watch.until(/✓ .*~ todos\.ts.*\n/)
    assert.equal((await watch.stop()).code, 0)
  })

  test('prints one JSON object a line with --json', limit, async () => {
    using project = new TemporaryProject()
    const watch = project.start(['contracts', '--watch', '--json'])
    assert.equal(JSON.parse(await watch.until(/.*\n/)).status, 'written')
    project.write(functions, source.replace('title: string', 'title: string | null'))
    const { status, changed } = JSON.parse(await watch.until(/.*todos\.ts.*\n/))
    assert.deepEqual([status, changed], ['written', ['contract.json', 'openapi.json', 'parsers/todos.ts', 'todos.ts']])
    assert.equal((await watch.stop()).code, 0)
  })

  test('ends with 1 when there is nothing to watch', limit, async () => {
    using project = new TemporaryProject({ 'package.json': '{}' })
    const { code, stdout } = await project.run(['contracts', '--watch', '--json'])
    assert.equal(code, 1)
    assert.equal(JSON.parse(stdout).status, 'mistake')
  })
})
