import type { AppDefinition } from './app.ts'
import type { ChannelDefinition, ChannelPeer } from './channel.ts'
import { type Convert, loadEncoders } from './codecs.ts'
import type { ChannelContract, Contracts, OperationContract } from './contract.ts'
import type { FuncOptions } from './func.ts'
import { type AnyHandler, bind, type Operation, type OperationDefaults, optionsOf } from './operation.ts'

/** A channel, ready to be opened: its contract and the operations behind it. */
export interface BoundChannel {
  readonly contract: ChannelContract
  readonly connect: Operation
  readonly disconnect: Operation | undefined
  /** By the name of the message. */
  readonly messages: ReadonlyMap<string, Operation>
  /** All of them. */
  readonly operations: readonly Operation[]
  /** Takes the data of each event to the wire, by its name; loaded each time, so it is for who asks to keep it. */
  events(): Promise<ReadonlyMap<string, Convert | undefined>>
}

/** A channel as a way in has it. */
export interface ServedChannel extends ChannelPeer<unknown, never> {
  /** Takes the parameters of its path, before `connect` runs. */
  begin(params: unknown): void
}

type AnyOptions = FuncOptions<unknown, unknown, unknown>
type AnyMessage = AnyHandler | (AnyOptions & { readonly handler: AnyHandler })
type AnyDefinition = ChannelDefinition<unknown, unknown, unknown, unknown, Readonly<Record<string, AnyMessage>>> & {
  readonly auth?: boolean
}

/** The channels of an app by the pattern of their paths, and every reason why one cannot be served as it is. */
export function bindChannels(
  app: { readonly definition: unknown },
  { channels: contracts = [] }: Contracts,
  defaults: OperationDefaults,
): { readonly channels: ReadonlyMap<string, BoundChannel>; readonly problems: readonly string[] } {
  const definition = app.definition as AppDefinition<unknown, unknown>
  const wired = new Map(Object.entries(definition.channels ?? {}))
  const channels = new Map<string, BoundChannel>()
  const problems: string[] = []
  for (const contract of contracts) {
    const channel = wired.get(contract.path)?.['~channel'] as AnyDefinition | undefined
    wired.delete(contract.path)
    if (channel) channels.set(contract.path, bindChannel(contract, channel, { definition, defaults, problems }))
    else problems.push(`The contracts list a channel ${contract.path}, and the app wires none. ${again}`)
  }
  for (const path of wired.keys()) problems.push(`${path} is wired in the app and is not in the contracts. ${again}`)
  return { channels, problems }
}

const again = 'Run `pikku contracts`.'

interface Binding {
  readonly definition: AppDefinition<unknown, unknown>
  readonly defaults: OperationDefaults
  readonly problems: string[]
}

function bindChannel(contract: ChannelContract, channel: AnyDefinition, binding: Binding): BoundChannel {
  const operations: Operation[] = []
  const add = (contract: OperationContract, handler: AnyHandler, options: AnyOptions, own: object = handler) => {
    const given = optionsOf(own)
    const lost = given === options ? '' : Object.keys(given).join(', ')
    if (lost)
      binding.problems.push(
        `${contract.name} is made by func({ ${lost} }, …), which nothing would heed there. Write them beside the handler.`,
      )
    const bound = bind(contract, handler, options, binding.definition, binding.defaults)
    if ('problem' in bound) binding.problems.push(bound.problem)
    else operations.push(bound.operation)
    return 'problem' in bound ? undefined : bound.operation
  }
  const { auth = true, permissions, middleware = [], connect, disconnect, messages = {} } = channel
  const opening = { auth, middleware, ...(permissions ? { permissions } : {}) }
  const begin: AnyHandler = (services, params, call) => {
    ;(call as { readonly channel: ServedChannel }).channel.begin(params)
    return (connect as AnyHandler | undefined)?.(services, params, call)
  }
  const taken = new Map(Object.entries(messages))
  const bound = new Map<string, Operation>()
  for (const message of contract.messages) {
    const name = message.name.slice(contract.name.length + 1)
    const given = taken.get(name)
    taken.delete(name)
    if (!given)
      binding.problems.push(`The contracts list ${message.name}, which ${contract.path} does not take. ${again}`)
    const operation = given && add(message, ...handlerAndOptions(given, auth))
    if (operation) bound.set(name, operation)
  }
  for (const name of taken.keys()) {
    binding.problems.push(`${contract.path} takes ${name}, which is not in the contracts. ${again}`)
  }
  return {
    contract,
    // Where something is wrong with it the app is not served.
    connect: add(contract.connect, begin, opening, connect) as Operation,
    disconnect: contract.disconnect && add(contract.disconnect, disconnect as AnyHandler, { auth }),
    messages: bound,
    operations,
    events: () => loadEncoders(contract, contract.events),
  }
}

/** Only a function says itself whether it needs a session. */
function handlerAndOptions(message: AnyMessage, auth: boolean): [AnyHandler, AnyOptions] {
  if (typeof message === 'function') return [message, 'options' in message ? optionsOf(message) : { auth }]
  const { handler, ...options } = message
  return [handler, { ...options, auth }]
}
