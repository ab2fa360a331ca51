import { filesOfMessage } from '../channels.ts'
import type { AppModel, ChannelModel, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { above, braces, type Layout, render } from './layout.ts'
import type { Places } from './places.ts'
import { isWrittenAnyway, type Plan } from './plan.ts'
import { planLayout } from './plan-layout.ts'
import type { Planner } from './planner.ts'
import { commentText, memberText, pascalCase, propertyText } from './text.ts'
import { noteLines } from './type-text.ts'

/** The type of a schema where the client speaks of it; nothing where there is no such schema. */
export type NameOf = (operation: OperationModel, side: 'input' | 'output') => string | undefined

/** Tells the types of schemas by the names that their modules have in the client. */
export function namesFrom(places: Places, aliases: ReadonlyMap<string, string>): NameOf {
  return (operation, side) => {
    const place = places.operations.get(operation)
    const name = place?.[side]
    return place && name !== undefined ? `${aliases.get(place.file)}.${name}` : undefined
  }
}

/** What of a channel its clients meet: they are not told how it is left. */
export function metByClients({ connect, messages, events }: ChannelModel): OperationModel[] {
  return [connect, ...[...messages, ...events].map(({ operation }) => operation)]
}

/** The types of the channels: what each sends and takes, and a table of them all. */
export function channelTypes({ channels }: AppModel, nameOf: NameOf): string[] {
  const names = uniqueNames(channels)
  const members = channels.map((channel, index): Layout => {
    const input = nameOf(channel.connect, 'input')
    const type = braces(
      [
        `params: ${input === undefined ? '[]' : `[params: ${input}]`}`,
        `events: ${names[index]}Events`,
        `messages: ${names[index]}Messages`,
      ],
      { separator: '', broken: true },
    )
    return commented(channel, [`${memberText(channel.path)}: `, type])
  })
  return [
    ...channels.flatMap((channel, index) => [
      ...interfaceLines(`${names[index]}Events`, `What \`${channel.path}\` sends.`, eventsLayout(channel, nameOf)),
      ...interfaceLines(
        `${names[index]}Messages`,
        `What \`${channel.path}\` takes, and how it answers.`,
        messagesLayout(channel, nameOf),
      ),
    ]),
    ...interfaceLines('Channels', 'The channels of this app.', braces(members, { separator: '', broken: true })),
  ]
}

/** The method that opens them. */
export const channelMethod: Layout = [
  above((indent) => commentText('Opens a channel by its path, with the parameters in it.', indent)),
  'channel<Path extends keyof Channels>(\n' +
    '    path: Path,\n' +
    "    ...params: Channels[Path]['params']\n" +
    "  ): ChannelClient<Channels[Path]['events'], Channels[Path]['messages']>",
]

/** What the run time has to know of a channel. */
export function channelLayout(
  { connect, messages, events }: ChannelModel,
  planner: Planner,
  types: AppModel['types'],
  pieces: Set<string>,
): Layout {
  const plans = plansOf(connect, planner)
  const sent = events.flatMap(({ name, operation }): [string, Plan][] => {
    const plan = operation.output ? planner.plan(operation.output) : 0
    return plan === 0 ? [] : [[name, plan]]
  })
  const entries = messages.flatMap(({ name, operation }): Layout[] => {
    const entry = messageEntry(operation, planner, pieces, filesOfMessage(operation, types).length > 0)
    return entry.length === 0 ? [] : [[`${propertyText(name)}: `, braces(entry)]]
  })
  return braces([
    ...(isWrittenAnyway(plans.input) ? [] : [['i: ', planLayout(plans.input, pieces)]]),
    ...errorsEntry('c', connect, plans, pieces),
    ...(sent.length === 0 ? [] : [['e: ', planLayout(Object.fromEntries(sent), pieces)]]),
    ...(entries.length === 0 ? [] : [['m: ', braces(entries)]]),
  ])
}

function messageEntry(operation: OperationModel, planner: Planner, pieces: Set<string>, hasFiles: boolean): Layout[] {
  const plans = plansOf(operation, planner)
  return [
    ...(isWrittenAnyway(plans.input) ? [] : [['i: ', planLayout(plans.input, pieces)]]),
    ...(plans.output === 0 ? [] : [['o: ', planLayout(plans.output, pieces)]]),
    ...(operation.idempotencyKey ? [`k: ${use(pieces, 'idempotencyKey')}`] : []),
    ...(hasFiles ? [`f: ${use(pieces, 'attachments')}`] : []),
    ...errorsEntry('e', operation, plans, pieces),
  ]
}

/** Something of the client's run time, imported. */
function use(pieces: Set<string>, name: string): string {
  pieces.add(name)
  return name
}

/** The plans of an operation. */
export interface Plans {
  readonly input: Plan
  readonly output: Plan
  /** Of the data of its errors, in their order. */
  readonly errors: readonly Plan[]
}

/** Plans what an operation takes and gives. */
export function plansOf({ input, output, errors }: OperationModel, planner: Planner): Plans {
  const plan = (shape: Shape | undefined): Plan => (shape ? planner.plan(shape) : 0)
  return { input: plan(input), output: plan(output), errors: errors.map(({ data }) => plan(data)) }
}

/** The plans of the data of errors, by code, as a property of an entry; nothing where JSON is what it is. */
export function errorsEntry(key: string, { errors }: OperationModel, plans: Plans, pieces: Set<string>): Layout[] {
  const data: Record<string, Plan> = {}
  for (const [at, { code }] of errors.entries()) {
    const plan = plans.errors[at] ?? 0
    if (plan !== 0) data[code] = plan
  }
  return Object.keys(data).length === 0 ? [] : [[`${key}: `, planLayout(data, pieces)]]
}

function eventsLayout({ events }: ChannelModel, nameOf: NameOf): Layout {
  const members = events.map(({ name, operation }) =>
    commented(operation, `${memberText(name)}: ${nameOf(operation, 'output') ?? 'undefined'}`),
  )
  return braces(members, { separator: '', broken: members.length > 0 })
}

function messagesLayout({ messages }: ChannelModel, nameOf: NameOf): Layout {
  const members = messages.map(({ name, operation }) => {
    const [input, output] = [nameOf(operation, 'input'), nameOf(operation, 'output')]
    const sides = [...(input ? [`input: ${input}`] : []), ...(output ? [`output: ${output}`] : [])]
    return commented(operation, [`${memberText(name)}: `, braces(sides, { separator: '' })])
  })
  return braces(members, { separator: '', broken: members.length > 0 })
}

function interfaceLines(name: string, words: string, body: Layout): string[] {
  return [commentText(words).trimEnd(), `export interface ${name} ${render(body)}`, '']
}

/** A member of an interface with what is said of it above. */
export function commented(noted: Pick<OperationModel, 'description' | 'deprecated'>, member: Layout): Layout {
  const words = noteLines(noted).join('\n')
  return commentText(words) === '' ? member : [above((indent) => commentText(words, indent)), member]
}

/** `Room` for the export `room`; the next one of that name is numbered. */
function uniqueNames(channels: readonly ChannelModel[]): string[] {
  const taken = new Set<string>()
  return channels.map(({ exportName }) => {
    const base = pascalCase(exportName)
    let name = base
    for (let next = 2; taken.has(name); next++) name = `${base}${next}`
    taken.add(name)
    return name
  })
}
