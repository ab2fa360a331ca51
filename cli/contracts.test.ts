import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { smallApp, TemporaryProject } from './testing/project.ts'

const limit = { timeout: 60_000 }
const functions = 'src/functions/todos.ts'

function edit(project: TemporaryProject, path: string, before: string, after: string): void {
  const text = readFileSync(project.path(path), 'utf8')
  assert.ok(text.includes(before), `${path} has no ${before}`)
  project.write(path, text.replace(before, after))
}

function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'utf8')]),
  )
}

describe('pikku contracts', { concurrency: 2 }, () => {
  test('writes the contracts, and a second run touches nothing', limit, async () => {
    using project = new TemporaryProject()
    const first = await project.run(['contracts'])
    assert.equal(first.code, 0, first.stderr)
    assert.match(first.stdout, /^ {2}\+ contracts\/client\.ts$/m)
    assert.match(first.stdout, /^✓ 2 operations, 1 type: 6 files created in contracts\/ \d/m)
    assert.deepEqual(readdirSync(project.path('contracts')).sort(), [
      'client.ts',
      'contract.json',
      'index.ts',
      'openapi.json',
      'parsers',
      'todos.ts',
    ])
    const [before, written] = [filesIn(project.path('contracts')), statSync(project.path('contracts/todos.ts')).mtimeMs]
    const second = await project.run(['contracts'])
    assert.equal(second.code, 0)
    assert.match(second.stdout, /^✓ 2 operations, 1 type: nothing changed in contracts\/ \d.*\n$/)
    assert.deepEqual(filesIn(project.path('contracts')), before)
    assert.equal(statSync(project.path('contracts/todos.ts')).mtimeMs, written)
  })

  test('writes the same bytes in another folder', limit, async () => {
    using one = new TemporaryProject()
    using other = new TemporaryProject()
    assert.equal((await one.run(['contracts'])).code, 0)
    assert.equal((await other.run(['contracts'])).code, 0)
    assert.deepEqual(Object.values(filesIn(one.path('contracts'))), Object.values(filesIn(other.path('contracts'))))
  })

  test('describes the API in the words of package.json and the configuration', limit, async () => {
    using project = new TemporaryProject()
    project.write(
      'pikku.config.ts',
      `import { defineConfig } from 'pikku/config'
export default defineConfig({ contracts: 'generated', openapi: { title: 'Tasks' as string, specification: '3.2', servers: [{ url: 'https://tasks.test' }] } })`,
    )
    const { code, stderr } = await project.run(['contracts'])
    assert.equal(code, 0, stderr)
    const { openapi, info, servers } = JSON.parse(readFileSync(project.path('generated/openapi.json'), 'utf8'))
    assert.equal(openapi, '3.2.0')
    assert.deepEqual(info, { title: 'Tasks', version: '1.2.3', description: 'A small app.' })
    assert.deepEqual(servers, [{ url: 'https://tasks.test' }])
  })

  test('removes the contracts of a module that is gone, and leaves files of the user alone', limit, async () => {
    using project = new TemporaryProject()
    project.write('src/functions/notes.ts', smallApp[functions] ?? '')
    edit(project, 'src/app.ts', 'rpc: { todos }', 'rpc: { todos, notes }')
    edit(project, 'src/app.ts', 'import * as', "import * as notes from './functions/notes.ts'\nimport * as")
    assert.equal((await project.run(['contracts'])).code, 0)
    project.write('contracts/README.md', 'Mine.')
    project.write('contracts/mine.ts', 'export {}')
    project.write('src/app.ts', smallApp['src/app.ts'] ?? '')
    const { code, stdout } = await project.run(['contracts'])
    assert.equal(code, 0)
    assert.match(stdout, /^ {2}- contracts\/notes\.ts$/m)
    const left = readdirSync(project.path('contracts'))
    assert.ok(!left.includes('notes.ts') && left.includes('README.md') && left.includes('mine.ts'), left.join())
  })

  test('tells a type error as TypeScript does, and writes nothing', limit, async () => {
    using project = new TemporaryProject()
    project.write(
      'src/functions/wrong.ts',
      'const count: number = "one"\nconst more: string = 2\nexport { count, more }\n',
    )
    const { code, stdout, stderr } = await project.run(['contracts'])
    assert.equal(code, 1)
    assert.equal(stdout, '')
    assert.match(stderr, /src\/functions\/wrong\.ts:1:7/)
    assert.match(stderr, /TS2322/)
    assert.match(stderr, /Type 'string' is not assignable to type 'number'/)
    assert.match(stderr, /✗ 2 errors in 1 file\. Nothing was written\.\n$/)
    assert.ok(!readdirSync(project.root).includes('contracts'))
  })

  test('keeps the contracts of before when the sources have errors', limit, async () => {
    using project = new TemporaryProject()
    assert.equal((await project.run(['contracts'])).code, 0)
    const before = filesIn(project.path('contracts'))
    edit(project, functions, 'title: string', 'title: symbol')
    assert.equal((await project.run(['contracts'])).code, 1)
    assert.deepEqual(filesIn(project.path('contracts')), before)
  })

  test('colours for terminals, plainly for others, and never with NO_COLOR', limit, async () => {
    using project = new TemporaryProject()
    const painted = await project.run(['contracts'], { env: { FORCE_COLOR: '1' } })
    const plain = await project.run(['contracts'])
    const refused = await project.run(['contracts', '--app', 'none.ts'], { env: { NO_COLOR: '1' } })
    assert.ok(painted.stdout.includes('\u001b[32m'))
    assert.ok(!plain.stdout.includes('\u001b'))
    assert.ok(!refused.stderr.includes('\u001b'))
  })
})

