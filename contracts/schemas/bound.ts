import { mapChannel } from '../channels.ts'
import type { AppModel, OperationModel, OwnSchema } from '../model.ts'
import { partsOf } from '../print/parts.ts'
import type { JsonText, SchemaShape, Shape } from '../shape.ts'

/** What a schema asks of what is on the wire; nothing where that is not known. */
export type JsonOf = (schema: OwnSchema, side: 'input' | 'output') => JsonText | undefined

/** The model in which every schema of the user's carries what it asks for, for documents and the lock. */
export function withJson(model: AppModel, jsonOf: JsonOf): AppModel {
  const types = [...model.types].map(([name, type]) => {
    const { shape } = type
    // A schema of Zod 4 stands for the same on both sides of a call.
    const json = shape.kind === 'schema' ? (jsonOf(shape, 'output') ?? jsonOf(shape, 'input')) : undefined
    return [name, json ? { ...type, shape: { ...shape, ...bound((shape as SchemaShape).shape, json) } } : type] as const
  })
  const bind = (operation: OperationModel): OperationModel => {
    const { schemas = {}, input, output } = operation
    const [taken, given] = [
      schemas.input && jsonOf(schemas.input, 'input'),
      schemas.output && jsonOf(schemas.output, 'output'),
    ]
    return {
      ...operation,
      ...(input && taken && schemas.input ? { input: schemaOf(schemas.input, input, taken) } : {}),
      ...(output && given && schemas.output ? { output: schemaOf(schemas.output, output, given) } : {}),
    }
  }
  const operations = model.operations.map(bind)
  const channels = model.channels.map((channel) => mapChannel(channel, bind))
  return { ...model, operations, channels, types: new Map(types) }
}

function schemaOf(schema: OwnSchema, shape: Shape, json: JsonText): Shape {
  return { kind: 'schema', ...schema, ...bound(shape, json) }
}

/** The properties of an object have their parts of it too: a route may take them from its path or its query. */
function bound(shape: Shape, json: JsonText): { readonly shape: Shape; readonly json?: JsonText } {
  // How files travel is not for the schema to say.
  if (hasFile(shape)) return { shape }
  if (shape.kind !== 'object') return { shape, json }
  const inner = Object(json.properties)
  const properties = shape.properties.map((property) => {
    const own: JsonText | undefined = Object.hasOwn(inner, property.name) ? inner[property.name] : undefined
    const wrapped: Shape = {
      kind: 'schema',
      module: '',
      export: property.name,
      shape: property.shape,
      ...(own ? { json: own } : {}),
    }
    return { ...property, shape: wrapped }
  })
  return { shape: { ...shape, properties }, json }
}

function hasFile(shape: Shape): boolean {
  return ['file', 'blob', 'stream', 'response'].includes(shape.kind) || partsOf(shape).some(hasFile)
}
