import type { RouteModel } from '../model.ts'
import { pathParameters } from '../parameters.ts'
import { membersOf, resolve } from '../print/overlap.ts'
import type { Property, Shape } from '../shape.ts'
import type { Components } from './components.ts'
import { isOptional, type JsonSchema } from './json-schema.ts'

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

/** Splits an input into path parameters, and the query (GET, DELETE) or the body (all others). */
export function splitInput(route: RouteModel, input: Shape | undefined, components: Components): RouteInput {
  if (!input) return { parameters: [] }
  const inPath = pathParameters(route.path)
  const bodiless = route.method === 'GET' || route.method === 'DELETE'
  if (!bodiless && inPath.length === 0) return { parameters: [], body: components.schema(input, 'input') }
  const object = resolve(input, components.types)
  // `checkRoutes` has made sure of it.
  if (object.kind !== 'object') return { parameters: [] }
  const rest = object.properties.filter(({ name }) => !inPath.includes(name))
  const parameters = inPath.flatMap((name) => {
    const property = object.properties.find((candidate) => candidate.name === name)
    return property ? { ...toParameter(property, components), in: 'path' as const, required: true } : []
  })
  if (bodiless) return { parameters: [...parameters, ...rest.map((property) => toParameter(property, components))] }
  // A request that carries everything in its path needs no body.
  if (rest.length === 0 && !object.index) return { parameters }
  return { parameters, body: components.schema({ ...object, properties: rest }, 'input') }
}

function toParameter(property: Property, components: Components): ParameterObject {
  const { description, deprecated, ...schema } = components.schema(property.shape, 'input')
  return {
    name: property.name,
    in: 'query',
    required: !isOptional(property, 'input', components.types) && !mayBeEmpty(property.shape, components),
    ...(description ? { description } : {}),
    ...(deprecated ? { deprecated } : {}),
    ...(isMany(property.shape, components) ? { style: 'form', explode: true } : {}),
    schema,
  }
}

/** Whether nothing in the query is one of its values: a list that is empty. */
function mayBeEmpty(shape: Shape, { types }: Components): boolean {
  const resolved = resolve(shape, types)
  return resolved.kind === 'set' || (resolved.kind === 'array' && !resolved.minItems)
}

function isMany(shape: Shape, { types }: Components): boolean {
  return membersOf(shape, types).some((member) => {
    const { kind } = resolve(member, types)
    return kind === 'array' || kind === 'set'
  })
}
