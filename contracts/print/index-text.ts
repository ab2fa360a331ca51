import type { BodyContract, FormField, Parameter } from '../../core/index.ts'
import { bodyOf } from '../body.ts'
import type { AppModel, OperationModel } from '../model.ts'
import { parametersOf } from '../parameters.ts'
import { firstLine, importPath } from './header.ts'
import { braces, type Layout, list, render, rows } from './layout.ts'
import { parserPlace } from './parsers.ts'
import { type Places, schemasOf } from './places.ts'
import { literalText, stringText } from './text.ts'
import { leadsToUserSchema } from './user-schemas.ts'

/** The entries of operations in the table, each under a key of what else it depends on than what it says and leads to. */
export type KeptEntries = WeakMap<OperationModel, { readonly key: string; readonly text: string }>

/** The table of operations: what there is, and how to get its schemas once they are needed. */
export function indexText(
  model: AppModel,
  places: Places,
  extension: string,
  kept: KeptEntries = new WeakMap(),
): string {
  const leads = leadsToUserSchema(model)
  const operations = model.operations.map((operation) => {
    const place = places.operations.get(operation)
    const key = JSON.stringify([extension, place, [...(place?.errors ?? [])]])
    const known = kept.get(operation)
    if (known?.key === key) return known.text
    const isParsed = !schemasOf(operation).some((shape) => shape && leads(shape))
    const text = render(operationLayout(operation, model, places, extension, isParsed), '    ')
    kept.set(operation, { key, text })
    return text
  })
  const secrets = secretsOf(model)
  const table = braces(
    [
      'version: 1',
      ['session: ', servicesLayout(model.sessionServices)],
      ['operations: ', list('[', operations, ']')],
      ...(secrets.length > 0 ? [['secrets: ', list('[', secrets.map(stringText), ']')] as Layout] : []),
      "openapi: () => new URL('./openapi.json', import.meta.url)",
    ],
    { broken: true },
  )
  return [
    firstLine,
    "import type { Contracts } from 'pikku/wire'",
    '',
    '/** Every operation of this app. Hand it to `serve` or `createHono`. */',
    `export const contracts: Contracts = ${render(table)}`,
    '',
  ].join('\n')
}

/** The names of all properties that are `@secret`. */
function secretsOf({ operations, types }: AppModel): string[] {
  const names = new Set<string>()
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('name' in value && typeof value.name === 'string' && 'shape' in value && isSecret(value.shape))
      names.add(value.name)
    for (const inner of Object.values(value)) look(inner)
  }
  for (const { input, output, errors } of operations) look([input, output, errors])
  for (const { shape } of types.values()) look(shape)
  return [...names].sort()
}

function isSecret(shape: unknown): boolean {
  return typeof shape === 'object' && shape !== null && 'secret' in shape && shape.secret === true
}

function operationLayout(
  operation: OperationModel,
  model: AppModel,
  places: Places,
  extension: string,
  isParsed: boolean,
): Layout {
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
      ...contentLayout(operation, model),
      ...schemasLayout(operation, places, extension, isParsed),
    ],
    { broken: true },
  )
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

/** How the input and the output travel that are not JSON. */
function contentLayout(operation: OperationModel, { types }: AppModel): Layout[] {
  const { body } = bodyOf(operation, types)
  const { answer } = operation
  return [
    ...(body ? [['body: ', bodyLayout(body)]] : []),
    ...(answer
      ? [['answer: ', braces([`kind: '${answer.kind}'`, ...(answer.type ? [`type: ${stringText(answer.type)}`] : [])])]]
      : []),
  ]
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
function schemasLayout(operation: OperationModel, places: Places, extension: string, isParsed: boolean): Layout[] {
  const place = places.operations.get(operation)
  if (!place || (place.input === undefined && place.output === undefined && place.errors.size === 0)) {
    return ['schemas: async () => ({})']
  }
  const { file, input, output } = place
  return [
    ...(input === undefined ? [] : [`input: ${stringText(input)}`]),
    ...(output === undefined ? [] : [`output: ${stringText(output)}`]),
    `schemas: () => import(${importPath('index.ts', file, extension)})`,
    ...(isParsed ? [`parsers: () => import(${importPath('index.ts', parserPlace(place).file, extension)})`] : []),
  ]
}

function servicesLayout(services: readonly string[] | '*'): Layout {
  return services === '*' ? "'*'" : list('[', services.map(stringText), ']')
}
