import type { Parameter, TextField } from '../core/index.ts'
import type { ChannelModel, OperationModel, RouteModel } from './model.ts'
import { membersOf, resolve, type Types } from './print/overlap.ts'
import { rawBodyOf } from './raw-body.ts'
import type { ObjectShape, Property, Shape } from './shape.ts'

/** Why a property of an input cannot be a parameter. */
export interface ParameterProblem {
  readonly code: 'PK2002' | 'PK2003' | 'PK2004' | 'PK2005' | 'PK2014' | 'PK2015'
  readonly message: string
  /** Of the property, from the input. */
  readonly path: readonly string[]
}

/** The parameters of a route, and what keeps it from having them. */
export interface RouteParameters {
  readonly parameters: readonly Parameter[]
  readonly problems: readonly ParameterProblem[]
}

/** The names of a path's parameters, in their order: `/lists/:list/todos/:id` has `list` and `id`. */
export function pathParameters(path: string): string[] {
  return path.split('/').flatMap((segment) => (segment.startsWith(':') ? [segment.slice(1)] : []))
}

/**
 * How the input of an operation is put together from a route: path first, then headers, then the query of GET and
 * DELETE, and of those whose body is one value.
 */
export function parametersOf(route: RouteModel, operation: OperationModel, types: Types): RouteParameters {
  const names = pathParameters(route.path)
  const bodiless = route.method === 'GET' || route.method === 'DELETE'
  const { input } = operation
  const shape = input && resolve(input, types)
  const raw = bodiless ? undefined : rawBodyOf(operation, types)
  if (shape && shape.kind !== 'object') {
    if (bodiless || names.length > 0) {
      const message = `${route.method} ${route.path} takes its input apart, so the input must be an object with these properties, not ${describe(shape)}.`
      return { parameters: [], problems: [{ code: 'PK2003', message, path: [] }] }
    }
    return { parameters: [], problems: [] }
  }
  const properties = new Map((shape?.properties ?? []).map((property) => [property.name, property]))
  const { parameters, problems } = takePath(
    names,
    properties,
    (name) =>
      `The path names :${name}, which the input of ${route.method} ${route.path} lacks. Add \`${name}\` to the input, or take it out of the path.`,
    types,
  )
  for (const property of properties.values()) {
    const { name, header } = property
    if (header === undefined) continue
    properties.delete(name)
    const text = textForm(property.shape, types)
    if (typeof text === 'string') parameters.push({ name, in: 'header', type: text, header })
    else problems.push({ code: 'PK2014', message: headerMessage(header, text.because), path: [name] })
  }
  if (!shape || (!bodiless && !raw)) return { parameters, problems }
  if (bodiless && shape.index) {
    const message = `The query of ${route.method} ${route.path} carries named properties only, and this input has an index signature. Name them, or wire it with POST.`
    problems.push({ code: 'PK2005', message, path: [] })
  }
  const rest = [...properties.values()].filter(({ name }) => name !== raw?.property)
  const query = queryOf(rest, ({ name }, because) => queryMessage(route, name, because), types)
  // What a query cannot carry beside a body is told once, whatever the routes.
  return {
    parameters: [...parameters, ...query.parameters],
    problems: bodiless ? [...problems, ...query.problems] : problems,
  }
}

/** The parameters of a channel: its path carries all that `connect` takes. */
export function openingParameters({ path, connect: { input } }: ChannelModel, types: Types): RouteParameters {
  const shape = input && resolve(input, types)
  if (shape && shape.kind !== 'object') {
    const message = `The input of \`connect\` is an object of the parameters in ${path}, not ${describe(shape)}.`
    return { parameters: [], problems: [{ code: 'PK2003', message, path: [] }] }
  }
  const properties = new Map((shape?.properties ?? []).map((property) => [property.name, property]))
  const { parameters, problems } = takePath(
    pathParameters(path),
    properties,
    (name) =>
      `The path names :${name}, which the input of \`connect\` lacks. Add \`${name}\` to that input, or take it out of ${path}.`,
    types,
  )
  const others = [...properties.keys(), ...(shape?.index ? ['[key]'] : [])].map((name): ParameterProblem => {
    const message = `\`connect\` takes \`${name}\`, which ${path} lacks. Write :${name} into the path, or send it in a message.`
    return { code: 'PK2015', message, path: [name] }
  })
  return { parameters, problems: [...problems, ...others] }
}

/** The parameters that stand in a path. Takes their properties out of those that are left for other places. */
function takePath(
  names: readonly string[],
  properties: Map<string, Property>,
  lacking: (name: string) => string,
  types: Types,
): { readonly parameters: Parameter[]; readonly problems: ParameterProblem[] } {
  const parameters: Parameter[] = []
  const problems: ParameterProblem[] = []
  for (const name of names) {
    const property = properties.get(name)
    properties.delete(name)
    if (!property) {
      problems.push({ code: 'PK2002', message: lacking(name), path: [] })
      continue
    }
    const text = textForm(property.shape, types)
    if (typeof text === 'string') parameters.push({ name, in: 'path', type: text })
    else problems.push({ code: 'PK2004', message: pathMessage(property, text.because), path: [name] })
  }
  return { parameters, problems }
}

