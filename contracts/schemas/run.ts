import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { JsonText } from '../shape.ts'

/** Where a schema of the user's stands. */
export interface SchemaPlace {
  /** Absolute. */
  readonly file: string
  readonly export: string
  /** The static property of the exported class that it stands in. */
  readonly member?: string
  /** What it is used as; what is used as both is an output. */
  readonly side: 'input' | 'output'
}

/** What a schema asks of what is on the wire, or why that cannot be said. */
export type PrintedSchema =
  | {
      readonly json: JsonText
      /** Whether it transforms in a way that cannot be undone, so that it is none for an output. */
      readonly isOneWay?: boolean
    }
  | { readonly because: string }

/** What is asked of the program that runs the user's modules. */
export interface Request {
  readonly places: readonly SchemaPlace[]
}

/** What that program says. */
export interface Answer {
  /** In the order of the places. */
  readonly schemas: readonly PrintedSchema[]
  /** The files of the project that were loaded. */
  readonly files: readonly string[]
}

/** Milliseconds that modules of schemas may take to load. */
const patience = 10_000

/**
 * Runs the modules of schemas, in a process of its own: nothing of them stays in this one, each run loads what the
 * files are by then, and a module that never ends, exits or prints does no harm.
 */
export function runSchemas(places: readonly SchemaPlace[], root: string): Answer {
  const isSource = import.meta.filename.endsWith('.ts')
  const program = fileURLToPath(new URL(isSource ? './print.ts' : './print.js', import.meta.url))
  const types = process.features.typescript ? [] : ['--experimental-strip-types']
  const flags = ['--no-warnings', ...types, ...(isSource ? ['--conditions=pikku-source'] : [])]
  const request: Request = { places }
  const { output, status, error, stderr } = spawnSync(process.execPath, [...flags, program], {
    cwd: root,
    encoding: 'utf8',
    input: JSON.stringify(request),
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    timeout: patience,
    maxBuffer: 1 << 28,
  })
  const text = output?.[3]
  if (status === 0 && text) return JSON.parse(text)
  const isLate = error && 'code' in error && error.code === 'ETIMEDOUT'
  const said = /^\w*Error\b.*$/m.exec(stderr ?? '')?.[0]
  const because = isLate ? `loading it took more than ${patience / 1000} s` : (said ?? 'loading it ended the process')
  return { schemas: places.map(() => ({ because })), files: [] }
}
