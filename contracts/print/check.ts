import { everyOperation, operationsOfChannel } from '../channels.ts'
import type { Diagnostic, Location } from '../diagnostic.ts'
import type { AppModel, OperationModel } from '../model.ts'
import { parametersOf } from '../parameters.ts'
import type { Shape } from '../shape.ts'
import { checkChannels } from './check-channels.ts'
import { checkContent } from './check-content.ts'
import { checkHeaders } from './check-headers.ts'
import { fits } from './fits.ts'
import { resolve, type WireKind } from './overlap.ts'
import { partsOf } from './parts.ts'
import { pathProblem } from './path-problem.ts'
import { PlanClash, Planner } from './plan.ts'
import { arrange } from './union.ts'
import { literalKeys } from './zod-text.ts'

/**
 * What keeps the contracts of an app from being written: routes that collide or that cannot carry their input,
 * and types whose values could not be told apart on the wire. {@link printContracts} expects that there is none.
 *
 * @param passed the operations, by name, in which nothing was found before, and that are the same since then. Channels
 *   are looked at each time.
 */
export function checkRoutes(model: AppModel, passed: ReadonlySet<string> = new Set()): Diagnostic[] {
  const open = { ...model, operations: model.operations.filter(({ name }) => !passed.has(name)) }
  return [
    ...checkPaths(model, passed),
    ...checkChannels(model),
    ...checkHeaders(open),
    ...checkNames(model),
    ...checkContent(open),
    ...checkTypes(open),
  ]
}

function* checkPaths(model: AppModel, passed: ReadonlySet<string>): Generator<Diagnostic> {
  const wired = new Map<string, string>()
  for (const operation of model.operations) {
    for (const route of operation.routes) {
      const { method, path, at } = route
      const here = `${method} ${path}`
      const shape = pathProblem(path)
      if (shape !== undefined) {
        yield { code: 'PK2006', at, message: `${here} cannot be served: ${shape}.`, path: operation.name }
        continue
      }
      const key = `${method} ${path.replace(/\/:[^/]+/g, '/:')}`
      const other = wired.get(key)
      if (other === undefined) wired.set(key, here)
      else {
        const same = other === here ? 'is wired twice' : `answers the same requests as ${other}`
        yield { code: 'PK2001', at, message: `${here} ${same}. Take one of the two away.`, path: operation.name }
      }
      if (passed.has(operation.name)) continue
      for (const problem of parametersOf(route, operation, model.types).problems) {
        const { code, message, path } = problem
        yield { code, at, message, path: [`${operation.name} input`, ...path].join('.') }
      }
    }
  }
}

function* checkNames(model: AppModel): Generator<Diagnostic> {
  const names = new Map<string, Location>()
  const all = [...model.operations, ...model.channels.flatMap(operationsOfChannel)]
  for (const { name, at } of all) {
    if (names.has(name)) {
      yield {
        code: 'PK2007',
        at,
        message: `Two operations are named ${name}. Give one of them another name.`,
        path: name,
      }
    }
    names.set(name, at)
  }
  for (const { name, at } of all) {
    const parts = name.split('.')
    const above = parts.map((_, length) => parts.slice(0, length).join('.')).find((prefix) => names.has(prefix))
    if (above !== undefined) {
      const message = `${above} is an operation, so ${name} cannot stand under it in the client. Name one of them differently.`
      yield { code: 'PK2007', at, message, path: name }
    }
    if (parts.some((part) => part === '' || part === '__proto__')) {
      yield { code: 'PK2007', at, message: `${name} is no name that a client can have.`, path: name }
    }
  }
}

function* checkTypes(model: AppModel): Generator<Diagnostic> {
  const seen = new Set<string>()
  const planner = new Planner(model.types)
  for (const operation of everyOperation(model)) {
    for (const [side, shape] of sidesOf(operation)) {
      const start = `${operation.name} ${side}`
      yield* checkPlan(shape, start, operation, planner)
      yield* checkShape(shape, start, operation.at, model, seen)
    }
  }
}

function* sidesOf({ input, output, errors }: OperationModel): Generator<[string, Shape]> {
  if (input) yield ['input', input]
  if (output) yield ['output', output]
  for (const { code, data } of errors) if (data) yield [code, data]
}

function* checkPlan(shape: Shape, start: string, { at }: OperationModel, planner: Planner): Generator<Diagnostic> {
  try {
    planner.plan(shape)
  } catch (error) {
    if (!(error instanceof PlanClash)) throw error
    const message = `${clashes[error.kind] ?? clashes.any} Give each a property that tells them apart, such as \`kind: 'a'\`, or use one of them only.`
    yield { code: 'PK2008', at, message, path: [start, ...error.path].join('.') }
  }
}

/** What members of a union are alike in, by what they are in JSON. */
const clashes: { readonly [Kind in WireKind]?: string } & { readonly any: string } = {
  string:
    'More than one of these is text on the wire, as a Date, a bigint, a URL and bytes are, and each is read differently.',
  array: 'More than one of these is an array on the wire, as a Set is, and each is read differently.',
  any: 'The same JSON could be any of these, and each is read differently.',
}

/** Each named type is looked at once, where it is first met. */
function* checkShape(
  shape: Shape,
  path: string,
  at: Location,
  model: AppModel,
  seen: Set<string>,
): Generator<Diagnostic> {
  if (shape.default !== undefined && !fits(shape, shape.default, model.types)) {
    const message = `The default is no value of its type: ${JSON.stringify(shape.default)}. Write one that is, as JSON.`
    yield { code: 'PK1202', at, message, path }
  }
  if (shape.kind === 'ref') {
    if (seen.has(shape.name)) return
    seen.add(shape.name)
    yield* checkShape(resolve(shape, model.types), path, at, model, seen)
    return
  }
  if (shape.kind === 'union' && arrange(shape, model.types).clash) {
    const message =
      'Two members of this union have different properties, and nothing says which of the two a value is, so some ' +
      "would be lost. Give each a property that tells them apart, such as `kind: 'a'`."
    yield { code: 'PK2009', at, message, path }
  }
  if (shape.kind === 'object' || shape.kind === 'keyed') {
    for (const { name, shape: inner, optional } of shape.properties) {
      // Every object has these already, by inheritance, so what is absent would be there.
      if (name === '__proto__' || (name in Object.prototype && (optional || inner.kind === 'unknown'))) {
        const message = `A property that can be absent cannot be named ${name}: every object in JavaScript has one.`
        yield { code: 'PK2010', at, message, path: `${path}.${name}` }
      }
    }
    if (
      shape.kind === 'object' &&
      shape.index &&
      (shape.index.key.kind !== 'string' || isBounded(shape.index.key)) &&
      shape.properties.length > 0
    ) {
      const message =
        'Properties beside keys of one form cannot be checked. Put what has such keys into a property of its own.'
      yield { code: 'PK2011', at, message, path }
    }
  }
  if (shape.kind === 'record' && literalKeys(shape.key, model.types)?.includes('__proto__')) {
    yield { code: 'PK2010', at, message: 'No key can be named __proto__.', path }
  }
  const named = shape.kind === 'object' || shape.kind === 'keyed' ? shape.properties.map(({ name }) => `.${name}`) : []
  for (const [position, part] of partsOf(shape).entries()) {
    yield* checkShape(part, `${path}${named[position] ?? (shape.kind === 'union' ? '' : '[]')}`, at, model, seen)
  }
}

function isBounded(key: Shape): boolean {
  return key.kind === 'string' && ['minLength', 'maxLength', 'pattern', 'format'].some((rule) => rule in key)
}
