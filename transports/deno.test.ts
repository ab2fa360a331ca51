import { join } from 'node:path'
import { root, tool } from '../tests/tools.ts'
import { conformance } from './conformance.ts'
import { startProcess } from './testing/processes.ts'

const { skip, folder } = await tool('deno')
const server = join(root, 'transports', 'testing', 'conformance', 'servers', 'deno.ts')

conformance('Deno', {
  skip,
  start: () =>
    startProcess(
      join(folder, 'node_modules', '.bin', 'deno'),
      ['run', '--allow-net', '--allow-read', '--allow-env', '--conditions=pikku-source', server],
      null,
    ),
})
