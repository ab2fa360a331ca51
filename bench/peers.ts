import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Installs a folder of `bench/peers/` when it is missing or out of date, and gives its path. */
export async function installPeers(name: string): Promise<string> {
  const folder = join(import.meta.dirname, 'peers', name)
  const stamp = join(folder, 'node_modules', '.installed')
  const lock = await readFile(join(folder, 'package-lock.json'))
  const wanted = createHash('sha256').update(lock).digest('hex')
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return folder
  console.log(`Installing bench/peers/${name} …`)
  await npmCi(folder)
  await writeFile(stamp, wanted)
  return folder
}

function npmCi(folder: string): Promise<void> {
  // What npm puts into the environment of its scripts would steer an npm inside of them.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')))
  const child = spawn('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`npm ci in ${folder} ended with ${code}.`)),
    )
  })
}
