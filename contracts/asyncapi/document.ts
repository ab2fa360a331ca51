import { filesOfMessage, partsOfChannel } from '../channels.ts'
import type { AppModel, ChannelMember, ChannelModel, OperationModel } from '../model.ts'
import { Components } from '../openapi/components.ts'
import type { DocumentInfo } from '../openapi/document.ts'
import { type JsonSchema, mayBeAbsent } from '../openapi/json-schema.ts'
import {
  createKeptPieces,
  documentText,
  type JsonTree,
  jsonText,
  type KeptPieces,
  Pieces,
  pieceText,
} from '../openapi/pieces.ts'
import { Problems } from '../openapi/problems.ts'
import { nameSchemes } from '../openapi/security.ts'
import { describe, toTemplate } from '../openapi/words.ts'
import { pathParameters } from '../parameters.ts'
import { resolve } from '../print/overlap.ts'
import type { Shape } from '../shape.ts'
import { toDraft07 } from './draft-07.ts'
import {
  callFrame,
  doneFrame,
  eventFrame,
  type Frame,
  failFrame,
  itemFrame,
  openedFrame,
  openFrame,
  sendFrame,
} from './frames.ts'
import { inputOnSocket } from './inputs.ts'
import { toServers, toSocketScheme } from './servers.ts'

/**
 * The AsyncAPI document of what an app does over its socket, as JSON text: its channels and its streams. Nothing where
 * it has neither. The same model gives the same bytes.
 *
 * @param kept what the last document of a lasting model left: streams and types that are the same since then are not
 *   made again, while channels are, being few.
 */
export function printAsyncApi(
  model: AppModel,
  info: DocumentInfo,
  kept: KeptPieces = createKeptPieces(),
): string | undefined {
  const streams = model.operations.filter(({ kind, rpc }) => kind === 'stream' && rpc)
  if (streams.length === 0 && model.channels.length === 0) return undefined
  return documentText(new DocumentPrinter(model, streams, kept).print(info))
}

/** Where channels and operations stand: under one of these words, and a name. */
const indent = ' '.repeat(4)

const socketText = 'One WebSocket at `/rpc`, of the subprotocol `pikku.v1`, carries all of it.'

/** A channel of the document while it is put together: its messages by the keys that operations refer to. */
interface Draft {
  readonly id: string
  readonly messages: Map<string, object>
}

interface Reference {
  readonly $ref: string
}

class DocumentPrinter {
  readonly #model: AppModel
  readonly #streams: readonly OperationModel[]
  readonly #components: Components
  readonly #problems: Problems
  readonly #security: readonly Reference[]
  readonly #pieces: Pieces
  /** As JSON, by their names. */
  readonly #channels = new Map<string, string>()
  readonly #operations = new Map<string, string>()

