import type { BodyContent, ItemContent } from './content.ts'
import type { JsonSchema } from './json-schema.ts'

/** What the answer of a stream is, for a person. */
export const streamText =
  'Server-sent events: one item as JSON in the data of each. The event `done` ends them, the event `error` carries a problem. ' +
  'As JSON lines, each is an object with an `item` or an `id`, and the last one has `done` or `error`.'

/** OpenAPI 3.1 has no word for what repeats: the schema is that of one item, or of one line. */
export function streamContent(item: JsonSchema): BodyContent {
  const line: JsonSchema = {
    type: 'object',
    properties: { id: { type: 'string' }, item, done: { const: true }, error: { type: 'object' } },
  }
  return {
    'text/event-stream': { schema: item },
    'application/jsonl': { schema: line },
    'application/x-ndjson': { schema: line },
  }
}

/** OpenAPI 3.2 has one for each event and each line (sections 4.14.3 and 4.14.4, "Sequential Media Types"). */
export function itemContent(item: JsonSchema, problem: JsonSchema, hasIds: boolean): ItemContent {
  const events = [
    object(hasIds, { data: json(item) }),
    object(false, { event: { const: 'done' }, data: { const: '' } }),
    object(false, { event: { const: 'error' }, data: json(problem) }),
  ]
  const lines = [object(hasIds, { item }), object(false, { done: { const: true } }), object(false, { error: problem })]
  return {
    'text/event-stream': { itemSchema: { anyOf: events } },
    'application/jsonl': { itemSchema: { anyOf: lines } },
    'application/x-ndjson': { itemSchema: { anyOf: lines } },
  }
}

/** Whatever carries an id may be without the rest: then only the id moves on. */
function object(hasId: boolean, properties: { [name: string]: JsonSchema }): JsonSchema {
  return hasId
    ? { type: 'object', properties: { id: { type: 'string' }, ...properties }, required: ['id'] }
    : { type: 'object', properties, required: Object.keys(properties) }
}

/** JSON in the text of a field. */
function json(contentSchema: JsonSchema): JsonSchema {
  return { type: 'string', contentMediaType: 'application/json', contentSchema }
}
