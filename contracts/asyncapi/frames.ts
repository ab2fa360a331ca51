import type { JsonSchema } from '../openapi/index.ts'

/** A message of the document: one kind of frame, as `docs/protocol.md` has them. */
export interface Frame {
  readonly title: string
  readonly payload: JsonSchema
  /** Where the id stands that ties answers to what they answer. */
  readonly correlationId: { readonly location: string }
}

/** What a frame carries beside its id. */
interface Carried {
  readonly [property: string]: JsonSchema | undefined
}

/** A frame of a kind. What may be left out ends in a question mark. */
function frame(title: string, kind: string, carried: Carried): Frame {
  const entries = Object.entries(carried).flatMap(([key, schema]) => (schema ? [[key, schema] as const] : []))
  const required = entries.map(([key]) => key).filter((key) => !key.endsWith('?'))
  const properties = entries.map(([key, schema]) => [key.replace(/\?$/, ''), schema] as const)
  return {
    title,
    payload: {
      type: 'object',
      properties: { [kind]: id, ...Object.fromEntries(properties) },
      required: [kind, ...required],
    },
    correlationId: { location: `$message.payload#/${kind}` },
  }
}

const id: JsonSchema = { type: 'integer', minimum: 1 }
const text: JsonSchema = { type: 'string' }

/** Opens a channel. */
export function openFrame(path: string, input: JsonSchema | undefined): Frame {
  return frame('Opens the channel', 'open', { to: only(path), input, 'after?': text })
}

/** Tells that a channel is open. */
export const openedFrame: Frame = frame('The channel is open', 'open', {
  'id?': text,
  'whole?': { type: 'boolean' },
})

/** Sends a message. Its input has null where files stand, which are listed beside it. */
export function sendFrame(
  message: string,
  input: JsonSchema | undefined,
  { hasFiles, key }: { readonly hasFiles: boolean; readonly key: 'taken' | 'needed' | undefined },
): Frame {
  return frame(`Sends \`${message}\``, 'send', {
    on: { ...id, description: 'The id of the channel.' },
    to: only(message),
    input,
    [key === 'needed' ? 'key' : 'key?']: key && { type: 'string', minLength: 1, maxLength: 255 },
    'files?': hasFiles ? files : undefined,
  })
}

/** Calls a stream. */
export function callFrame(operation: string, input: JsonSchema | undefined, isResumable: boolean): Frame {
  return frame(`Calls \`${operation}\``, 'call', {
    to: only(operation),
    input,
    credit: { type: 'integer', minimum: 0, description: 'How many items may be sent.' },
    'after?': isResumable ? text : undefined,
  })
}

/** An item of a stream. */
export function itemFrame(output: JsonSchema | undefined, isResumable: boolean): Frame {
  return frame('An item', 'item', {
    // With an id alone, only that moves on.
    [isResumable ? 'output?' : 'output']: output,
    'id?': isResumable ? text : undefined,
  })
}

/** An answer, or the end of a stream. */
export function doneFrame(title: string, output?: JsonSchema, mayLack = false): Frame {
  return frame(title, 'done', { [mayLack ? 'output?' : 'output']: output })
}

/** Tells that something failed. */
export function failFrame(title: string, problem: JsonSchema): Frame {
  return frame(title, 'fail', { problem })
}

/** An event. */
export function eventFrame(event: string, data: JsonSchema | undefined): Frame {
  return frame(`The event \`${event}\``, 'event', { name: only(event), data, 'id?': text })
}

function only(value: string): JsonSchema {
  return { type: 'string', const: value }
}

const files: JsonSchema = {
  type: 'array',
  description: 'The files whose places in the input hold null. Their bytes follow in binary messages.',
  items: {
    type: 'object',
    properties: {
      at: { type: 'array', items: { anyOf: [text, { type: 'integer' }] } },
      name: text,
      type: text,
      size: { type: 'integer', minimum: 0 },
    },
    required: ['at', 'type', 'size'],
  },
}