  constructor(model: AppModel, streams: readonly OperationModel[], kept: KeptPieces) {
    this.#model = model
    this.#streams = streams
    this.#components = new Components({ ...model, operations: [...streams, ...model.channels.flatMap(partsOfChannel)] })
    this.#problems = new Problems(this.#components)
    this.#security = [...nameSchemes(model.security).keys()].map((name) => ({
      $ref: `#/components/securitySchemes/${name}`,
    }))
    const context = [this.#components.naming, this.#problems.naming, this.#security]
    this.#pieces = new Pieces(this.#components, this.#problems, kept, JSON.stringify(context))
  }

  print({ servers = [], license, description, ...info }: DocumentInfo): JsonTree {
    for (const channel of this.#model.channels) this.#channel(channel)
    for (const stream of this.#streams) this.#stream(stream)
    const problems = this.#problems
      .components()
      .schemas.map(([name, schema]): [string, string] => [name, pieceText(toDraft07(schema))])
    const schemas = [...this.#schemas(), ...problems].sort(byName)
    const security = [...nameSchemes(this.#model.security)].map(([name, scheme]) => [name, toSocketScheme(scheme)])
    const modules = new Set([...this.#model.channels, ...this.#streams].map(({ module }) => module))
    const head = {
      asyncapi: '3.0.0',
      info: {
        ...info,
        description: description === undefined ? socketText : `${description}\n\n${socketText}`,
        ...(license ? { license: { name: license.name, ...(license.url ? { url: license.url } : {}) } } : {}),
        tags: [...modules].sort().map((name) => ({ name, description: `The channels and streams of \`${name}\`.` })),
      },
      ...toServers(servers),
      defaultContentType: 'application/json',
    }
    const schemes: [string, string][] =
      security.length > 0 ? [['securitySchemes', jsonText(Object.fromEntries(security), '    ')]] : []
    return [
      ...Object.entries(head).map(([name, value]): [string, string] => [name, jsonText(value, '  ')]),
      ['channels', this.#channels],
      ['operations', this.#operations],
      ['components', [['schemas', schemas], ...schemes]],
    ]
  }

  *#schemas(): Generator<[string, string]> {
    for (const { component, type, side } of this.#components.referrals()) {
      const make = () => [toDraft07(this.#components.schema(type.shape, side))]
      const [text = '{}'] = this.#pieces.texts(type, side, make)
      yield [component, text]
    }
  }

  #channel(channel: ChannelModel): void {
    const { name, path, module, description, connect, messages, events } = channel
    const draft: Draft = { id: name, messages: new Map() }
    const open = [
      this.#add(draft, 'open', openFrame(path, this.#input(connect))),
      this.#add(draft, 'opened', openedFrame),
      this.#fail(draft, 'open.fail', 'The channel is not opened', connect),
    ] as const
    this.#operation(draft, connect, 'receive', open)
    for (const message of messages) this.#message(draft, message)
    for (const { name: event, operation } of events) {
      const frame = eventFrame(event, operation.output && this.#components.schema(operation.output, 'output'))
      this.#operation(draft, operation, 'send', [this.#add(draft, `event.${event}`, frame)])
    }
    const parameters = pathParameters(path).map((parameter) => [parameter, this.#parameter(connect, parameter)])
    const told = {
      address: toTemplate(path),
      title: name,
      description: description ?? `The channel \`${name}\`.`,
      ...(parameters.length > 0 ? { parameters: Object.fromEntries(parameters) } : {}),
      messages: Object.fromEntries(draft.messages),
      tags: [{ name: module }],
    }
    this.#channels.set(name, jsonText(told, indent))
  }

  #message(draft: Draft, { name, operation }: ChannelMember): void {
    const { output, idempotencyKey: key } = operation
    const hasFiles = filesOfMessage(operation, this.#components.types).length > 0
    const answer = output && this.#components.schema(output, 'output')
    const mayLack = output !== undefined && mayBeAbsent(output, this.#components.types)
    this.#operation(draft, operation, 'receive', [
      this.#add(draft, `send.${name}`, sendFrame(name, this.#input(operation), { hasFiles, key })),
      this.#add(draft, `send.${name}.done`, doneFrame(`The answer to \`${name}\``, answer, mayLack)),
      this.#fail(draft, `send.${name}.fail`, `\`${name}\` failed`, operation),
    ])
  }

  /** Whoever calls a stream is answered with its items. */
  #stream(operation: OperationModel): void {
    const { name } = operation
    const [channel = '{}', call = '{}'] = this.#pieces.texts(operation, '', () => this.#makeStream(operation), indent)
    this.#channels.set(name, channel)
    this.#operations.set(name, call)
  }

  /** The channel of a stream, and the operation. */
  #makeStream(operation: OperationModel): object[] {
    const { name, module, output, resumable = false } = operation
    const draft: Draft = { id: name, messages: new Map() }
    const item = output && this.#components.schema(output, 'output')
    const call = this.#told(draft, operation, 'receive', [
      this.#add(draft, 'call', callFrame(name, this.#input(operation), resumable)),
      this.#add(draft, 'item', itemFrame(item, resumable)),
      this.#add(draft, 'done', doneFrame('The stream has ended')),
      this.#fail(draft, 'fail', 'The stream failed', operation),
    ])
    const channel = {
      address: name,
      title: name,
      description: `The stream \`${name}\`.`,
      messages: Object.fromEntries(draft.messages),
      tags: [{ name: module }],
    }
    return [channel, call]
  }

  #operation(
    draft: Draft,
    operation: OperationModel,
    action: 'send' | 'receive',
    messages: readonly Reference[],
  ): void {
    this.#operations.set(operation.name, jsonText(this.#told(draft, operation, action, messages), indent))
  }

  /** The first message is what is sent or received, and the others are what may answer it. */
  #told(
    { id }: Draft,
    operation: OperationModel,
    action: 'send' | 'receive',
    [first, ...answers]: readonly Reference[],
  ): object {
    const channel = { $ref: `#/channels/${pointer(id)}` }
    return {
      action,
      channel,
      ...describe(operation),
      tags: [{ name: operation.module }],
      ...(operation.auth && this.#security.length > 0 ? { security: this.#security } : {}),
      ...(operation.permissions ? { 'x-permissions': operation.permissions } : {}),
      messages: [first],
      ...(answers.length > 0 ? { reply: { channel, messages: answers } } : {}),
    }
  }

  #add({ id, messages }: Draft, key: string, { payload, ...frame }: Frame): Reference {
    messages.set(key, { name: key, ...frame, payload: toDraft07(payload) })
    return { $ref: `#/channels/${pointer(id)}/messages/${pointer(key)}` }
  }

  #fail(draft: Draft, key: string, title: string, { errors }: OperationModel): Reference {
    const any = this.#problems.any()
    const problem = errors.length === 0 ? any : { anyOf: [...this.#problems.forms(errors), any] }
    return this.#add(draft, key, failFrame(title, problem))
  }

  #input(operation: OperationModel): JsonSchema | undefined {
    const shape = inputOnSocket(operation, this.#components.types)
    return shape && this.#components.schema(shape, 'input')
  }

  #parameter({ input }: OperationModel, name: string): { description?: string } {
    const shape: Shape | undefined = input && resolve(input, this.#components.types)
    const property = shape?.kind === 'object' ? shape.properties.find((one) => one.name === name) : undefined
    const description = property?.shape.description
    return description ? { description } : {}
  }
}

/** A key as a step of a JSON pointer (RFC 6901). */
function pointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : left > right ? 1 : 0
}
