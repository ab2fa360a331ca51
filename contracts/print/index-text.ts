import type { AppModel, OperationModel } from '../model.ts'
import { parametersOf } from '../parameters.ts'
import { firstLine, importPath } from './header.ts'
import { braces, type Layout, list, render, rows } from './layout.ts'
import type { Places } from './places.ts'
import { literalText, propertyText, stringText } from './text.ts'

/** The table of operations: what there is, and how to get its schemas once they are needed. */
export function indexText(model: AppModel, places: Places, extension: string): string {
  const operations = model.operations.map((operation) => operationLayout(operation, model, places, extension))
  const table = braces(
    [
      'version: 1',
      ['session: ', servicesLayout(model.sessionServices)],
      ['operations: ', rows(operations)],
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

function operationLayout(operation: OperationModel, model: AppModel, places: Places, extension: string): Layout {
  const routes = operation.routes.map((route): Layout => {
    const parameters = parametersOf(route, operation, model.types).parameters.map(
      ({ name, in: place, type, many }): Layout =>
        braces([`name: ${stringText(name)}`, `in: '${place}'`, `type: '${type}'`, ...(many ? ['many: true'] : [])]),
    )
    return braces([
      `method: ${stringText(route.method)}`,
      `path: ${stringText(route.path)}`,
      ['parameters: ', rows(parameters)],
    ])
  })
  const errors = operation.errors.map(({ code, status }) =>
    braces([`code: ${stringText(code)}`, `status: ${literalText(status)}`]),
  )
  return braces(
    [
      `name: ${stringText(operation.name)}`,
      `kind: '${operation.kind}'`,
      `auth: ${operation.auth}`,
      `rpc: ${operation.rpc}`,
      ['routes: ', rows(routes)],
      ['errors: ', rows(errors)],
      ['services: ', servicesLayout(operation.services)],
      ['load: ', loadLayout(operation, places, extension)],
    ],
    { broken: true },
  )
}

/** How far the properties of an operation are indented. */
const indent = '      '

function loadLayout(operation: OperationModel, places: Places, extension: string): Layout {
  const place = places.operations.get(operation)
  const errors = [...(place?.errors ?? [])].map(([code, name]) => `${propertyText(code)}: m.${name}`)
  const schemas: Layout[] = [
    ...(place?.input === undefined ? [] : [`input: m.${place.input}`]),
    ...(place?.output === undefined ? [] : [`output: m.${place.output}`]),
    ...(errors.length === 0 ? [] : [['errors: ', braces(errors)]]),
  ]
  if (!place || schemas.length === 0) return 'async () => ({})'
  const load = `import(${importPath('index.ts', place.file, extension)}).then((m) => (`
  const flat = `load: () => ${load}${render(braces(schemas), indent, 0)})),`
  if (!flat.includes('\n') && indent.length + flat.length <= 120) return flat.slice('load: '.length, -1)
  const inner = `${indent}  `
  return `() =>\n${inner}${load}${render(braces(schemas), inner, inner.length + load.length)}))`
}

function servicesLayout(services: readonly string[] | '*'): Layout {
  return services === '*' ? "'*'" : list('[', services.map(stringText), ']')
}
