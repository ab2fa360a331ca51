import {
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  OpenApiGeneratorV32,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi'
import type { AppModel, OperationModel, RouteModel, SecurityModel } from '../model.ts'
import { memoize } from '../print/memoize.ts'
import type { Shape } from '../shape.ts'
import { Components } from './components.ts'
import { answerContent } from './content.ts'
import { mayBeAbsent } from './json-schema.ts'
import { type ParameterObject, splitInput } from './parameters.ts'
import { createKeptPieces, documentText, jsonText, type KeptPieces, Pieces, pieceText } from './pieces.ts'
import { Problems } from './problems.ts'
import { nameSchemes, toScheme } from './security.ts'
import { itemContent, streamContent, streamText } from './streams.ts'
import { describe, toTemplate } from './words.ts'

/** What a document says about itself. */
export interface DocumentInfo {
  readonly title: string
  readonly version: string
  readonly description?: string
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string }
  readonly license?: { readonly name: string; readonly identifier?: string; readonly url?: string }
  /** Where the API is served. Default: where the document is. */
  readonly servers?: readonly { readonly url: string; readonly description?: string }[]
}

/** What is said about the document, and the OpenAPI that it is written in. */
export interface DocumentSettings extends DocumentInfo {
  /** `3.2` says what each event and each line of a stream is, which fewer tools read. Default `3.1`. */
  readonly specification?: '3.1' | '3.2'
}

/**
 * The OpenAPI document of an app, as JSON text. The same model gives the same bytes.
 *
 * @param kept what the last document of a lasting model left: what has not changed since then is not made again.
 */
export function printOpenApi(
  model: AppModel,
  { specification = '3.1', ...info }: DocumentSettings,
  kept: KeptPieces = createKeptPieces(),
): string {
  return new DocumentPrinter(model, specification, kept).print(info)
}

/** One way to call an operation over HTTP. */
interface Way {
  readonly method: string
  readonly path: string
  /** What its id is if nothing else has that. */
  readonly wantedId: string
  readonly tag: string
  /** Absent where it is called by its name. */
  readonly route: RouteModel | undefined
}

type DocumentConfig = Parameters<OpenApiGeneratorV31['generateDocument']>[0]

class DocumentPrinter {
  readonly #model: AppModel
  readonly #specification: '3.1' | '3.2'
  readonly #components: Components
  readonly #pieces: Pieces
  /** The operations of each path by their methods, as JSON. */
  readonly #paths = new Map<string, Map<string, string>>()
  readonly #problems: Problems
  readonly #ids = new Set<string>()
  readonly #security: ReadonlyMap<string, SecurityModel>

  constructor(model: AppModel, specification: '3.1' | '3.2', kept: KeptPieces) {
    this.#model = model
    this.#specification = specification
    this.#components = new Components(model)
    this.#problems = new Problems(this.#components, model.operations)
    this.#security = nameSchemes(model.security)
    for (const { name } of model.operations) this.#ids.add(name)
    const context = [specification, this.#components.naming, this.#problems.naming, [...this.#security]]
    this.#pieces = new Pieces(this.#components, this.#problems, kept, JSON.stringify(context))
  }

  print({ servers = [{ url: '/' }], ...info }: DocumentInfo): string {
    for (const operation of this.#model.operations) this.#operation(operation)
    const problems = this.#problems.components()
    const registry = new OpenAPIRegistry()
    for (const [name, response] of problems.responses.sort(byName)) {
      registry.registerComponent('responses', name, response)
    }
    for (const [name, scheme] of this.#security) {
      registry.registerComponent('securitySchemes', name, toScheme(scheme))
    }
    const {
      paths: _none,
      components: { schemas: _schemas, parameters: _parameters, ...components } = {},
      ...head
    } = this.#assemble(registry, {
      info: { ...info },
      servers: servers.map((server) => ({ ...server })),
      security: this.#needed(),
      tags: tagsOf(this.#model),
    })
    const schemas = [...this.#schemas(), ...problems.schemas.map(toPiece)].sort(byName)
    return documentText([
      ...Object.entries(head).map(toMember),
      ['paths', this.#paths],
      ['components', [['schemas', schemas], ...Object.entries(components).map(toInner)]],
    ])
  }

  *#schemas(): Generator<[string, string]> {
    for (const { component, type, side } of this.#components.referrals()) {
      const [text = '{}'] = this.#pieces.texts(type, side, () => [this.#components.schema(type.shape, side)])
      yield [component, text]
    }
  }

  #assemble(registry: OpenAPIRegistry, config: Omit<DocumentConfig, 'openapi'>) {
    const Generator = this.#specification === '3.2' ? OpenApiGeneratorV32 : OpenApiGeneratorV31
    return new Generator(registry.definitions).generateDocument({ openapi: `${this.#specification}.0`, ...config })
  }

  /** One of them is enough. */
  #needed(): { [scheme: string]: [] }[] {
    return [...this.#security.keys()].map((name) => ({ [name]: [] }))
  }

  /** Who says who they are is known to a function that needs no session, too. */
  #optional(): { [scheme: string]: [] }[] {
    return this.#security.size > 0 ? [{}, ...this.#needed()] : []
  }

