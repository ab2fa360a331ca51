import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../../tests/tools.ts'
import { behaviours } from '../../conformance.ts'
import { possible } from './behaviour.ts'
import { type Flag, flags } from './flags.ts'
import { type Runtime, runtimes } from './runtimes.ts'

const readme = join(root, 'README.md')
const place = /(<!-- runtimes -->\n)[\s\S]*?(\n<!-- \/runtimes -->)/

/** The README, and the README with the table as it is to be. The test of each runtime holds it to its row. */
export async function readmeWithTable(): Promise<{ now: string; wanted: string }> {
  const now = await readFile(readme, 'utf8')
  const table = await tableOfRuntimes()
  return { now, wanted: now.replace(place, (_all, start: string, end: string) => `${start}${table}${end}`) }
}

async function tableOfRuntimes(): Promise<string> {
  const rows = await Promise.all(
    [...runtimes].map(async ([name, runtime]) => {
      const { by, lacks } = runtime
      const passed = possible(behaviours, lacks).length
      const cells = [
        name,
        by,
        await versionOf(runtime),
        `${passed} of ${behaviours.length}`,
        lacks.map((flag) => `\`${flag}\``).join(', '),
      ]
      return `| ${cells.join(' | ')} |`
    }),
  )
  const used = names.filter((flag) => [...runtimes.values()].some(({ lacks }) => lacks.includes(flag)))
  return [
    '| runtime | by | tested with | behaviours | lacks |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    'What a runtime that lacks it does not do:',
    '',
    ...used.map((flag) => `- \`${flag}\`: ${flags[flag]}`),
  ].join('\n')
}

const names = Object.keys(flags) as Flag[]

async function versionOf({ version }: Runtime): Promise<string> {
  if (!version) return process.versions.node.split('.')[0] ?? ''
  const [tool, name] = version
  const lock = JSON.parse(await readFile(join(root, 'tests', 'tools', tool, 'package-lock.json'), 'utf8'))
  return lock.packages[`node_modules/${name}`].version
}

// `node --conditions=pikku-source transports/testing/conformance/table.ts` writes it.
if (import.meta.main) await writeFile(readme, (await readmeWithTable()).wanted)
