import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { DocumentInfo, DocumentSettings } from '../contracts/openapi/index.ts'
import type { Config } from './config.ts'
import { configNames, loadConfig } from './load-config.ts'
import { Mistake } from './mistake.ts'

/** Where everything of a project stands. Paths are absolute. */
export interface Project {
  /** The folder of its configuration or its `package.json`. */
  readonly root: string
  readonly app: string
  readonly tsconfig: string
  /** The folder that the contracts are written to. */
  readonly out: string
  /** What the OpenAPI document says about itself, and the OpenAPI that it is written in. */
  readonly info: DocumentSettings
  /** Whether modules that export schemas are run. */
  readonly runSchemas: boolean
}

/** What the command line says about a project. Paths are relative to the working directory. */
export interface ProjectOptions {
  readonly app?: string
  readonly out?: string
  readonly tsconfig?: string
}

/** Where an app is looked for, in this order. */
const conventions = ['src/app.ts', 'app.ts']

/** Finds a project by the command line, its configuration and convention, in this order. */
export async function findProject(options: ProjectOptions, cwd = process.cwd()): Promise<Project> {
  const root = findRoot(options.app ? dirname(resolve(cwd, options.app)) : cwd) ?? cwd
  const config = await loadConfig(root)
  const app = findApp(options, config, root, cwd)
  const beside = basename(dirname(app)) === 'src' ? dirname(dirname(app)) : dirname(app)
  const out = options.out
    ? resolve(cwd, options.out)
    : resolve(config.contracts ? root : beside, config.contracts ?? 'contracts')
  if (isWithin(app, out)) {
    throw new Mistake(
      `The contracts would be written among the sources, to ${show(out, cwd)}: name another folder with --out.`,
    )
  }
  return {
    root,
    app,
    tsconfig: findTsconfig(options, config, { root, cwd, app }),
    out,
    info: await describe(root, config),
    runSchemas: config.runSchemas ?? true,
  }
}

/** A path as a person in the working directory would write it. */
export function show(path: string, cwd = process.cwd()): string {
  const short = relative(cwd, path).replaceAll('\\', '/')
  return short === '' ? '.' : short.startsWith('../../') ? path : short
}

function findApp(options: ProjectOptions, config: Config, root: string, cwd: string): string {
  const named = options.app ? resolve(cwd, options.app) : config.app && resolve(root, config.app)
  if (named) {
    if (existsSync(named)) return named
    throw new Mistake(
      `There is no ${show(named, cwd)}, which ${options.app ? '--app' : '`app` in the configuration'} names.`,
    )
  }
  const found = conventions.map((path) => join(root, path)).find((path) => existsSync(path))
  if (found) return found
  const places = conventions.map((path) => show(join(root, path), cwd)).join(' and ')
  throw new Mistake(`No app found: looked for ${places}; pass --app.`)
}

function findTsconfig(
  options: ProjectOptions,
  config: Config,
  places: { root: string; cwd: string; app: string },
): string {
  const { root, cwd, app } = places
  const named = options.tsconfig ? resolve(cwd, options.tsconfig) : config.tsconfig && resolve(root, config.tsconfig)
  const found = named ? (existsSync(named) ? named : undefined) : findUp(dirname(app), ['tsconfig.json'])
  if (found) return found
  if (named) throw new Mistake(`There is no ${show(named, cwd)}, the TypeScript configuration that was named.`)
  throw new Mistake(
    `No tsconfig.json found for ${show(app, cwd)}: create one with \`npx tsc --init\`, or pass --tsconfig.`,
  )
}

function findRoot(from: string): string | undefined {
  const found = findUp(from, [...configNames, 'package.json'])
  return found && dirname(found)
}

/** The first of these files in a folder or in the nearest folder above. */
function findUp(from: string, names: readonly string[]): string | undefined {
  const found = names.map((name) => join(from, name)).find((path) => existsSync(path))
  if (found || dirname(from) === from) return found
  return findUp(dirname(from), names)
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way.startsWith('..') || resolve(way) === way)
}

/** The configuration's words about the API, and those of `package.json` where it has none. */
async function describe(root: string, { openapi = {} }: Config): Promise<DocumentSettings> {
  if (![undefined, '3.1', '3.2'].includes(openapi.specification)) {
    throw new Mistake("`openapi.specification` in the configuration is to be '3.1' or '3.2'.")
  }
  const manifest = await readManifest(join(root, 'package.json'))
  const { title = manifest.name ?? basename(root), version = manifest.version ?? '0.0.0' } = openapi
  const description = openapi.description ?? manifest.description
  const license = openapi.license ?? toLicense(manifest.license)
  return { ...openapi, title, version, ...(description ? { description } : {}), ...(license ? { license } : {}) }
}

/** A licence that SPDX knows by this name; what is not licensed has none. */
function toLicense(name: string | undefined): DocumentInfo['license'] {
  return name && name !== 'UNLICENSED' && /^[\w.+-]+$/.test(name) ? { name, identifier: name } : undefined
}

type Manifest = { readonly [Key in 'name' | 'version' | 'description' | 'license']?: string }

async function readManifest(file: string): Promise<Manifest> {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  try {
    const manifest: unknown = JSON.parse(text)
    const entries = Object.entries(typeof manifest === 'object' && manifest !== null ? manifest : {})
    return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string' && value !== ''))
  } catch {
    throw new Mistake(`${show(file)} is not valid JSON.`)
  }
}
