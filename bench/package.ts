import { spawnSync } from 'node:child_process'
import { cp, mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { root, work } from './places.ts'

/** The package as its users have it: built, with declarations, and found as `pikku` by every project under `.work/`. */
export interface Package {
  readonly folder: string
  /** The program behind `npx pikku`. */
  readonly bin: string
}

/** Builds the package beside the sources, so that the `dist/` of this checkout stays as it is. */
export async function buildPackage(): Promise<Package> {
  const folder = join(work, 'package')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const args = ['-p', 'tsconfig.build.json', '--outDir', join(folder, 'dist'), '--noEmitOnError', 'false']
  const build = spawnSync(process.execPath, [tsc, ...args], { cwd: root, encoding: 'utf8' })
  if (build.status !== 0)
    console.warn(`The sources have type errors: figures are of what was built in spite of them.\n${build.stdout}`)
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  await cp(join(root, 'cli', 'bin.js'), join(folder, 'cli', 'bin.js'))
  const link = join(work, 'node_modules', 'pikku')
  await rm(link, { recursive: true, force: true })
  await mkdir(join(work, 'node_modules'), { recursive: true })
  await symlink(folder, link, 'junction')
  return { folder, bin: join(folder, 'cli', 'bin.js') }
}
