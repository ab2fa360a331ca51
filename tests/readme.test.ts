import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { emptyProject, readPage, writeFiles } from './markdown.ts'
import { promisedOutput, runReadme } from './readme.ts'
import { cleanEnvironment, finished, root, type ToolName, tool } from './tools.ts'

const conditions = '--conditions=pikku-source'
const bin = join(root, 'node_modules', '.bin')
const names = [
  'README.md',
  ...(await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
]
const pages = await Promise.all(names.map(readPage))

const { scripts, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))

/** The test that runs a command of a page. A page with a command that is neither here nor a script of ours fails. */
const commands = new Map([
  ['npm ci && npm start', 'tests/start.test.ts'],
  ['npm ci && npm test', '.ci/run'],
  ['npm ci', '.ci/run'],
  ['npm start', 'tests/start.test.ts'],
  ['npm start --workspace chat', 'tests/start.test.ts'],
  ['npm test', '.ci/run'],
  [`npm install ../pikku/pikku-${version}.tgz zod`, 'tests/package.test.ts'],
  ['npx pikku contracts', 'tests/package.test.ts'],
  ['node src/server.ts', 'tests/package.test.ts'],
])

for (const page of pages) {
  describe(page.name, () => {
    test('its TypeScript passes the type check, and its tests pass', async (context) => {
      const folder = await emptyProject(page.name.replaceAll(/\W/g, '-'))
      for (const name of page.tools) {
        const { skip, folder: from } = await tool(name as ToolName)
        if (skip) return context.skip(skip)
        await linkPackages(from, folder)
      }
      const places = await writeFiles(page, folder)
      if (places.size === 0) return
      await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
      const given = places.has('tsconfig.json') ? JSON.parse(await readFile(join(folder, 'tsconfig.json'), 'utf8')) : {}
      const compilerOptions = { ...strict, ...given.compilerOptions, customConditions: ['pikku-source'] }
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))

      if (places.has('src/app.ts')) await succeeds('pikku', ['contracts'])
      await succeeds('tsc', ['--pretty', 'false', '-p', '.'])
      const tests = [...places.keys()].filter((file) => file.endsWith('.test.ts'))
      if (tests.length > 0) await succeeds('node', [conditions, '--test', ...tests])
      if (page.name === 'README.md') {
        assert.equal(await runReadme(folder, process.execPath, [conditions]), promisedOutput(page))
      }

      async function succeeds(program: string, args: readonly string[]): Promise<void> {
        const env = { ...cleanEnvironment(), PATH: `${bin}:${process.env.PATH}`, NO_COLOR: '1' }
        const { code, stdout, stderr } = await finished(join(bin, program), args, { cwd: folder, env })
        const where = [...places].map(([file, place]) => `  ${file} is ${place}`).join('\n')
        assert.equal(code, 0, `${program} ${args.join(' ')}\n${stdout}${stderr}\n${where}`)
      }
    })

    test('its commands are run by a test', () => {
      for (const { language, text, place } of page.fences) {
        if (language !== 'sh') continue
        for (const line of text.trimEnd().split('\n')) {
          const command = line.replace(/\s+#.*/, '')
          const script = /^npm (?:run )?([\w:]+)(?: -- [\w./-]+)?$/.exec(command)?.[1]
          const isKnown = commands.has(command) || (script !== undefined && Object.hasOwn(scripts, script))
          assert.ok(isKnown, `${place}: no test runs \`${command}\`. Name one in tests/readme.test.ts.`)
        }
      }
    })

    test('its JSON can be read', () => {
      for (const { language, text, place } of page.fences) {
        if (language === 'json') assert.doesNotThrow(() => JSON.parse(text), place)
      }
    })

    test('its links lead somewhere', async () => {
      const text = await readFile(join(root, page.name), 'utf8')
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#\s]*)[^)]*\)|src="(?!https?:)([^"]+)"/g)) {
        if (target)
          await assert.doesNotReject(
            readFile(join(root, page.name, '..', target)).catch(notFolder),
            `${page.name} links to ${target}`,
          )
      }
    })
  })
}

test('the README shows code within its first 30 lines', async () => {
  const lines = (await readFile(join(root, 'README.md'), 'utf8')).split('\n')
  assert.ok(lines.slice(0, 30).includes('```ts'))
})

/** What a page's code must pass unless it shows a tsconfig.json of its own. */
const strict = {
  target: 'es2023',
  lib: ['es2024', 'esnext.disposable', 'esnext.asynciterable', 'dom', 'dom.iterable', 'dom.asynciterable'],
  module: 'nodenext',
  moduleDetection: 'force',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
}

/** Links the packages of a tool folder into a project. */
async function linkPackages(from: string, to: string): Promise<void> {
  const names = await readdir(join(from, 'node_modules'))
  const scoped = names.filter((name) => name.startsWith('@'))
  const packages = names.filter((name) => !/^[.@]/.test(name))
  for (const scope of scoped) {
    for (const name of await readdir(join(from, 'node_modules', scope))) packages.push(`${scope}/${name}`)
  }
  for (const name of packages) {
    const link = join(to, 'node_modules', name)
    await mkdir(dirname(link), { recursive: true })
    await symlink(join(from, 'node_modules', name), link).catch(isThere)
  }
}

function isThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

function notFolder(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EISDIR') throw error
}
