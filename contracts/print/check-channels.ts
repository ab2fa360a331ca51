import type { Diagnostic } from '../diagnostic.ts'
import type { AppModel, ChannelModel, OperationModel } from '../model.ts'
import { openingParameters } from '../parameters.ts'
import { filePartOf, rawBodyOf } from '../raw-body.ts'
import { resolve, type Types } from './overlap.ts'
import { pathProblem } from './path-problem.ts'

/** Channels at the same path, paths that do not carry what opens them, and messages that a socket does not carry. */
export function* checkChannels({ operations, channels, types }: AppModel): Generator<Diagnostic> {
  const paths = new Map<string, string>()
  for (const channel of channels) {
    yield* checkPath(channel, paths, types)
    for (const { operation } of channel.messages) yield* checkMessage(operation, types)
  }
  const method = operations.find(({ name }) => name === 'channel' || name.startsWith('channel.'))
  if (channels.length > 0 && method) {
    const message = `\`channel\` is what opens channels in the client, so ${method.name} needs another name.`
    yield { code: 'PK2007', at: method.at, message, path: method.name }
  }
}

function* checkPath(channel: ChannelModel, paths: Map<string, string>, types: Types): Generator<Diagnostic> {
  const { path, at, name } = channel
  const why = pathProblem(path)
  if (why !== undefined) {
    yield { code: 'PK2006', at, message: `${path} cannot be served: ${why}.`, path: name }
    return
  }
  const key = path.replace(/\/:[^/]+/g, '/:')
  const other = paths.get(key)
  paths.set(key, path)
  if (other !== undefined) {
    const same = other === path ? 'is wired twice' : `is the same path as ${other}`
    yield { code: 'PK2001', at, message: `The channel at ${path} ${same}. Take one of the two away.`, path: name }
  }
  for (const { code, message, path: inner } of openingParameters(channel, types).problems) {
    yield { code, at, message, path: [`${name}.connect input`, ...inner].join('.') }
  }
}

/** A message is JSON with files among its properties, and its answer is JSON alone. */
function* checkMessage(operation: OperationModel, types: Types): Generator<Diagnostic> {
  const { name, at, kind, consumes, answer, input } = operation
  const refuse = (message: string, path: string): Diagnostic => ({ code: 'PK2016', at, message, path })
  if (kind === 'stream') {
    const message = `A message has one answer, and ${name} gives a stream. Send its items as events, or wire it in \`rpc\`.`
    yield refuse(message, `${name} output`)
  }
  if (answer) {
    const message =
      'The answer to a message is JSON. Give what names the content, and the content by a function in `rpc`.'
    yield refuse(message, `${name} output`)
  }
  if (consumes)
    yield refuse('A message is JSON with files among its properties. Leave `consumes` out.', `${name} input`)
  const shape = input && resolve(input, types)
  if (!consumes && shape?.kind !== 'object' && rawBodyOf(operation, types)) {
    yield refuse('A file is a property of a message: { file: File }.', `${name} input`)
  }
  for (const property of shape?.kind === 'object' ? shape.properties : []) {
    if (filePartOf(property, types)?.type !== 'stream') continue
    yield refuse('A message carries no ReadableStream. Take a Blob or a File.', `${name} input.${property.name}`)
  }
}
