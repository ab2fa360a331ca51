import type { RouteModel } from '../model.ts'
import type { Property, Shape } from '../shape.ts'
import { isOptional, type JsonSchema } from './json-schema.ts'
import type { Components } from './components.ts'

/** A parameter of a path or of the query. No interface, since the index signature of the assembler's type takes none. */
export type ParameterObject = {
  name: string
  in: 'path' | 'query'
  required: boolean
  description?: string
  deprecated?: boolean
  style?: 'form'
  explode?: true
  schema: JsonSchema
}

/** Where the input of an operation stands in a request to one of its routes. */
export interface RouteInput {
  readonly parameters: ParameterObject[]
  /** Absent when the route takes no body. */
  readonly body?: JsonSchema
}

/** The names of a path's parameters. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/:([^/]+)/g)].map(([, name]) => name ?? '')
}

/** Splits an input into path parameters, and the query (GET, DELETE) or the body (all others). */
export function splitInput(route: RouteModel, input: Shape | undefined, components: Components): RouteInput {
  const inPath = pathParameters(route.path)
  const properties = input ? propertiesOf(input, components) : []
  const parameters = inPath.map((name): ParameterObject => {
    const property = properties.find((candidate) => candidate.name === name)
    return { ...toParameter(property ?? { name, shape: { kind: 'string' }, optional: false }, components), in: 'path', required: true }
  })
  if (!input) return { parameters }
  if (route.method === 'GET' || route.method === 'DELETE') {
    const rest = properties.filter(({ name }) => !inPath.includes(name))
    return { parameters: [...parameters, ...rest.map((property) => toParameter(property, components))] }
  }
  const rest = inPath.length > 0 ? without(input, inPath, components) : input
  return { parameters, body: components.schema(rest, 'input') }
}

function toParameter(property: Property, components: Components): ParameterObject {
  const { description, deprecated, ...schema } = components.schema(property.shape, 'input')
  const many = isMany(property.shape, components)
  return {
    name: property.name,
    in: 'query',
    required: !isOptional(property, 'input'),
    ...(description ? { description } : {}),
    ...(deprecated ? { deprecated } : {}),
    ...(many ? { style: 'form', explode: true } : {}),
    schema,
  }
}

function isMany(shape: Shape, components: Components): boolean {
  if (shape.kind === 'ref') {
    const named = components.shapeOf(shape.name)
    return named !== undefined && isMany(named, components)
  }
  return shape.kind === 'array' || shape.kind === 'set' || shape.kind === 'tuple'
}

/** The properties of an object, or of the objects of a union, where those are required that all of them require. */
function propertiesOf(shape: Shape, components: Components): readonly Property[] {
  if (shape.kind === 'ref') {
    const named = components.shapeOf(shape.name)
    return named ? propertiesOf(named, components) : []
  }
  if (shape.kind === 'object') return shape.properties
  if (shape.kind !== 'union') return []
  const forms = shape.members.map((member) => propertiesOf(member, components))
  const byName = Map.groupBy(forms.flat(), ({ name }) => name)
  return [...byName].map(([name, [first, ...others]]) => ({
    name,
    shape: !first || others.length === 0 ? (first?.shape ?? { kind: 'unknown' }) : union([first, ...others]),
    optional: others.length + 1 < forms.length || [first, ...others].some((property) => property?.optional),
  }))
}

function union(properties: readonly Property[]): Shape {
  const distinct = new Map(properties.map(({ shape }) => [JSON.stringify(shape, toText), shape]))
  const members = [...distinct.values()]
  const [only] = members
  return only && members.length === 1 ? only : { kind: 'union', members }
}

function toText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value
}

/** An input without what stands in the path. */
function without(shape: Shape, names: readonly string[], components: Components): Shape {
  if (shape.kind === 'ref') {
    const named = components.shapeOf(shape.name)
    return named && propertiesOf(named, components).some(({ name }) => names.includes(name))
      ? without(named, names, components)
      : shape
  }
  if (shape.kind === 'union') return { ...shape, members: shape.members.map((member) => without(member, names, components)) }
  if (shape.kind !== 'object') return shape
  return { ...shape, properties: shape.properties.filter(({ name }) => !names.includes(name)) }
}
