import { join } from 'node:path'
import { tool } from '../tests/tools.ts'
import { conformance } from './conformance.ts'
import { startProcess } from './testing/processes.ts'

const { skip, folder } = await tool('mounts')
const host = join(import.meta.dirname, 'testing', 'azure', 'host.ts')

conformance('Azure Functions', {
  skip,
  start: () => startProcess(process.execPath, ['--conditions=pikku-source', host, join(folder, 'package.json')], null),
})
