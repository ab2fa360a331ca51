// Loaded by every server that is measured: collects garbage when it is told to.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
process.on('SIGUSR2', () => {
  // The most thorough one, which gives pages back too.
  for (let turn = 0; turn < 3; turn++) collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  if (process.env.HEAP) console.error(process.memoryUsage())
})
