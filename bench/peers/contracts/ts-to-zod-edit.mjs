// What ts-to-zod does again in its watch mode when a file has changed, in a process that stays.
// `node ts-to-zod-edit.mjs <types folder> <file in it> <rounds>`
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from 'ts-to-zod'

const [folder, file, rounds] = process.argv.slice(2)
const { default: configs } = await import(join(folder, 'ts-to-zod.config.mjs'))
const inputOutputMappings = configs.map(({ input, output }) => ({ input, output }))
const times = []
for (let round = 0; round < Number(rounds); round++) {
  const start = performance.now()
  const sourceText = readFileSync(join(folder, file), 'utf8').replace(
    'createdAt: Date',
    `createdAt: Date\n  edited${round}?: string`,
  )
  const { getZodSchemasFile } = generate({ sourceText, inputOutputMappings })
  writeFileSync(join(folder, 'zod', file), getZodSchemasFile('../../..'))
  times.push(performance.now() - start)
}
console.log(JSON.stringify(times))
