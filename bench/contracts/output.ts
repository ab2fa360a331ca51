import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../places.ts'
import { measure } from '../process-tree.ts'

/** What a folder of contracts costs the type checker. */
export interface CheckCost {
  readonly files: number
  readonly bytes: number
  readonly instantiations: number
  /** The checker's own time. */
  readonly milliseconds: number
}

/** How long it took, and what there is after it in all. */
export interface Loading {
  readonly milliseconds: number
  readonly modules: number
  readonly schemas: number
}

/** What importing the table of contracts costs, and then the first calls of its first operation. */
export interface LoadCost {
  readonly imported: Loading
  /** A call whose input fits. */
  readonly accepting: Loading
  /** A call whose input does not, so that Zod has to explain it. */
  readonly refusing: Loading
}

/** Checks the contracts of an app, and nothing else of it. */
export async function checkCost(app: string): Promise<CheckCost> {
  const folder = join(app, 'contracts')
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const texts = await Promise.all(files.map((file) => readFile(file)))
  const config = join(app, 'tsconfig.contracts.json')
  await writeFile(config, JSON.stringify({ extends: './tsconfig.json', include: ['contracts'] }))
  return {
    files: files.length,
    bytes: texts.reduce((sum, { length }) => sum + length, 0),
    ...(await diagnosticsOf(config)),
  }
}

/** What `tsc --extendedDiagnostics` says of a project. */
export async function diagnosticsOf(config: string): Promise<{ instantiations: number; milliseconds: number }> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const options = { cwd: root, limit: 120_000 }
  const { stdout } = await measure(process.execPath, [tsc, '-p', config, '--noEmit', '--extendedDiagnostics'], options)
  const figure = (name: string) => {
    const found = new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1]
    if (found === undefined) throw new Error(`tsc did not say "${name}".`)
    return Number(found)
  }
  return { instantiations: figure('Instantiations'), milliseconds: figure('Check time') * 1000 }
}

/** Imports the contracts of an app in a process of its own. */
export async function loadCost(app: string): Promise<LoadCost> {
  const script = join(import.meta.dirname, 'load.ts')
  const { stdout } = await measure(process.execPath, [script, app], { cwd: app, limit: 60_000 })
  return JSON.parse(stdout)
}
