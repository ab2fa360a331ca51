import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { root } from './tools.ts'

// `npm test` runs everything; `npm test -- core/errors.test.ts` runs what is named, and knows Node's own flags.
const given = process.argv.slice(2)
const everything = [
  '{core,contracts,transports,clients,cli,bench}/**/*.test.ts',
  'examples/*/{src,web,test}/**/*.test.ts',
  'tests/*.test.ts',
]
const flags = [
  '--conditions=pikku-source',
  '--test',
  // Browsers, servers and compilers run beside the tests: more of them than this starve each other on two cores.
  '--test-concurrency=2',
  '--test-reporter=./tests/reporter.ts',
  // What hangs is to end, and to be told.
  '--test-timeout=600000',
]
const named = given.some((argument) => !argument.startsWith('-'))
// Node leaves out node_modules only when no pattern is given.
const files = named ? [] : globSync(everything, { cwd: root, exclude: ['**/node_modules'] }).sort()
if (!named && files.length === 0) throw new Error('There are no tests.')
const { status } = spawnSync(process.execPath, [...flags, ...given, ...files], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
})
process.exitCode = status ?? 1
