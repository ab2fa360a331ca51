/**
 * Compares parsers with the Zod schemas of the same shapes:
 * `node contracts/print/parsers.fuzz.ts --trials 1000000 --seed 1`.
 */
import { inspect, parseArgs } from 'node:util'
import { compareParsers, textsOf } from './testing/parser-agreement.ts'

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '1000000' },
    seed: { type: 'string' },
    texts: { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
const started = process.cpuUsage()
const { trials, models, accepted, zodThrew, thrown, disagreements } = compareParsers({
  trials: Number(values.trials),
  seed,
})
for (const { operation, model, direction, value, zod, parser } of disagreements) {
  if (values.texts) console.log(Object.values(textsOf(model)).join('\n'))
  if (values.texts) console.log(inspect(operation.input, { depth: 20 }))
  console.log(`${operation.name} ${direction}s differently:`, inspect({ value, zod, parser }, { depth: 12 }))
}
const seconds = process.cpuUsage(started).user / 1e6
console.log(
  `seed ${seed}: ${trials} trials on ${models} models, ${accepted} accepted by both, ${zodThrew} on which Zod threw, ` +
    `${disagreements.length} disagreements, ${seconds.toFixed(1)} s of CPU`,
)
if (thrown.size > 0) console.log('Zod threw:', [...thrown].slice(0, 20))
process.exitCode = disagreements.length > 0 ? 1 : 0
