import type { BodyContract, FormField, Parameter } from '../../core/index.ts'
import { bodyOf } from '../body.ts'
import { everyOperation, filesOfMessage } from '../channels.ts'
import { multipart } from '../media-types.ts'
import type { AppModel, ChannelModel, OperationModel } from '../model.ts'
import { openingParameters, parametersOf } from '../parameters.ts'
import type { Shape } from '../shape.ts'
import { firstLine, importPath } from './header.ts'
import { braces, type Layout, list, render, rows } from './layout.ts'
import { memoize } from './memoize.ts'
import { parsersFolder } from './parsers-module.ts'
import { type OperationPlace, type Places, schemasOf } from './places.ts'
import { literalText, stringText } from './text.ts'
import { leadsToUserSchema } from './user-schemas.ts'

/** The entries of operations in the table, each with what else it depends on than what it says and leads to. */
export type KeptEntries = WeakMap<
  OperationModel,
  { readonly place: OperationPlace | undefined; readonly extension: string; readonly text: string }
>

/** The table of operations: what there is, and how to get its schemas once they are needed. */
export function indexText(
  model: AppModel,
  places: Places,
  extension: string,
  kept: KeptEntries = new WeakMap(),
): string {
  const leads = leadsToUserSchema(model)
  const table: Table = {
    model,
    places,
    extension,
    isParsed: (operation) => !schemasOf(operation).some((shape) => shape && leads(shape)),
  }
  const operations = model.operations.map((operation) => {
    const place = places.operations.get(operation)
    const known = kept.get(operation)
    if (known?.extension === extension && isSamePlace(known.place, place)) return known.text
    const text = render(operationLayout(operation, table), '    ')
    kept.set(operation, { place, extension, text })
    return text
  })
  const channels = model.channels.map((channel) => channelLayout(channel, table))
  const secrets = secretsOf(model)
  const layout = braces(
    [
      'version: 1',
      ['session: ', servicesLayout(model.sessionServices)],
      // Not in brackets: what the type of an array is made of is compared pair by pair, and too complex from some 1,400 on.
      ['operations: ', list('Array.of<OperationContract>(', operations, ')')],
      ...(channels.length > 0 ? [['channels: ', rows(channels)] as Layout] : []),
      ...(secrets.length > 0 ? [['secrets: ', list('[', secrets.map(stringText), ']')] as Layout] : []),
      "openapi: () => new URL('./openapi.json', import.meta.url)",
    ],
    { broken: true },
  )
  return [
    firstLine,
    "import type { Contracts, OperationContract } from 'pikku/wire'",
    '',
    '/** Every operation of this app. Hand it to `serve` or `createHono`. */',
    `export const contracts: Contracts = ${render(layout)}`,
    '',
  ].join('\n')
}

function isSamePlace(one: OperationPlace | undefined, other: OperationPlace | undefined): boolean {
  if (one === other) return true
  if (!one || !other) return false
  const isSame = one.file === other.file && one.input === other.input && one.output === other.output
  if (!isSame || one.errors.size !== other.errors.size) return false
  for (const [code, name] of one.errors) if (other.errors.get(code) !== name) return false
  return true
}

/** What the entries of the table are made from. */
interface Table {
  readonly model: AppModel
  readonly places: Places
  readonly extension: string
  /** Whether parsers do the work of its schemas. */
  isParsed(operation: OperationModel): boolean
}

/** The names of all properties that are `@secret`. */
function secretsOf(model: AppModel): string[] {
  const names = new Set<string>()
  const add = (shape: Shape | undefined) => {
    for (const name of shape ? secretsIn(shape) : []) names.add(name)
  }
  for (const operation of everyOperation(model)) schemasOf(operation).forEach(add)
  for (const { shape } of model.types.values()) add(shape)
  return [...names].sort()
}

const secretsIn: (shape: Shape) => readonly string[] = memoize((shape) => {
  const names: string[] = []
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('name' in value && typeof value.name === 'string' && 'shape' in value && isSecret(value.shape))
      names.push(value.name)
    for (const inner of Object.values(value)) look(inner)
  }
  look(shape)
  return names
})

function isSecret(shape: unknown): boolean {
  return typeof shape === 'object' && shape !== null && 'secret' in shape && shape.secret === true
}

function operationLayout(operation: OperationModel, table: Table, body = bodyIn(operation, table)): Layout {
  const { model, places } = table
  const routes = operation.routes.map((route): Layout => {
    const parameters = parametersOf(route, operation, model.types).parameters.map(fieldLayout)
    return braces([
      `method: ${stringText(route.method)}`,
      `path: ${stringText(route.path)}`,
      ['parameters: ', rows(parameters)],
    ])
  })
  const errors = operation.errors.map(({ code, status }): Layout => {
    const data = places.operations.get(operation)?.errors.get(code)
    return braces([
      `code: ${stringText(code)}`,
      `status: ${literalText(status)}`,
      ...(data === undefined ? [] : [`data: ${stringText(data)}`]),
    ])
  })
  return braces(
    [
      `name: ${stringText(operation.name)}`,
      `kind: '${operation.kind}'`,
      ...(operation.resumable ? ['resumable: true'] : []),
      `auth: ${operation.auth}`,
      `rpc: ${operation.rpc}`,
      ['routes: ', rows(routes)],
      ['errors: ', rows(errors)],
      ['services: ', servicesLayout(operation.services)],
      ...contentLayout(operation, body),
      ...statusLayout(operation),
      ...schemasLayout(operation, table),
    ],
    { broken: true },
  )
}

