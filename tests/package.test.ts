import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { readPage, writeFiles } from './markdown.ts'
import { promisedOutput, runReadme } from './readme.ts'
import { cleanEnvironment, finished, root, tool } from './tools.ts'

const checkers = await tool('package')
const node22 = await tool('node22')
/** The generators that read OpenAPI documents bring TypeScript 5.9, as many users have it. */
const olderTypeScript = await tool('openapi')

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

  test('is at most 2.15 MB', async () => {
    const { size } = await stat(tarball)
    assert.ok(size < 2_150_000, `${size} bytes`)
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

  for (const { version, bin, flags, skip } of [
    {
      version: 'v22.12.0',
      bin: join(node22.folder, 'node_modules', '.bin'),
      flags: tsx,
      skip: node22.skip,
    },
    { version: process.version, bin: dirname(process.execPath), flags: () => [], skip: false as const },
  ]) {
    test(`serves the README's app from an empty folder on Node ${version}`, { skip }, async (context) => {
      const page = await readPage('README.md')
      const project = await mkdtemp(join(folder, 'project-'))
      const env = { ...cleanEnvironment(), PATH: [bin, process.env.PATH].join(delimiter), NO_COLOR: '1' }
      const inProject = { cwd: project, env }
      await writeFiles(page, project)
      await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }')

      const { zod } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).devDependencies
      const install = await finished('npm', ['install', '--prefer-offline', tarball, `zod@${zod}`], inProject)
      if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT/.test(install.stderr)) {
        return context.skip('No npm registry: run `npm test -- tests/package.test.ts` with one.')
      }
      assert.equal(install.code, 0, install.stderr)

      assert.equal((await succeeds('node', ['--version'], inProject)).stdout.trim(), version)
      await succeeds('npx', ['pikku', 'contracts'], inProject)
      await succeeds('npx', ['pikku', 'contracts', '--check'], inProject)
      assert.equal(await runReadme(project, join(bin, 'node'), flags()), promisedOutput(page))

      // What users get has types of its own, and no setting of theirs may be needed to hide mistakes in them.
      await succeeds('npx', ['tsc', '-p', '.', '--skipLibCheck', 'false'], inProject)
      if (olderTypeScript.skip) return context.skip(olderTypeScript.skip)
      const { code, stdout } = await olderTypeScript.run('tsc', ['-p', '.', '--skipLibCheck', 'false'], inProject)
      assert.equal(code, 0, `With TypeScript 5.9:\n${stdout}`)
    })
  }
})

/** What makes the oldest Node run TypeScript. */
function tsx(): string[] {
  return ['--import', pathToFileURL(createRequire(join(node22.folder, 'package.json')).resolve('tsx')).href]
}

async function succeeds(program: string, args: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }) {
  const result = await finished(program, args, { env: cleanEnvironment(), ...options })
  assert.equal(result.code, 0, `${program} ${args.join(' ')}\n${result.stdout}${result.stderr}`)
  return result
}
