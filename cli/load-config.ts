import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Config } from './config.ts'
import { Mistake } from './mistake.ts'

/** The names a configuration can have, in the order in which they are looked for. */
export const configNames: readonly string[] = [
  'pikku.config.ts',
  'pikku.config.mts',
  'pikku.config.js',
  'pikku.config.mjs',
]

/** The configuration in a folder; an empty one when there is none. */
export async function loadConfig(folder: string): Promise<Config> {
  const file = configNames.map((name) => join(folder, name)).find((path) => existsSync(path))
  return file ? check(await importDefault(file), basename(file)) : {}
}

async function importDefault(file: string): Promise<unknown> {
  const url = pathToFileURL(file)
  // Node keeps what it has imported; with the time in the address, a changed file is another one.
  url.searchParams.set('changed', String((await stat(file)).mtimeMs))
  try {
    const module: { readonly default?: unknown } = await import(url.href)
    return module.default
  } catch (error) {
    const name = basename(file)
    if (isCode(error, 'ERR_UNKNOWN_FILE_EXTENSION')) {
      const advice = 'update to 22.18 or later, or name it pikku.config.js and write JavaScript in it'
      throw new Mistake(`Node ${process.versions.node} does not read ${name}: ${advice}.`)
    }
    throw new Mistake(`${name} could not be loaded: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const keys: { readonly [Key in keyof Required<Config>]: 'string' | 'object' | 'boolean' } = {
  app: 'string',
  contracts: 'string',
  tsconfig: 'string',
  openapi: 'object',
  runSchemas: 'boolean',
}

const wanted = { string: 'a path', object: 'an object', boolean: 'true or false' }

function check(value: unknown, name: string): Config {
  if (typeof value !== 'object' || value === null) {
    throw new Mistake(`${name} exports no settings: write \`export default defineConfig({ … })\`.`)
  }
  for (const [key, given] of Object.entries(value)) {
    const expected = Object.hasOwn(keys, key) ? keys[key as keyof Config] : undefined
    if (!expected)
      throw new Mistake(`${name} has an unknown setting \`${key}\`; there are ${Object.keys(keys).join(', ')}.`)
    if (given !== undefined && (typeof given !== expected || given === null)) {
      throw new Mistake(`\`${key}\` in ${name} is to be ${wanted[expected]}.`)
    }
  }
  return value
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
