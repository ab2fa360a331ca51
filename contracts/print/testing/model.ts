import type { AppModel, ChannelMember, ChannelModel, NamedType, OperationModel } from '../../model.ts'
import type { Property, Shape } from '../../shape.ts'
import { refsOf } from '../parts.ts'

/** An operation with as little said as a test needs. */
export function operation(name: string, more: Partial<OperationModel> = {}): OperationModel {
  const [module = 'app', exportName = name] = name.split('.')
  return {
    name,
    module,
    source: `src/functions/${module}.ts`,
    exportName,
    kind: 'call',
    auth: true,
    rpc: true,
    routes: [],
    at: { file: `/app/src/functions/${module}.ts`, line: 1, column: 1, length: 1 },
    errors: [],
    services: [],
    ...more,
  }
}

/** A channel with as little said as a test needs; what its messages and events are by their names. */
export function channel(
  name: string,
  path: string,
  {
    messages = {},
    events = {},
    ...more
  }: Partial<Omit<ChannelModel, 'messages' | 'events'>> & {
    readonly messages?: Readonly<Record<string, Partial<OperationModel>>>
    readonly events?: Readonly<Record<string, Partial<OperationModel>>>
  } = {},
): ChannelModel {
  const [module = 'app', exportName = name] = name.split('.')
  const part = (full: string, of: string, rest: Partial<OperationModel>): OperationModel =>
    operation(full, {
      module,
      exportName: exportName + of.charAt(0).toUpperCase() + of.slice(1),
      auth: more.auth ?? true,
      rpc: false,
      ...rest,
    })
  return {
    name,
    path,
    module,
    exportName,
    auth: true,
    at: { file: '/app/src/app.ts', line: 1, column: 1, length: 1 },
    connect: part(`${name}.connect`, 'connect', {}),
    ...more,
    messages: Object.entries(messages).map(([message, rest]): ChannelMember => {
      return { name: message, operation: part(`${name}.${message}`, message, rest) }
    }),
    events: Object.entries(events).map(([event, rest]): ChannelMember => {
      return { name: event, operation: part(`${name}:${event}`, event, { kind: 'event', ...rest }) }
    }),
  }
}

/** A model of these operations and named types. */
export function model(operations: readonly OperationModel[], types: Readonly<Record<string, Shape>> = {}): AppModel {
  const named = Object.entries(types).map(([name, shape]): [string, NamedType] => [
    name,
    { name, shape, recursive: reaches(name, shape, types), module: operations[0]?.module ?? 'shared' },
  ])
  return { operations, channels: [], types: new Map(named), sessionServices: [], security: [] }
}

function reaches(name: string, shape: Shape, types: Readonly<Record<string, Shape>>): boolean {
  const reached = new Set<string>()
  const queue = [...refsOf(shape)]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (next === name) return true
    const target = types[next]
    if (reached.has(next) || !target) continue
    reached.add(next)
    queue.push(...refsOf(target))
  }
  return false
}

/** An object shape; a name that ends in `?` is optional. */
export function object(properties: Readonly<Record<string, Shape>>): Shape {
  return {
    kind: 'object',
    properties: Object.entries(properties).map(([name, shape]): Property => {
      const optional = name.endsWith('?')
      return { name: optional ? name.slice(0, -1) : name, shape, optional }
    }),
  }
}

export const string: Shape = { kind: 'string' }
export const number: Shape = { kind: 'number' }
export const boolean: Shape = { kind: 'boolean' }
export const date: Shape = { kind: 'date' }

export function ref(name: string): Shape {
  return { kind: 'ref', name }
}

export function array(items: Shape): Shape {
  return { kind: 'array', items }
}

export function union(...members: Shape[]): Shape {
  return { kind: 'union', members }
}

export function literal(value: string | number | boolean | bigint): Shape {
  return { kind: 'literal', value }
}

/** A route with a place to point at. */
export function route(method: string, path: string): OperationModel['routes'][number] {
  return { method, path, at: { file: '/app/src/app.ts', line: 1, column: 1, length: 1 } }
}
