import { spawnSync } from 'node:child_process'
import { copyFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Makes dist/, which is what users of the package run. In this repository nothing needs it: sources run as they are.
const root = import.meta.dirname
rmSync(join(root, 'dist'), { recursive: true, force: true })
const tsc = join(dirname(fileURLToPath(import.meta.resolve('typescript/package.json'))), 'bin', 'tsc')
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
if (status !== 0) process.exit(1)

// The API reference must work without internet, and its package alone would treble an installation.
const scalar = dirname(dirname(fileURLToPath(import.meta.resolve('@scalar/fastify-api-reference'))))
const http = join(root, 'dist', 'transports', 'http')
copyFileSync(join(scalar, 'dist', 'js', 'standalone.js'), join(http, 'scalar.js'))
copyFileSync(join(scalar, 'LICENSE'), join(http, 'scalar.LICENSE'))
