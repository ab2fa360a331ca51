// Node, Bun and Deno: the address is given as an argument.
import { run } from './run.ts'

await run(process.argv[2] ?? '')
process.exit()