  #operation(operation: OperationModel): void {
    const ways = waysOf(operation)
    // The first way has the operation's name as its id; the others have it with what tells them apart.
    const ids = ways.map(({ wantedId }, at) => (at === 0 ? wantedId : this.#unique(wantedId)))
    const texts = this.#pieces.texts(operation, ids.join(), () => {
      const responses = { ...this.#success(operation), ...this.#problems.responses(operation) }
      return ways.map((way, at) => this.#way(operation, way, ids[at] ?? way.wantedId, responses))
    })
    for (const [at, { path, method }] of ways.entries()) {
      const methods = this.#paths.get(path) ?? new Map<string, string>()
      this.#paths.set(path, methods.set(method.toLowerCase(), texts[at] ?? '{}'))
    }
  }

  #way(
    operation: OperationModel,
    { method, path, tag, route }: Way,
    id: string,
    responses: RouteConfig['responses'],
  ): object {
    const { parameters, body } = splitInput(route, operation, this.#components)
    const { summary, description } = describe(operation)
    const keys = operation.idempotencyKey ? [keyParameter(operation.idempotencyKey === 'needed')] : []
    const name = method.toLowerCase() as RouteConfig['method']
    const registry = new OpenAPIRegistry()
    registry.registerPath({
      method: name,
      path,
      tags: [tag],
      summary,
      description,
      operationId: id,
      ...(operation.deprecated ? { deprecated: true } : {}),
      ...(operation.auth ? {} : { security: this.#optional() }),
      ...(operation.permissions ? { 'x-permissions': [...operation.permissions] } : {}),
      ...(parameters.length + keys.length > 0 ? { parameters: [...parameters, ...keys] } : {}),
      ...(body ? { request: { body } } : {}),
      responses: { ...responses, ...(method === 'GET' ? conditional(operation) : {}) },
    })
    const { paths } = this.#assemble(registry, { info: { title: '', version: '' } })
    return paths?.[path]?.[name as 'get'] ?? {}
  }

  #unique(id: string): string {
    let free = id
    for (let count = 2; this.#ids.has(free); count++) free = `${id}.${count}`
    this.#ids.add(free)
    return free
  }

  #success(operation: OperationModel): RouteConfig['responses'] {
    const { kind, output, statuses = [output || operation.answer || kind === 'stream' ? 200 : 204] } = operation
    const told = (answer: ResponseConfig) => Object.fromEntries(statuses.map((status) => [status, answer]))
    const headers = headersOf(operation)
    if (operation.answer) {
      const done = { description: 'Done.', ...headers, content: answerContent(operation.answer) }
      // The status of a response is its handler's choice.
      return operation.answer.kind === 'response'
        ? { '2XX': done, '3XX': { description: 'It is elsewhere.' } }
        : told(done)
    }
    if (kind === 'stream') {
      const item = output ? this.#components.schema(output, 'output') : {}
      const content =
        this.#specification === '3.2'
          ? itemContent(item, this.#problems.any(), operation.resumable === true)
          : streamContent(item)
      return told({ description: streamText, ...headers, content })
    }
    const nothing = { description: 'Done; there is nothing to tell.', ...headers }
    if (!output) return told(nothing)
    const schema = this.#components.schema(output, 'output')
    const answer = told({ description: answerText(output), ...headers, content: { 'application/json': { schema } } })
    return mayBeAbsent(output, this.#components.types) ? { ...answer, 204: nothing } : answer
  }
}

/** The ways to call an operation. */
const waysOf = memoize(({ name, module, routes, rpc }: OperationModel): readonly Way[] => {
  const ways = routes.map((route, at): Way => {
    const { method } = route
    const wantedId = at === 0 ? name : `${name}.${method.toLowerCase()}`
    return { method, path: toTemplate(route.path), wantedId, tag: module, route }
  })
  if (!rpc) return ways
  const isOnly = routes.length === 0
  // Who reads about a route is not told the same a second time; the generated client calls by name.
  const named = isOnly ? { wantedId: name, tag: module } : { wantedId: `${name}.rpc`, tag: rpcTag }
  return [...ways, { method: 'POST', path: `/rpc/${name}`, ...named, route: undefined }]
})

/** The headers that its answers may have. */
function headersOf({ replyHeaders = [] }: OperationModel): Pick<ResponseConfig, 'headers'> {
  if (replyHeaders.length === 0) return {}
  const schema = { type: 'string' as const }
  return { headers: Object.fromEntries(replyHeaders.map(({ name, description }) => [name, { description, schema }])) }
}

/** The header of draft-ietf-httpapi-idempotency-key-header. */
function keyParameter(required: boolean): ParameterObject {
  return {
    name: 'Idempotency-Key',
    in: 'header',
    required,
    description: 'Made anew for each call: the same call again with the same key is answered as the first was.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  }
}

function answerText({ kind, description }: Shape): string {
  return kind === 'ref' || !description ? 'Done.' : description
}

/** What a reader has already is not sent again; of bytes whose number is known a range may be asked for (RFC 9110, 13, 14). */
function conditional({ kind, output, answer, statuses }: OperationModel): RouteConfig['responses'] {
  if (statuses && !statuses.includes(200)) return {}
  const unchanged = { 304: { description: 'The caller has this already.' } }
  if (!answer) return kind === 'call' && output ? unchanged : {}
  if (!['file', 'blob', 'bytes'].includes(answer.kind)) return {}
  return {
    206: { description: 'The range that was asked for.', content: answerContent(answer) },
    ...unchanged,
    416: { description: 'The range lies beyond the end.' },
  }
}

/** A space keeps it apart from every module. */
const rpcTag = 'by name'

function tagsOf(model: AppModel): { name: string; description: string }[] {
  const modules = new Set(model.operations.map(({ module }) => module))
  const tags = [...modules].sort().map((name) => ({ name, description: `The operations of \`${name}\`.` }))
  if (!model.operations.some(({ rpc, routes }) => rpc && routes.length > 0)) return tags
  return [
    ...tags,
    { name: rpcTag, description: 'The same operations by their names, as the generated client calls them.' },
  ]
}

function toPiece([name, schema]: readonly [string, object]): [string, string] {
  return [name, pieceText(schema)]
}

/** A member of the document, or of its components, as JSON. */
function toMember([name, value]: [string, unknown]): [string, string] {
  return [name, jsonText(value, '  ')]
}

function toInner([name, value]: [string, unknown]): [string, string] {
  return [name, jsonText(value, '    ')]
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : left > right ? 1 : 0
}
