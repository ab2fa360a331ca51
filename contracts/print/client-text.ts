import { type AnswerContract, statusOf } from '../../core/index.ts'
import type { AppModel, OperationModel } from '../model.ts'
import { channelMethod, channelTypes, commented, metByClients, namesFrom } from './client-channels.ts'
import { createKeptRows, type KeptRows, type Row, rowsOf } from './client-rows.ts'
import { firstLine, importPath } from './header.ts'
import { braces, type Layout, render } from './layout.ts'
import type { OperationPlace, Places } from './places.ts'
import { identifierText, memberText, pascalCase } from './text.ts'

/** What the client itself throws, beside the codes that a server answers with. */
const clientCodes = ['UNREACHABLE', 'BAD_ANSWER']

/** What of the client was printed for what is the same as long as it says, and leads to, what it did. */
export interface KeptClient extends KeptRows {
  /** The methods, each under what its types are called. */
  readonly methods: WeakMap<OperationModel, MethodNames & { readonly text: string }>
}

/** What there is before the first printing. */
export function createKeptClient(): KeptClient {
  return { ...createKeptRows(), methods: new WeakMap() }
}

/** The client of this app: its types, and what its run time has to know of each operation. */
export function clientText(
  model: AppModel,
  places: Places,
  extension: string,
  kept: KeptClient = createKeptClient(),
): string {
  const rows = rowsOf(model, kept)
  const pieces = new Set([...rows.operations, ...rows.channels, ...rows.plans].flatMap((row) => [...row.pieces]))
  const hasChannels = model.channels.length > 0
  const met = [...model.operations, ...model.channels.flatMap(metByClients)]
  const aliases = aliasesOf(places, pieces)
  const used = new Set(
    met
      .map((operation) => places.operations.get(operation))
      .map((place) => (place && hasNames(place) ? place.file : '')),
  )
  const imports = [...aliases]
    .filter(([file]) => used.has(file))
    .map(([file, alias]) => `import type * as ${alias} from ${importPath('client.ts', file, extension)}`)
  // What only some operations need.
  const some = ['files', 'streams'].filter((piece) => pieces.has(piece))
  const handed = some.length === 0 ? '' : `, { ${some.join(', ')} }`
  const last = rows.plans.length > 0 ? `, plans${handed}` : handed && `, {}${handed}`
  return `${[
    firstLine,
    'import {',
    ...importsOf(pieces, hasChannels).map((name) => `  ${name},`),
    "} from 'pikku/client'",
    ...imports.sort(),
    '',
    '/** Everything this app can be asked. */',
    `export interface Api ${render(apiLayout(model, places, aliases, kept))}`,
    '',
    ...(hasChannels ? channelTypes(model, namesFrom(places, aliases)) : []),
    '/** The codes that this app answers with, and the data of each. */',
    `export interface Errors ${render(errorsLayout(met, places, aliases))}`,
    '',
    '/** An error of this app; `error.code` says which, and so what its data is. */',
    'export type AppError<Code extends keyof Errors = keyof Errors> = {',
    '  [Name in Code]: PikkuError<Name, Errors[Name]>',
    '}[Code]',
    '',
    tableText('operations', rows.operations),
    ...(hasChannels ? ['', tableText('channels', rows.channels)] : []),
    ...(rows.plans.length > 0 ? ['', tableText('plans', rows.plans)] : []),
    '',
    '/**',
    ' * Makes a client of this app.',
    ' *',
    " * @param baseUrl where the app is: `https://api.example.com`, or `''` for the origin of the page.",
    ' */',
    `export function createClient(baseUrl: string, options?: ${hasChannels ? 'SocketOptions' : 'ClientOptions'}): Api {`,
    hasChannels
      ? `  return createSocketClient<Api>(baseUrl, operations, channels, options${last})`
      : `  return createFetchClient<Api>(baseUrl, operations, options${last})`,
    '}',
    '',
    '/** Whether what was thrown is an error of this app, and of this code when one is given. */',
    'export function isError<Code extends keyof Errors>(error: unknown, code?: Code): error is AppError<Code> {',
    '  return isPikkuError(error, code)',
    '}',
  ].join('\n')}\n`
}

/** What of the client's run time is imported: in the order of a formatter, which looks past `type` and case. */
function importsOf(pieces: ReadonlySet<string>, hasChannels: boolean): string[] {
  const key = (name: string) => name.replace(/^type /, '').toLowerCase()
  return [
    'type CallOptions',
    ...(hasChannels
      ? ['type ChannelClient', 'createSocketClient', 'type SocketOptions']
      : ['type ClientOptions', 'createFetchClient']),
    'isError as isPikkuError',
    'type PikkuError',
    ...pieces,
  ].sort((left, right) => (key(left) < key(right) ? -1 : 1))
}

function fileOf(operation: OperationModel, places: Places): string {
  return places.operations.get(operation)?.file ?? ''
}

function hasNames({ input, output, errors }: OperationPlace): boolean {
  return input !== undefined || output !== undefined || errors.size > 0
}

/** What else has a name in the client. */
const taken = [
  'channels',
  'createClient',
  'createFetchClient',
  'createSocketClient',
  'isError',
  'isPikkuError',
  'operations',
  'plans',
]

/** `admin/users.ts` is `adminUsers` where its types are spoken of. */
function aliasesOf({ files }: Places, imported: ReadonlySet<string>): Map<string, string> {
  const aliases = new Map<string, string>()
  const others = new Set([...taken, ...imported])
  for (const file of files) {
    const pascal = pascalCase(file.replace(/\.ts$/, ''))
    let alias = identifierText(pascal.charAt(0).toLowerCase() + pascal.slice(1))
    while (others.has(alias)) alias += '_'
    others.add(alias)
    aliases.set(file, alias)
  }
  return aliases
}

interface Branch {
  readonly branches: Map<string, Branch>
  readonly operations: Map<string, OperationModel>
}

/** What the types of a method are called. */
interface MethodNames {
  /** Of their module. */
  readonly alias: string
  readonly input: string | undefined
  readonly output: string | undefined
}

/** What the methods of the client are printed from. */
interface Methods {
  readonly places: Places
  readonly aliases: ReadonlyMap<string, string>
  readonly kept: KeptClient
}

function apiLayout(model: AppModel, places: Places, aliases: ReadonlyMap<string, string>, kept: KeptClient): Layout {
  const root: Branch = { branches: new Map(), operations: new Map() }
  for (const operation of model.operations) {
    const path = operation.name.split('.')
    const last = path.pop() as string
    let branch = root
    for (const part of path) {
      const next = branch.branches.get(part) ?? { branches: new Map(), operations: new Map() }
      branch.branches.set(part, next)
      branch = next
    }
    branch.operations.set(last, operation)
  }
  return branchLayout(root, { places, aliases, kept }, '  ', model.channels.length > 0 ? [channelMethod] : [])
}

function branchLayout(branch: Branch, methods: Methods, indent: string, more: readonly Layout[] = []): Layout {
  const texts = [...branch.operations].map(([name, operation]) => methodText(name, operation, methods, indent))
  const branches = [...branch.branches].map(
    ([name, inner]): Layout => [memberText(name), ': ', branchLayout(inner, methods, `${indent}  `)],
  )
  return braces([...texts, ...branches, ...more], { separator: '', broken: true })
}

/** A method of the client, for a line that is indented so far. */
function methodText(
  name: string,
  operation: OperationModel,
  { places, aliases, kept }: Methods,
  indent: string,
): string {
  const { input, output } = places.operations.get(operation) ?? {}
  const alias = aliases.get(fileOf(operation, places)) ?? ''
  const known = kept.methods.get(operation)
  if (known && known.alias === alias && known.input === input && known.output === output) return known.text
  const plain = output === undefined ? 'void' : `${alias}.${output}`
  const given = operation.answer ? answerTypes[operation.answer.kind] : plain
  const takes = input === undefined ? 'input?: undefined' : `input: ${alias}.${input}`
  const answer = operation.kind === 'stream' ? `AsyncIterable<${given}>` : `Promise<${given}>`
  const method = `${memberText(name)}(${takes}, options?: CallOptions): ${answer}`
  const text = render(commented(operation, method), indent)
  kept.methods.set(operation, { alias, input, output, text })
  return text
}

/** What a caller gets of an answer that is not JSON. */
const answerTypes: Readonly<Record<AnswerContract['kind'], string>> = {
  bytes: 'Uint8Array',
  blob: 'Blob',
  file: 'File',
  stream: 'ReadableStream<Uint8Array>',
  text: 'string',
  response: 'Response',
}

function errorsLayout(
  operations: readonly OperationModel[],
  places: Places,
  aliases: ReadonlyMap<string, string>,
): Layout {
  const data = new Map<string, Set<string>>()
  for (const operation of operations) {
    for (const { code } of operation.errors) {
      const name = places.operations.get(operation)?.errors.get(code)
      const type = name === undefined ? 'undefined' : `${aliases.get(fileOf(operation, places))}.${name}`
      data.set(code, (data.get(code) ?? new Set()).add(type))
    }
  }
  for (const code of [...Object.keys(statusOf), ...clientCodes]) {
    if (!data.has(code)) data.set(code, new Set(['undefined']))
  }
  const members = [...data].map(([code, types]) => `${memberText(code)}: ${[...types].join(' | ')}`)
  return braces(members, { separator: '', broken: true })
}

function tableText(name: string, rows: readonly Row[]): string {
  const texts = rows.map(({ text }) => text)
  return `const ${name} = ${render(braces(texts, { broken: true }))} as const`
}