function channelLayout(channel: ChannelModel, table: Table): Layout {
  const { name, path, auth, connect, disconnect, messages, events } = channel
  const { model, places, extension, isParsed } = table
  const { parameters } = openingParameters(channel, model.types)
  const handlers = messages.map(({ operation }) => operationLayout(operation, table, messageBody(operation, model)))
  const sent = events.map(({ name: event, operation }): Layout => {
    const data = places.operations.get(operation)?.output
    return braces([`name: ${stringText(event)}`, ...(data === undefined ? [] : [`data: ${stringText(data)}`])])
  })
  const withData = events.flatMap(({ operation }) => (operation.output ? [operation] : []))
  const file = withData[0] && places.operations.get(withData[0])?.file
  return braces(
    [
      `name: ${stringText(name)}`,
      `path: ${stringText(path)}`,
      `auth: ${auth}`,
      ['parameters: ', rows(parameters.map(fieldLayout))],
      ['connect: ', operationLayout(connect, table)],
      ...(disconnect ? [['disconnect: ', operationLayout(disconnect, table)] as Layout] : []),
      ['messages: ', rows(handlers)],
      ['events: ', rows(sent)],
      ...(file === undefined
        ? ['schemas: async () => ({})']
        : modulesLayout(file, withData.every(isParsed), extension)),
    ],
    { broken: true },
  )
}

/** A message with files is a form that names these alone: its other properties are JSON, whatever they are. */
function messageBody(operation: OperationModel, { types }: AppModel): BodyContract | undefined {
  const fields = filesOfMessage(operation, types)
  return fields.length > 0 ? { kind: 'form', types: [multipart], fields } : undefined
}

/** A parameter or a field of a form. */
function fieldLayout(field: Parameter | FormField): Layout {
  return braces([
    `name: ${stringText(field.name)}`,
    ...('in' in field ? [`in: '${field.in}'`] : []),
    `type: '${field.type}'`,
    ...(field.many ? ['many: true'] : []),
    ...(field.required ? ['required: true'] : []),
    ...('header' in field ? [`header: ${stringText(field.header ?? '')}`] : []),
    ...('fields' in field ? [['fields: ', rows((field.fields ?? []).map(fieldLayout))]] : []),
  ])
}

function bodyIn(operation: OperationModel, { model }: Table): BodyContract | undefined {
  return bodyOf(operation, model.types).body
}

/** How the input and the output travel that are not JSON. */
function contentLayout({ answer }: OperationModel, body: BodyContract | undefined): Layout[] {
  return [
    ...(body ? [['body: ', bodyLayout(body)]] : []),
    ...(answer
      ? [['answer: ', braces([`kind: '${answer.kind}'`, ...(answer.type ? [`type: ${stringText(answer.type)}`] : [])])]]
      : []),
  ]
}

/** The status of its answers, where it is another than the usual one. */
function statusLayout({ kind, output, answer, statuses: [status] = [] }: OperationModel): Layout[] {
  const usual = output || answer || kind === 'stream' ? 200 : 204
  return status === undefined || status === usual ? [] : [`status: ${literalText(status)}`]
}

function bodyLayout(body: BodyContract): Layout {
  const head: Layout[] = [`kind: '${body.kind}'`, ['types: ', list('[', body.types.map(stringText), ']')]]
  if (body.kind === 'form') return braces([...head, ['fields: ', rows(body.fields.map(fieldLayout))]])
  const { property, parameters } = body
  return braces([
    ...head,
    ...(property === undefined ? [] : [`property: ${stringText(property)}`]),
    ...(parameters ? [['parameters: ', rows(parameters.map(fieldLayout))]] : []),
  ])
}

/** Where its schemas and its parsers stand, and what they are called there. */
function schemasLayout(operation: OperationModel, { places, extension, isParsed }: Table): Layout[] {
  const place = places.operations.get(operation)
  if (!place || (place.input === undefined && place.output === undefined && place.errors.size === 0)) {
    return ['schemas: async () => ({})']
  }
  const { file, input, output } = place
  return [
    ...(input === undefined ? [] : [`input: ${stringText(input)}`]),
    ...(output === undefined ? [] : [`output: ${stringText(output)}`]),
    ...modulesLayout(file, isParsed(operation), extension),
  ]
}

function modulesLayout(file: string, isParsed: boolean, extension: string): Layout[] {
  const parsers = `${parsersFolder}/${file}`
  return [
    `schemas: () => import(${importPath('index.ts', file, extension)})`,
    ...(isParsed ? [`parsers: () => import(${importPath('index.ts', parsers, extension)})`] : []),
  ]
}

function servicesLayout(services: readonly string[] | '*'): Layout {
  return services === '*' ? "'*'" : list('[', services.map(stringText), ']')
}
