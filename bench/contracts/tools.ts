import { join } from 'node:path'
import { versionOf } from '../machine.ts'
import type { Package } from '../package.ts'
import { root } from '../places.ts'
import type { Project } from './project.ts'

/** A program and its arguments. */
export interface CommandLine {
  readonly args: readonly string[]
  readonly cwd: string
}

/** Something that makes contracts from types, as the bench runs it. All of them run in Node. */
export interface Tool {
  readonly name: string
  /** What is in its figures and what is not, in a sentence. */
  readonly note: string
  /** Everything from nothing. */
  cold(project: Project): CommandLine
  /** Edits of one file in a process that stays; prints the milliseconds of each. Absent: it begins anew each time. */
  edits?(project: Project, rounds: number): CommandLine
}

/** The file of a made-up project that is edited; other modules name its types. */
export const editedFile = 'src/functions/albums.ts'

/** The tools that are compared, ours first. */
export async function listTools({ folder, bin }: Package, peers: string): Promise<Tool[]> {
  const installed = (name: string) => join(peers, 'node_modules', name)
  const version = (name: string) => versionOf(name, peers)
  const walker = join(peers, 'typescript-6.mjs')
  const typescript6 = `TypeScript ${await version('typescript-6')} API`
  return [
    {
      name: 'pikku contracts',
      note: 'reports type errors; writes Zod schemas, types, the client, the lock and the OpenAPI document',
      cold: ({ app }) => ({ args: [bin, 'contracts'], cwd: app }),
      edits: ({ app }, rounds) => ({
        args: [join(root, 'bench/contracts/edit.ts'), folder, app, editedFile, `${rounds}`],
        cwd: app,
      }),
    },
    {
      name: `tsc ${await versionOf('typescript')} --noEmit`,
      note: 'type errors of the same app and nothing else: the floor for whoever reports them',
      cold: ({ app }) => ({ args: [join(root, 'node_modules/typescript/bin/tsc'), '-p', app], cwd: app }),
    },
    {
      name: `${typescript6}, walk`,
      note: 'walks the same app from its functions and writes JSON; no type errors, no Zod',
      cold: ({ app }) => ({ args: [walker, app, join(app, 'walked.json')], cwd: app }),
      edits: ({ app }, rounds) => ({ args: [walker, app, join(app, 'walked.json'), '--edits', `${rounds}`], cwd: app }),
    },
    {
      name: `${typescript6}, walk and errors`,
      note: 'the same with type errors, which is the comparable work',
      cold: ({ app }) => ({ args: [walker, app, join(app, 'walked.json'), '--errors'], cwd: app }),
      edits: ({ app }, rounds) => ({
        args: [walker, app, join(app, 'walked.json'), '--errors', '--edits', `${rounds}`],
        cwd: app,
      }),
    },
    {
      name: `ts-json-schema-generator ${await version('ts-json-schema-generator')}`,
      note: 'JSON Schema of exported types, without its type check; functions must be written out as types',
      cold: ({ types }) => ({
        args: [
          join(installed('ts-json-schema-generator'), 'bin/ts-json-schema-generator.js'),
          ...['--path', 'src/functions/*.ts', '--tsconfig', 'tsconfig.json', '--type', '*', '--expose', 'export'],
          ...['--no-type-check', '--out', 'schema.json'],
        ],
        cwd: types,
      }),
    },
    {
      name: `ts-to-zod ${await version('ts-to-zod')}`,
      note:
        'reads syntax, not types: Zod schemas without its validation step; generic types stop it, so their file is kept ' +
        'from it and what uses them becomes z.any(), and so does a readonly array',
      cold: ({ types }) => ({
        args: [join(installed('ts-to-zod'), 'bin/run'), '--all', '--skipValidation'],
        cwd: types,
      }),
      edits: ({ types }, rounds) => ({
        args: [join(peers, 'ts-to-zod-edit.mjs'), types, editedFile, `${rounds}`],
        cwd: types,
      }),
    },
    {
      name: `typia ${await version('typia')} generate`,
      note: 'validators in plain code, one for each input and output; 13 and later fetch and compile Go sources at first use',
      cold: ({ types }) => ({
        args: [
          join(installed('typia'), 'lib/executable/typia.js'),
          ...['generate', '--input', 'typia', '--output', 'typia-out', '--project', 'tsconfig.json'],
        ],
        cwd: types,
      }),
    },
  ]
}
