import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { before, describe, test } from 'node:test'
import { root, tool } from './tools.ts'

const { run, skip } = await tool('lint')

test('the repository is formatted and lints clean', { skip }, async () => {
  const { code, stdout, stderr } = await run('biome', ['check', '--error-on-warnings', '--colors=off'], { cwd: root })
  assert.equal(code, 0, `Run \`npm run format\` and look at what it could not mend.\n${stdout}${stderr}`)
})

/** Files that must be refused, with the words of the reason, and the nearest thing that is allowed (`null`). */
const planted: readonly [file: string, code: string, refusal: string | null][] = [
  ['core/package.ts', "import 'zod'", 'imports nothing outside'],
  ['core/node.ts', "import 'node:fs'", 'imports nothing outside'],
  ['core/up.ts', "export type { A } from '../contracts/shape.ts'", 'imports nothing outside'],
  ['core/lazy.ts', "export const lazy = () => import('../cli/main.ts')", 'imports nothing outside'],
  ['core/own.ts', "import './errors.ts'", null],
  ['core/own.test.ts', "import 'node:test'", null],

  ['contracts/sibling.ts', "import '../transports/hono.ts'", 'siblings are strangers'],
  ['contracts/read/sibling.ts', "import '../../clients/fetch.ts'", 'siblings are strangers'],
  ['contracts/print/zod/above.ts', "import '../../../cli/main.ts'", 'siblings are strangers'],
  ['contracts/itself.ts', "import 'pikku/client'", 'siblings are strangers'],
  ['contracts/door.ts', "import '../core/errors.ts'", 'only door'],
  ['contracts/print/door.ts', "import '../../core/errors.ts'", 'only door'],
  ['contracts/print/compiler.ts', "import 'typescript/sync'", 'Only contracts/read'],
  ['contracts/wire.ts', "import 'node:buffer'", 'every runtime'],
  ['contracts/read/good.ts', "import 'typescript/sync'\nimport '../../core/index.ts'\nimport '../shape.ts'", null],
  ['contracts/print/good.ts', "import 'node:path'\nimport '../../core/index.ts'\nimport '../shape.ts'", null],

  ['transports/sibling.ts', "import '../contracts/wire.ts'", 'siblings are strangers'],
  ['transports/http/sibling.ts', "import '../../clients/fetch.ts'", 'siblings are strangers'],
  ['transports/door.ts', "import '../core/call.ts'", 'only door'],
  ['transports/compiler.ts', "import 'typescript'", 'Only contracts/read'],
  ['transports/http/good.ts', "import 'hono'\nimport 'node:http'\nimport '../../core/index.ts'", null],

  ['clients/zod.ts', "import 'zod'", 'run in browsers'],
  ['clients/hono.ts', "import 'hono/client'", 'run in browsers'],
  ['clients/ws.ts', "import 'ws'", 'run in browsers'],
  ['clients/node.ts', "import 'node:stream'", 'run in browsers'],
  ['clients/sibling.ts', "import '../contracts/wire.ts'", 'siblings are strangers'],
  ['clients/door.ts', "import '../core/errors.ts'", 'only door'],
  ['clients/query/good.ts', "import '../../core/index.ts'\nimport '../plan.ts'\nimport './key.ts'", null],

  ['cli/above.ts', "import '../examples/todos/src/app.ts'", 'stands above'],
  ['cli/door.ts', "import '../core/errors.ts'", 'only door'],
  ['cli/compiler.ts', "import 'typescript/sync'", 'Only contracts/read'],
  [
    'cli/commands/good.ts',
    "import 'commander'\nimport '../../contracts/read/index.ts'\nimport '../../transports/node.ts'\nimport '../../core/index.ts'",
    null,
  ],

  ['examples/todos/src/core.ts', "import '../../../core/index.ts'", 'by its name'],
  ['examples/todos/src/functions/client.ts', "import '../../../../clients/fetch.ts'", 'by its name'],
  ['examples/todos/src/wire.ts', "import '../../../contracts/wire.ts'", 'by its name'],
  ['examples/todos/src/functions/good.ts', "import 'pikku'\nimport '../../contracts/index.ts'\nimport 'pg'", null],
]

describe('imports go one way', { skip }, () => {
  const complaints = new Map<string, string[]>()

  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pikku-lint-'))
    try {
      const config = JSON.parse(await readFile(join(root, 'biome.json'), 'utf8'))
      await writeFile(join(folder, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }))
      const circle = {
        'transports/left.ts': "export * from './right.ts'",
        'transports/right.ts': "export * from './left.ts'",
      }
      const any = { 'core/loose.ts': 'export const loose: any = 1' }
      for (const [file, code] of [...planted, ...Object.entries({ ...circle, ...any })]) {
        await mkdir(join(folder, dirname(file)), { recursive: true })
        await writeFile(join(folder, file), `${code}\n`)
      }
      const { stdout } = await run('biome', ['lint', '--reporter=json', '--max-diagnostics=none'], { cwd: folder })
      for (const { category, message, location } of JSON.parse(stdout).diagnostics) {
        complaints.set(location.path, [...(complaints.get(location.path) ?? []), `${category}: ${message}`])
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  for (const [file, code, refusal] of planted) {
    const what = [...code.matchAll(/'([^']+)'/g)].map(([, specifier]) => specifier).join(', ')
    test(`${file} ${refusal === null ? 'may' : 'must not'} import ${what}`, () => {
      const found = complaints.get(file) ?? []
      if (refusal === null) assert.deepEqual(found, [])
      else
        assert.ok(
          found.some((line) => line.startsWith('lint/style/noRestrictedImports: ') && line.includes(refusal)),
          `${found}`,
        )
    })
  }

  test('circles are refused', () => {
    for (const file of ['transports/left.ts', 'transports/right.ts']) {
      assert.match(`${complaints.get(file)}`, /^lint\/suspicious\/noImportCycles: /)
    }
  })

  test('any is refused', () => assert.match(`${complaints.get('core/loose.ts')}`, /noExplicitAny/))
})
