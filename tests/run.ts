import { spawnSync } from 'node:child_process'
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
]
const named = given.some((argument) => !argument.startsWith('-'))
const { status } = spawnSync(process.execPath, [...flags, ...given, ...(named ? [] : everything)], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
})
process.exitCode = status ?? 1
