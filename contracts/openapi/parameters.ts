import type { OperationModel, RouteModel } from '../model.ts'
import { pathParameters } from '../parameters.ts'
import { membersOf, resolve } from '../print/overlap.ts'
import { rawBodyOf } from '../raw-body.ts'
import type { Property, Shape } from '../shape.ts'
import type { Components } from './components.ts'
import { type RequestBody, requestBodyOf } from './content.ts'
import { isOptional, type JsonSchema } from './json-schema.ts'

/** A parameter of a path or of the query. No interface, since the index signature of the assembler's type takes none. */
export type ParameterObject = {
  name: string
  in: 'path' | 'query' | 'header' | 'header'
  required: boolean
  description?: string
  deprecated?: boolean
  style?: 'form' | 'deepObject'
  explode?: true
  schema: JsonSchema
}

/** Where the input of an operation stands in a request to one of its routes, or to its name. */
export interface RouteInput {
  readonly parameters: ParameterObject[]
  /** Absent when there is none. */
  readonly body?: RequestBody
}

/**
 * Splits an input into path parameters, the query (GET, DELETE, and what stands beside a body of bytes) and the body.
 *
 * @param route absent where the operation is called by its name.
 */
export function splitInput(
  route: RouteModel | undefined,
  operation: OperationModel,
  components: Components,
): RouteInput {
  const { input } = operation
  if (!input) return { parameters: [] }
  const inPath = route ? pathParameters(route.path) : []
  const bodiless = route?.method === 'GET' || route?.method === 'DELETE'
  const raw = bodiless ? undefined : rawBodyOf(operation, components.types)
  const object = resolve(input, components.types)
  const properties = route && object.kind === 'object' ? object.properties : []
  const inHeaders = properties.filter(({ name, header }) => header && !inPath.includes(name))
  if (!bodiless && !raw?.property && inPath.length === 0 && inHeaders.length === 0) {
    return { parameters: [], body: requestBodyOf(operation, input, components) }
  }
  // `checkRoutes` has made sure of it.
  if (object.kind !== 'object') return { parameters: [] }
  const rest = object.properties.filter((property) => !inPath.includes(property.name) && !inHeaders.includes(property))
  const headers = inHeaders.map((property) => ({
    ...toParameter(property, components),
    name: property.header ?? property.name,
    in: 'header' as const,
  }))
  const fromPath = inPath.flatMap((name) => {
    const property = object.properties.find((candidate) => candidate.name === name)
    return property ? { ...toParameter(property, components), in: 'path' as const, required: true } : []
  })
  const parameters = [...fromPath, ...headers]
  if (bodiless || raw) {
    const inQuery = rest.filter(({ name }) => name !== raw?.property)
    const query = inQuery.map((property) => toParameter(property, components))
    const value = raw && rest.find(({ name }) => name === raw.property)
    return {
      parameters: [...parameters, ...query],
      ...(value ? { body: requestBodyOf(operation, value.shape, components) } : {}),
    }
  }
  // A request that carries everything in its path needs no body.
  if (rest.length === 0 && !object.index) return { parameters }
  return { parameters, body: requestBodyOf(operation, { ...object, properties: rest }, components) }
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
    ...(isObject(property.shape, components) ? { style: 'deepObject', explode: true } : {}),
    schema,
  }
}

/** Whether nothing in the query is one of its values: a list that is empty. */
function mayBeEmpty(shape: Shape, { types }: Components): boolean {
  const resolved = resolve(shape, types)
  return resolved.kind === 'set' || (resolved.kind === 'array' && !resolved.minItems)
}

function isObject(shape: Shape, { types }: Components): boolean {
  return membersOf(shape, types).some((member) => resolve(member, types).kind === 'object')
}

function isMany(shape: Shape, { types }: Components): boolean {
  return membersOf(shape, types).some((member) => {
    const { kind } = resolve(member, types)
    return kind === 'array' || kind === 'set'
  })
}
