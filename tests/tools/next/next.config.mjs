import { readFileSync } from 'node:fs'

// `pikku` means the sources of this repository, as the export condition `pikku-source` has it elsewhere.
const root = new URL('../../../', import.meta.url)
const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
const sources = Object.entries(exports).filter(([, entry]) => entry['pikku-source'])
const resolveAlias = Object.fromEntries(
  sources.map(([name, entry]) => [`pikku${name.slice(1)}`, entry['pikku-source'].replace('./', '../../../')]),
)

export default { turbopack: { root: root.pathname, resolveAlias } }
