import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { readPage, writeFiles } from './markdown.ts'
import { promisedOutput, runReadme } from './readme.ts'
import { cleanEnvironment, finished, root, tool } from './tools.ts'

const checkers = await tool('package')
const node22 = await tool('node22')

describe('the packed tarball', () => {
  let folder: string
  let tarball: string
  let files: string[]

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pikku-package-'))
    const { stdout } = await succeeds('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root })
    // npm 12 answers with an object by package name, earlier ones with a list.
    const [packed] = Object.values(JSON.parse(stdout.slice(stdout.search(/^[[{]$/m)))) as [
      { filename: string; files: { path: string }[] },
    ]
    tarball = join(folder, packed.filename)
    files = packed.files.map(({ path }) => path)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  test('has what its exports name, licence and sources, and nothing that only this repository needs', async () => {
    const { exports, bin } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const named = [exports, bin].flatMap(
      (entry) => JSON.stringify(entry).match(/(?<="\.\/)[^"*]+\.(?:js|ts)(?=")/g) ?? [],
    )
    assert.ok(named.length > 10)
    for (const file of [
      ...named,
      'LICENSE',
      'README.md',
      'core/pikku.ts',
      'dist/core/pikku.js.map',
      'dist/transports/http/scalar.js',
    ]) {
      assert.ok(files.includes(file), `${file} is missing`)
    }
    const strange = /\.test\.|\.test-d\.|testing\/|^tests\/|^examples\/|^bench\/|^\.|node_modules|tsconfig|biome|^build/
    assert.deepEqual(
      files.filter((file) => strange.test(file)),
      [],
    )
  })

  test('is at most 1.5 MB', async () => {
    const { size } = await stat(tarball)
    assert.ok(size < 1_500_000, `${size} bytes`)
  })

  test('passes publint', { skip: checkers.skip }, async () => {
    const { code, stdout } = await checkers.run('publint', ['run', '--strict', tarball])
    assert.equal(code, 0, stdout)
    assert.match(stdout, /All good/)
  })

  test('passes attw: every entry point has types that fit', { skip: checkers.skip }, async () => {
    const { code, stdout } = await checkers.run('attw', [tarball, '--profile', 'esm-only', '--no-emoji'])
    assert.equal(code, 0, stdout)
  })

  for (const [name, bin, skip] of [
    ['22', join(node22.folder, 'node_modules', '.bin'), node22.skip],
    ['24', dirname(process.execPath), false],
  ] as const) {
    test(`serves the README's app from an empty folder on Node ${name}`, { skip }, async (context) => {
      const page = await readPage('README.md')
      const project = await mkdtemp(join(folder, `node${name}-`))
      const node = join(bin, 'node')
      const env = { ...cleanEnvironment(), PATH: [bin, process.env.PATH].join(delimiter), NO_COLOR: '1' }
      await writeFiles(page, project)
      await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }')

      const { zod } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).devDependencies
      const install = await finished('npm', ['install', '--prefer-offline', tarball, `zod@${zod}`], {
        cwd: project,
        env,
      })
      if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT/.test(install.stderr)) {
        return context.skip('No npm registry: run `npm test -- tests/package.test.ts` with one.')
      }
      assert.equal(install.code, 0, install.stderr)

      const { stdout: version } = await succeeds(node, ['--version'], { cwd: project, env })
      assert.ok(version.startsWith(`v${name}.`), version)
      await succeeds('npx', ['pikku', 'contracts'], { cwd: project, env })
      await succeeds('npx', ['pikku', 'contracts', '--check'], { cwd: project, env })
      await succeeds('npx', ['tsc', '-p', '.'], { cwd: project, env })
      assert.equal(await runReadme(project, node), promisedOutput(page))
    })
  }
})

async function succeeds(program: string, args: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }) {
  const result = await finished(program, args, { env: cleanEnvironment(), ...options })
  assert.equal(result.code, 0, `${program} ${args.join(' ')}\n${result.stdout}${result.stderr}`)
  return result
}