/** How what stands beside the body of an operation travels when it is called by its name. */
export function queryParametersOf(
  { routes, rpc }: OperationModel,
  { properties }: ObjectShape,
  types: Types,
  body: string | undefined,
): RouteParameters {
  const inEveryPath = (name: string): boolean => routes.every(({ path }) => pathParameters(path).includes(name))
  const rest = properties.filter(({ name }) => name !== body && (rpc || !inEveryPath(name)))
  return queryOf(
    rest,
    ({ name }, because) =>
      `\`${name}\` stands beside a body of bytes, so it comes from the query, and it ${because}. Use one kind of text, number or boolean, an array of these, or an object of them.`,
    types,
  )
}

function queryOf(
  properties: readonly Property[],
  tell: (property: Property, because: string) => string,
  types: Types,
): RouteParameters {
  const parameters: Parameter[] = []
  const problems: ParameterProblem[] = []
  for (const property of properties) {
    const field = textFieldOf(property, types)
    if ('because' in field) {
      const path = [property.name, ...(field.path ?? [])]
      problems.push({ code: 'PK2005', message: tell({ ...property, name: path.join('.') }, field.because), path })
    } else {
      const { name, ...rest } = field
      parameters.push({ name, in: 'query', ...rest })
    }
  }
  return { parameters, problems }
}

/** How a property travels as text, or why it cannot. */
export function textFieldOf(
  property: Property,
  types: Types,
  depth = 0,
): TextField | { readonly because: string; readonly path?: readonly string[] } {
  const { name } = property
  const object = objectOf(property.shape, types)
  if (object) {
    if (object.index) return { because: 'holds an object whose names are not known' }
    if (depth === maxDepth) return { because: `holds objects in more than ${maxDepth} others` }
    const fields: TextField[] = []
    for (const inner of object.properties) {
      const field = textFieldOf(inner, types, depth + 1)
      if ('because' in field) return { ...field, path: [inner.name, ...(field.path ?? [])] }
      fields.push(field)
    }
    return { name, type: 'object', ...(mayLack(property, types) ? {} : { required: true as const }), fields }
  }
  const items = itemsOf(property.shape, types)
  const text = textForm(items ?? property.shape, types)
  if (typeof text !== 'string') return text
  return { name, type: text, ...(items ? manyOf(property, types) : {}) }
}

function pathMessage({ name }: Property, because: string): string {
  return `:${name} stands in a path, which carries one text, number or boolean, and it ${because}.`
}

function headerMessage(header: string, because: string): string {
  return `The header ${header} carries one text, number or boolean, and this ${because}.`
}

function queryMessage({ method, path }: RouteModel, name: string, because: string): string {
  return `\`${name}\` comes from the query of ${method} ${path}, and it ${because}. Use one kind of text, number or boolean, an array of these, or an object of them, or wire it with POST.`
}

/** What the items of a list are; nothing when it is no list. */
function itemsOf(shape: Shape, types: Types): Shape | undefined {
  const [only, ...others] = present(shape, types)
  const resolved = only && others.length === 0 ? resolve(only, types) : undefined
  return resolved?.kind === 'array' || resolved?.kind === 'set' ? resolved.items : undefined
}

/** A list that must be there is there when the query has none of it: it is empty. */
function manyOf(property: Property, types: Types): Pick<Parameter, 'many' | 'required'> {
  return mayLack(property, types) ? { many: true } : { many: true, required: true }
}

function mayLack({ shape, optional }: Property, types: Types): boolean {
  return optional || shape.default !== undefined || present(shape, types).length < membersOf(shape, types).length
}

/** How many objects a field of a query stands within at most. */
const maxDepth = 4

/** The object that a shape is, when it is there and nothing else. */
function objectOf(shape: Shape, types: Types): ObjectShape | undefined {
  const [only, ...others] = present(shape, types)
  const resolved = only && others.length === 0 ? resolve(only, types) : undefined
  return resolved?.kind === 'object' ? resolved : undefined
}

function present(shape: Shape, types: Types): Shape[] {
  return membersOf(shape, types).filter((member) => resolve(member, types).kind !== 'undefined')
}

/** What the text of a parameter is read as, or why there is no such thing. */
function textForm(shape: Shape, types: Types): Parameter['type'] | { readonly because: string } {
  const forms = new Set<Parameter['type']>()
  for (const member of present(shape, types)) {
    const form = leafForm(resolve(member, types))
    if (!form) return { because: `can be ${describe(resolve(member, types))}` }
    forms.add(form)
  }
  const [form, ...others] = forms
  if (!form) return { because: 'can be nothing at all' }
  if (others.length === 0) return form
  return { because: `can be ${[...forms].join(' or ')}, which the same text could be` }
}

function leafForm(shape: Shape): Parameter['type'] | undefined {
  switch (shape.kind) {
    case 'string':
    case 'template':
    case 'bigint':
    case 'date':
    case 'url':
    case 'bytes':
      return 'string'
    case 'number':
    case 'boolean':
      return shape.kind
    case 'literal':
      return typeof shape.value === 'bigint' ? 'string' : (typeof shape.value as Parameter['type'])
    default:
      return undefined
  }
}

function describe(shape: Shape): string {
  const article = /^[aeiou]/.test(shape.kind) && shape.kind !== 'union' && shape.kind !== 'unknown' ? 'an' : 'a'
  return shape.kind === 'null' || shape.kind === 'unknown' ? shape.kind : `${article} ${shape.kind}`
}
