import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root, type Tool } from '../../tests/tools.ts'
import type { Served } from '../conformance.ts'
import { startProcess } from './processes.ts'

/** A module with everything that it needs, as Cloudflare is sent it. */
export interface Bundle {
  readonly text: string
  readonly bytes: number
  readonly gzipped: number
  /** The packages, and the modules of Node, that it is made of. */
  readonly packages: readonly string[]
}

/** Bundles a worker as Cloudflare's own tool does. What is imported from Node makes it fail: there is no Node there. */
export async function bundleWorker(entry: string): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['pikku-source', 'workerd', 'worker', 'browser'],
    external: ['cloudflare:*'],
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const [{ text, contents }] = outputFiles as [(typeof outputFiles)[number]]
  const packages = Object.keys(metafile.inputs).flatMap(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
  )
  return { text, bytes: contents.byteLength, gzipped: gzipSync(contents).byteLength, packages: [...new Set(packages)] }
}

/** The Durable Objects of a class `App`, which a worker knows as `APP`. */
export const appObjects = `durableObjectNamespaces = [(className = "App", uniqueKey = "app", enableSql = true)],
    durableObjectStorage = (localDisk = "disk"),
    bindings = [(name = "APP", durableObjectNamespace = "App")],`

/** Runs a bundle on workerd, the runtime of Cloudflare Workers, without anything before it. */
export async function startWorkerd(tool: Tool, { text }: Pick<Bundle, 'text'>, objects = ''): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'pikku-workerd-'))
  await writeFile(join(folder, 'worker.js'), text)
  await writeFile(join(folder, 'config.capnp'), configOf(folder, objects))
  const workerd = join(tool.folder, 'node_modules', '.bin', 'workerd')
  // It tells of its port by this descriptor alone.
  const served = await startProcess(workerd, ['serve', join(folder, 'config.capnp'), '--control-fd=1'])
  return {
    url: served.url,
    async close() {
      await served.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** @param objects what the worker has beside itself. */
const configOf = (folder: string, objects: string) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker.js", esModule = embed "worker.js")],
    compatibilityDate = "2026-10-01",
    compatibilityFlags = ["enable_request_signal"],
    ${objects}
  )), (name = "internet", network = (allow = ["public", "private"])), (name = "disk", disk = (path = "${folder}", writable = true))],
  sockets = [(name = "http", address = "localhost:0", http = (), service = "main")],
);
`