describe('pikku contracts --check', { concurrency: 2 }, () => {
  test('passes on contracts that are up to date', limit, async () => {
    using project = new TemporaryProject()
    assert.equal((await project.run(['contracts'])).code, 0)
    const { code, stdout, stderr } = await project.run(['contracts', '--check'])
    assert.equal(code, 0, stderr)
    assert.equal(stdout, '✓ contracts/ is up to date: 2 operations\n')
  })

  test('fails after an edit, with the lines that differ and the command, and writes nothing', limit, async () => {
    using project = new TemporaryProject()
    assert.equal((await project.run(['contracts', '--out', 'api'])).code, 0)
    const before = filesIn(project.path('api'))
    edit(project, functions, 'title: string', 'title: string | null')
    const { code, stdout, stderr } = await project.run(['contracts', '--out', 'api', '--check'])
    assert.equal(code, 1)
    assert.equal(stdout, '')
    assert.match(stderr, /^ {2}~ api\/todos\.ts$/m)
    assert.match(stderr, /^ +\d+ - {3}title: string$/m)
    assert.match(stderr, /^ +\d+ \+ {3}title: string \| null$/m)
    assert.match(
      stderr,
      /4 files in api\/ are out of date\. Run `npx pikku contracts --out api` and commit what it writes\.\n$/,
    )
    assert.deepEqual(filesIn(project.path('api')), before)
  })

  test('fails when there are no contracts yet, and makes none', limit, async () => {
    using project = new TemporaryProject()
    const { code, stderr } = await project.run(['contracts', '--check'])
    assert.equal(code, 1)
    assert.match(stderr, /^ {2}\+ contracts\/index\.ts$/m)
    assert.ok(!readdirSync(project.root).includes('contracts'))
  })
})

describe('pikku contracts --json', { concurrency: 2 }, () => {
  test('prints one object: what was written, what is out of date, what is wrong', limit, async () => {
    using project = new TemporaryProject()
    const written = JSON.parse((await project.run(['contracts', '--json'])).stdout)
    assert.equal(typeof written.milliseconds, 'number')
    assert.deepEqual(written, {
      ok: true,
      status: 'written',
      folder: 'contracts',
      operations: 2,
      types: 1,
      milliseconds: written.milliseconds,
      created: ['client.ts', 'contract.json', 'index.ts', 'openapi.json', 'parsers/todos.ts', 'todos.ts'],
      changed: [],
      removed: [],
      unchanged: [],
    })
    const current = await project.run(['contracts', '--check', '--json'])
    assert.equal(current.code, 0)
    assert.equal(JSON.parse(current.stdout).status, 'current')
    edit(project, functions, 'title: string', 'title: string | null')
    const stale = await project.run(['contracts', '--check', '--json'])
    assert.equal(stale.code, 1)
    const { ok, status, changed, differences, command } = JSON.parse(stale.stdout)
    assert.deepEqual(
      [ok, status, changed, command],
      [false, 'stale', ['contract.json', 'openapi.json', 'parsers/todos.ts', 'todos.ts'], 'npx pikku contracts'],
    )
    const [line] = differences.find(({ file }: { file: string }) => file === 'todos.ts').lines
    assert.deepEqual(Object.keys(line), ['sign', 'line', 'text'])
    edit(project, functions, 'title: string | null', 'title: Missing')
    const failed = await project.run(['contracts', '--json'])
    assert.deepEqual([failed.code, failed.stderr], [1, ''])
    const { diagnostics, ...rest } = JSON.parse(failed.stdout)
    assert.deepEqual([rest.ok, rest.status], [false, 'failed'])
    assert.deepEqual(diagnostics[0], {
      code: 'TS2304',
      message: "Cannot find name 'Missing'.",
      at: { file: functions, line: 5, column: 10, length: 7 },
    })
    const mistake = await project.run(['contracts', '--json', '--app', 'none.ts'])
    assert.equal(mistake.code, 1)
    assert.deepEqual(JSON.parse(mistake.stdout), {
      ok: false,
      status: 'mistake',
      message: 'There is no none.ts, which --app names.',
    })
  })
})

