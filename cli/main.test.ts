import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { contractsOptions } from './options.ts'
import { TemporaryProject } from './testing/project.ts'

const limit = { timeout: 60_000 }

describe('the command line', { concurrency: 2 }, () => {
  test('prints its version without loading the compiler or a command', limit, async () => {
    using project = new TemporaryProject({})
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    const hook = pathToFileURL(`${import.meta.dirname}/testing/print-modules.js`)
    const { code, stdout, stderr } = await project.run(['--version'], { env: { NODE_OPTIONS: `--import=${hook}` } })
    assert.deepEqual([code, stdout], [0, `${version}\n`])
    assert.match(stderr, /\/cli\/main\.ts/)
    assert.doesNotMatch(stderr, /\/(?:typescript|zod|openapi3-ts|commands|contracts)\//)
  })

  test('prints help for every option, and ends with 0', limit, async () => {
    using project = new TemporaryProject({})
    const { code, stdout } = await project.run(['contracts', '--help'])
    assert.equal(code, 0)
    for (const name of Object.keys(contractsOptions)) assert.match(stdout, new RegExp(`^ {2}--${name}\\b`, 'm'))
  })

  const wrong: [args: string[], message: RegExp][] = [
    [[], /^Usage: pikku/],
    [['unknown'], /^error: unknown command 'unknown'$/m],
    [['constructor'], /^error: unknown command 'constructor'$/m],
    [['__proto__'], /^error: unknown command '__proto__'$/m],
    [['contract'], /Did you mean contracts\?/],
    [['contracts', '--chek'], /^error: unknown option '--chek'\n\(Did you mean --check\?\)$/m],
    [['contracts', 'src/app.ts'], /^error: too many arguments/m],
    [['contracts', '--app'], /^error: option '--app <file>' argument missing$/m],
    [['contracts', '--check', '--watch'], /^error: option '--check' cannot be used with option '--watch'$/m],
  ]
  for (const [args, message] of wrong) {
    test(`\`pikku ${args.join(' ')}\` is a wrong use, which ends with 2`, limit, async () => {
      using project = new TemporaryProject({})
      const { code, stdout, stderr } = await project.run(args)
      assert.match(stderr, message)
      assert.deepEqual([code, stdout], [2, ''])
    })
  }

  test('the page about it has the same options', () => {
    const page = readFileSync(new URL('../docs/cli.md', import.meta.url), 'utf8')
    const told = [...page.matchAll(/^\| `--(\w+)(?: <\w+>)?` \|/gm)].map(([, name]) => name)
    assert.deepEqual(told, Object.keys(contractsOptions))
  })
})
