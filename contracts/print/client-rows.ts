import type { BodyContract, Parameter } from '../../core/index.ts'
import { bodyOf } from '../body.ts'
import { multipart } from '../media-types.ts'
import type { AppModel, ChannelModel, OperationModel, RouteModel } from '../model.ts'
import { parametersOf } from '../parameters.ts'
import { channelLayout, errorsEntry, plansOf } from './client-channels.ts'
import { braces, type Layout, list, render } from './layout.ts'
import { isWrittenAnyway, type Plan } from './plan.ts'
import { planLayout } from './plan-layout.ts'
import { type KeptPlans, Planner, type Trail } from './planner.ts'
import { propertyText, stringText } from './text.ts'

/** What of the rows was printed before, and how they were planned. */
export interface KeptRows {
  readonly plans: KeptPlans
  readonly rows: WeakMap<OperationModel | ChannelModel, Row>
  /** The rows of plans by these. */
  readonly planRows: WeakMap<object, Row>
}

/** What there is before the first printing. */
export function createKeptRows(): KeptRows {
  return { plans: new WeakMap(), rows: new WeakMap(), planRows: new WeakMap() }
}

/** What the run time has to know of something, by the name of this. */
export interface Row {
  readonly name: string
  readonly text: string
  /** What of `pikku/client` it is made with. */
  readonly pieces: ReadonlySet<string>
  /** What is met by planning it again, if that is all. */
  readonly trail?: Trail | undefined
}

/** What the run time has to know of an app. */
export interface Rows {
  readonly operations: readonly Row[]
  readonly channels: readonly Row[]
  /** The plans that others refer to. */
  readonly plans: readonly Row[]
}

/** What the run time has to know. */
export function rowsOf(model: AppModel, kept: KeptRows): Rows {
  const planner = new Planner(model.types, kept.plans)
  const rows = plannedRows(model, planner, kept)
  return planner.isMisled ? plannedRows(model, new Planner(model.types), createKeptRows()) : rows
}

function plannedRows({ operations, channels, types }: AppModel, planner: Planner, kept: KeptRows): Rows {
  return {
    operations: operations.map((operation) =>
      plannedRow(operation, operation.name, planner, kept, (pieces) => entryLayout(operation, planner, types, pieces)),
    ),
    channels: channels.map((channel) =>
      plannedRow(channel, channel.path, planner, kept, (pieces) => channelLayout(channel, planner, types, pieces)),
    ),
    plans: [...planner.named].map(([name, plan]) => planRow(name, plan, kept)),
  }
}

/** What it takes to plan this is kept with it. */
function plannedRow(
  of: OperationModel | ChannelModel,
  name: string,
  planner: Planner,
  kept: KeptRows,
  layout: (pieces: Set<string>) => Layout,
): Row {
  const known = kept.rows.get(of)
  if (known?.trail && planner.meet(known.trail)) return known
  const { made, trail } = planner.follow(() => rowOf(name, layout))
  const row = { ...made, trail }
  kept.rows.set(of, row)
  return row
}

function planRow(name: string, plan: Plan, kept: KeptRows): Row {
  const known = typeof plan === 'object' ? kept.planRows.get(plan) : undefined
  if (known?.name === name) return known
  const row = rowOf(name, (pieces) => planLayout(plan, pieces))
  if (typeof plan === 'object') kept.planRows.set(plan, row)
  return row
}

function rowOf(name: string, layout: (pieces: Set<string>) => Layout): Row {
  const pieces = new Set<string>()
  return { name, text: render([propertyText(name), ': ', layout(pieces)], '  ', 2, 1), pieces }
}

/** What the run time has to know of an operation: nothing, when it is called by its name and is JSON both ways. */
function entryLayout(
  operation: OperationModel,
  planner: Planner,
  types: AppModel['types'],
  pieces: Set<string>,
): Layout {
  const { routes, rpc, kind } = operation
  const plans = plansOf(operation, planner)
  const content = contentLayout(operation, types)
  const get = routes.find(({ method }) => method === 'GET')
  // A route of GET can be cached and tried again; otherwise the name is shorter than any route.
  const route = get ?? (rpc ? undefined : routes[0])
  if (operation.idempotencyKey) pieces.add('idempotencyKey')
  if (content.length > 0) pieces.add('files')
  if (kind === 'stream') pieces.add('streams')
  return braces([
    ...(route ? [`m: ${stringText(route.method)}`, `p: ${stringText(route.path)}`] : []),
    ...parametersLayout(operation, route, types, pieces),
    ...content,
    ...(isWrittenAnyway(plans.input) ? [] : [['i: ', planLayout(plans.input, pieces)]]),
    ...(plans.output === 0 ? [] : [['o: ', planLayout(plans.output, pieces)]]),
    ...(operation.idempotencyKey ? ['k: idempotencyKey'] : []),
    ...(kind === 'stream' ? ['s: 1'] : []),
    ...(get && !rpc ? ['r: 1'] : []),
    ...errorsEntry('e', operation, plans, pieces),
  ])
}

/** How its input and its output travel that are not JSON. */
function contentLayout(operation: OperationModel, types: AppModel['types']): Layout[] {
  const { answer } = operation
  const { body } = bodyOf(operation, types)
  // A form that is taken as JSON too is sent so.
  const sent = body?.types.includes('application/json') ? undefined : body
  const type = sent && sent.kind !== 'form' && sent.types.find((named) => !named.includes('*'))
  return [
    ...(sent ? [['b: ', sentLayout(sent)]] : []),
    ...(type ? [`c: ${stringText(type)}`] : []),
    ...(answer ? [`a: '${answer.kind === 'bytes' ? 'y' : answer.kind.charAt(0)}'`] : []),
  ]
}

function sentLayout(body: BodyContract): Layout {
  if (body.kind !== 'form') {
    const kind = body.property === undefined ? 'w' : 'p'
    return `'${body.kind === 'file' ? kind.toUpperCase() : kind}'`
  }
  if (!body.types.includes(multipart)) return "'u'"
  const files = body.fields.filter(({ type }) => type === 'file' || type === 'blob' || type === 'stream')
  // A stream is the last part.
  const last = files.toSorted((one, other) => Number(one.type === 'stream') - Number(other.type === 'stream'))
  return list(
    '[',
    last.map(({ name }) => stringText(name)),
    ']',
  )
}

/** Headers that are part of the input, and whether its query holds objects. */
function parametersLayout(
  operation: OperationModel,
  route: RouteModel | undefined,
  types: AppModel['types'],
  pieces: Set<string>,
): Layout[] {
  const parameters: readonly Parameter[] = route ? parametersOf(route, operation, types).parameters : []
  const { body } = bodyOf(operation, types)
  // A form that is taken as JSON too is sent so, with its objects as they are.
  const fields = body?.kind === 'form' && !body.types.includes('application/json') ? body.fields : []
  const beside = body?.kind === 'form' ? fields : (body?.parameters ?? [])
  const headers = parameters.flatMap(({ name, header }): Layout[] =>
    header === undefined ? [] : [`${propertyText(name)}: ${stringText(header)}`],
  )
  const isNested = [...parameters, ...beside].some(({ type }) => type === 'object')
  if (headers.length === 0 && !isNested) return []
  pieces.add('parameters')
  return [['q: ', list('parameters(', [braces(headers), ...(isNested ? ['1'] : [])], ')')]]
}