describe('a project that cannot be read', { concurrency: 2 }, () => {
  const cases: [what: string, change: (project: TemporaryProject) => void, args: string[], message: RegExp][] = [
    [
      'no app',
      (project) => rmSync(project.path('src'), { recursive: true }),
      [],
      /^error: No app found: looked for src\/app\.ts and app\.ts; pass --app\.\n$/,
    ],
    [
      'an app that is named and is not there',
      () => {},
      ['--app', 'src/other.ts'],
      /^error: There is no src\/other\.ts, which --app names\.\n$/,
    ],
    [
      'no tsconfig.json',
      (project) => rmSync(project.path('tsconfig.json')),
      [],
      /^error: No tsconfig\.json found for src\/app\.ts: .*--tsconfig\.\n$/,
    ],
    [
      'a tsconfig.json that is named and is not there',
      () => {},
      ['--tsconfig', 'x.json'],
      /^error: There is no x\.json, .*\n$/,
    ],
    [
      'an unknown setting',
      (project) => project.write('pikku.config.js', 'export default { aap: "x" }'),
      [],
      /^error: pikku\.config\.js has an unknown setting `aap`; there are app, contracts, tsconfig, openapi, runSchemas\.\n$/,
    ],
    [
      'an OpenAPI that there is not',
      (project) => project.write('pikku.config.js', 'export default { openapi: { specification: "3.3" } }'),
      [],
      /^error: `openapi\.specification` in the configuration is to be '3\.1' or '3\.2'\.\n$/,
    ],
    [
      'a configuration that throws',
      (project) => project.write('pikku.config.js', 'throw new Error("no luck")'),
      [],
      /^error: pikku\.config\.js could not be loaded: no luck\n$/,
    ],
    [
      'a configuration that exports nothing',
      (project) => project.write('pikku.config.ts', 'export {}'),
      [],
      /^error: pikku\.config\.ts exports no settings: /,
    ],
    [
      'a package.json that is no JSON',
      (project) => project.write('package.json', '{'),
      [],
      /^error: package\.json is not valid JSON\.\n$/,
    ],
    [
      'contracts among the sources',
      () => {},
      ['--out', 'src'],
      /^error: The contracts would be written among the sources, to src: /,
    ],
    [
      'a file where the folder would be',
      (project) => project.write('contracts', ''),
      [],
      /^error: Cannot write to contracts: a file stands where the folder would be\.\n$/,
    ],
    [
      'a file of the user where a contract would be',
      (project) => project.write('contracts/todos.ts', 'export {}'),
      [],
      /^error: Cannot write to contracts: .*todos\.ts is not a file that pikku wrote\. .*\n$/,
    ],
  ]
  for (const [what, change, args, message] of cases) {
    test(`${what} is one line and exit 1`, limit, async () => {
      using project = new TemporaryProject()
      change(project)
      const { code, stdout, stderr } = await project.run(['contracts', ...args])
      assert.match(stderr, message)
      assert.deepEqual([code, stdout], [1, ''])
    })
  }

  test('an app without a default export is an error with its place', limit, async () => {
    using project = new TemporaryProject()
    edit(project, 'src/app.ts', 'export default app(', 'export const small = app(')
    const { code, stderr } = await project.run(['contracts'])
    assert.equal(code, 1)
    assert.match(stderr, /src\/app\.ts/)
    assert.match(stderr, /1 error in 1 file\. Nothing was written\.\n$/)
  })

  test('a folder that may not be written is one line and exit 1, and stays as it was', limit, async () => {
    using project = new TemporaryProject()
    mkdirSync(project.path('contracts'))
    writeFileSync(project.path('contracts/kept.md'), '')
    chmodSync(project.path('contracts'), 0o555)
    const { code, stderr } = await project.run(['contracts'], { bound: true })
    chmodSync(project.path('contracts'), 0o755)
    assert.equal(stderr, 'error: Cannot write to contracts: you have no permission to.\n')
    assert.equal(code, 1)
    assert.deepEqual(readdirSync(project.path('contracts')), ['kept.md'])
  })
})

describe('finding the project', { concurrency: 2 }, () => {
  test('from a folder below it, and from one above by --app', limit, async () => {
    using project = new TemporaryProject(
      Object.fromEntries(Object.entries(smallApp).map(([path, text]) => [`packages/api/${path}`, text])),
    )
    const below = await project.run(['contracts'], { cwd: 'packages/api/src/functions' })
    assert.equal(below.code, 0, below.stderr)
    assert.ok(readdirSync(project.path('packages/api/contracts')).includes('index.ts'))
    const above = await project.run(['contracts', '--app', 'packages/api/src/app.ts', '--check'])
    assert.deepEqual([above.code, above.stdout], [0, '✓ packages/api/contracts/ is up to date: 2 operations\n'])
  })
})
