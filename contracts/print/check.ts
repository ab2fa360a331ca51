import { everyOperation, operationsOfChannel } from '../channels.ts'
import type { Diagnostic, Location } from '../diagnostic.ts'
import type { AppModel, NamedType, OperationModel } from '../model.ts'
import { parametersOf } from '../parameters.ts'
import type { Shape } from '../shape.ts'
import { checkChannels } from './check-channels.ts'
import { checkContent } from './check-content.ts'
import { checkHeaders } from './check-headers.ts'
import { ShapeChecker } from './check-shapes.ts'
import type { WireKind } from './overlap.ts'
import { pathProblem } from './path-problem.ts'
import { PlanClash } from './plan.ts'
import { Planner } from './planner.ts'

/** What is the same as when nothing was found in it. */
export interface Passed {
  /** The names of operations. */
  readonly operations: ReadonlySet<string>
  /** Types of a lasting model. Those of a model in which nothing is found are added. */
  readonly types: WeakSet<NamedType>
}

/**
 * What keeps the contracts of an app from being written: routes that collide or that cannot carry their input,
 * and types whose values could not be told apart on the wire. {@link printContracts} expects that there is none.
 *
 * @param passed what need not be looked at again. Channels are looked at each time.
 */
export function checkRoutes(
  model: AppModel,
  passed: Passed = { operations: new Set(), types: new WeakSet() },
): Diagnostic[] {
  const open = { ...model, operations: model.operations.filter(({ name }) => !passed.operations.has(name)) }
  const shapes = new ShapeChecker(model.types, passed.types)
  const found = [
    ...checkPaths(model, passed.operations),
    ...checkChannels(model),
    ...checkHeaders(open),
    ...checkNames(model),
    ...checkContent(open),
    ...checkTypes(open, shapes),
  ]
  if (found.length === 0) for (const type of shapes.seen) passed.types.add(type)
  return found
}

function* checkPaths(model: AppModel, passed: ReadonlySet<string>): Generator<Diagnostic> {
  const wired = new Map<string, string>()
  for (const operation of model.operations) {
    for (const route of operation.routes) {
      const { method, path, at } = route
      const here = `${method} ${path}`
      const isOpen = !passed.has(operation.name)
      const why = isOpen ? pathProblem(path) : undefined
      if (why !== undefined) {
        yield { code: 'PK2006', at, message: `${here} cannot be served: ${why}.`, path: operation.name }
        continue
      }
      const key = `${method} ${path.replace(/\/:[^/]+/g, '/:')}`
      const other = wired.get(key)
      if (other === undefined) wired.set(key, here)
      else {
        const same = other === here ? 'is wired twice' : `answers the same requests as ${other}`
        yield { code: 'PK2001', at, message: `${here} ${same}. Take one of the two away.`, path: operation.name }
      }
      if (!isOpen) continue
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
    const above = nameAbove(name, names)
    if (above !== undefined) {
      const message = `${above} is an operation, so ${name} cannot stand under it in the client. Name one of them differently.`
      yield { code: 'PK2007', at, message, path: name }
    }
    if (/(?:^|\.)(?:__proto__)?(?:\.|$)/.test(name)) {
      yield { code: 'PK2007', at, message: `${name} is no name that a client can have.`, path: name }
    }
  }
}

/** Which of the names a name stands under: `todos` for `todos.create`. */
function nameAbove(name: string, names: ReadonlyMap<string, unknown>): string | undefined {
  for (let end = 0; end >= 0; end = name.indexOf('.', end + 1)) {
    const above = name.slice(0, end)
    if (names.has(above)) return above
  }
  return undefined
}

function* checkTypes(model: AppModel, shapes: ShapeChecker): Generator<Diagnostic> {
  const planner = new Planner(model.types)
  for (const operation of everyOperation(model)) {
    for (const [side, shape] of sidesOf(operation)) {
      const start = `${operation.name} ${side}`
      yield* checkPlan(shape, start, operation, planner)
      yield* shapes.check(shape, start, operation.at)
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
