import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { root } from './places.ts'

/** Where and with what figures were made, in one line. */
export async function describeMachine(packages: readonly string[]): Promise<string> {
  const versions = await Promise.all(packages.map(async (name) => `${name} ${await versionOf(name)}`))
  const processor = cpus()[0]?.model.trim() ?? 'an unknown processor'
  const memory = `${(totalmem() / 1024 ** 3).toFixed(0)} GiB`
  const [load = 0] = loadavg()
  const caution = load > availableParallelism() / 2 ? '**Preliminary: the machine was busy with other work.** ' : ''
  const day = new Date().toISOString().slice(0, 10)
  return [
    `${caution}Made on ${day} on ${availableParallelism()} cores of ${processor}, ${memory}, ${type()},`,
    `load ${load.toFixed(1)} at the start; Node ${process.versions.node}, ${versions.join(', ')}.`,
  ].join(' ')
}

/** The installed version of a package. */
export async function versionOf(name: string, folder = root): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version)
  throw new TypeError(`${name} has no version.`)
}
