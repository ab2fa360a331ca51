import { isDeepStrictEqual } from 'node:util'
import { mapChannel, partsOfChannel } from './channels.ts'
import type { AppModel, ChannelMember, ChannelModel, NamedType, OperationModel } from './model.ts'
import { memoize } from './print/memoize.ts'
import { refsOf } from './print/parts.ts'
import { refsOfOperation } from './print/places.ts'

/** Something of the last model, and what was read that said the same. */
interface Known<Thing> {
  readonly read: Thing
  readonly thing: Thing
}

/**
 * The model of an app that is read again and again. An operation, a channel or a type that says what it said, and leads
 * only to what does, is the same object as before, and so is a model of nothing else: what was made of it can be kept
 * by it.
 */
export class LastingModel {
  /** The operations, and the parts of the channels. */
  #operations = new Map<string, Known<OperationModel>>()
  #channels = new Map<string, { readonly channel: ChannelModel; readonly text: string }>()
  #types = new Map<string, Known<NamedType>>()
  #model: AppModel | undefined

  /** A model with what is the same in the one before taken from there. Only where functions stand may be out of date. */
  renew(model: AppModel): AppModel {
    const changed = this.#renewTypes(model)
    const known = new Map<string, Known<OperationModel>>()
    const renewed = (operation: OperationModel): OperationModel => {
      const now = this.#renewOperation(operation, changed)
      known.set(operation.name, now)
      return now.thing
    }
    const operations = model.operations.map(renewed)
    const channels = model.channels.map((channel) => this.#renewChannel(mapChannel(channel, renewed)))
    this.#operations = known
    this.#channels = new Map(channels.map((known) => [known.channel.name, known]))
    const types = new Map<string, NamedType>()
    for (const [name, { thing }] of this.#types) types.set(name, thing)
    this.#model = sameOrNew(this.#model, {
      ...model,
      operations,
      channels: channels.map(({ channel }) => channel),
      types,
    })
    return this.#model
  }

  #renewOperation(operation: OperationModel, changed: ReadonlySet<string>): Known<OperationModel> {
    const known = this.#operations.get(operation.name)
    // One that leads to something else is another object even where who read it gives the same.
    const isChanged = changed.size > 0 && refsOfOperation(operation).some((name) => changed.has(name))
    if (!known || isChanged) return { read: operation, thing: { ...operation } }
    if (known.read === operation) return known
    const isSame = textOfOperation(known.read) === textOfOperation(operation)
    return { read: operation, thing: isSame ? known.thing : { ...operation } }
  }

  /** Expects a channel whose parts are renewed. */
  #renewChannel(channel: ChannelModel): { readonly channel: ChannelModel; readonly text: string } {
    const { connect: _connect, disconnect: _disconnect, messages, events, ...own } = channel
    const text = jsonOf({ ...own, at: 0, messages: messages.map(nameOf), events: events.map(nameOf) })
    const known = this.#channels.get(channel.name)
    const isSame = known?.text === text && areSame(partsOfChannel(known.channel), partsOfChannel(channel))
    return isSame ? known : { channel, text }
  }

  /** Gives the names of the types that are not as they were, or lead to one that is not. */
  #renewTypes(model: AppModel): ReadonlySet<string> {
    const types = [...model.types.values()]
    const isSame = (type: NamedType): boolean => {
      const read = this.#types.get(type.name)?.read
      return read !== undefined && (read === type || textOf(read) === textOf(type))
    }
    const changed = new Set(types.filter((type) => !isSame(type)).map(({ name }) => name))
    // Types stand behind those that they were met in, so nearly all is found on the first way back.
    const backwards = types.toReversed()
    for (let before = 0; before < changed.size; ) {
      before = changed.size
      for (const { name, shape } of backwards) {
        if (!changed.has(name) && refsOf(shape).some((ref) => changed.has(ref))) changed.add(name)
      }
    }
    const renewed = types.map((read): [string, Known<NamedType>] => {
      const known = changed.has(read.name) ? undefined : this.#types.get(read.name)
      return [read.name, known?.read === read ? known : { read, thing: known?.thing ?? { ...read } }]
    })
    this.#types = new Map(renewed)
    return changed
  }
}

function sameOrNew(before: AppModel | undefined, now: AppModel): AppModel {
  if (!before) return now
  const { operations, channels, types, ...rest } = now
  const { operations: _operations, channels: _channels, types: _types, ...restBefore } = before
  const isSame =
    areSame(before.operations, operations) &&
    areSame(before.channels, channels) &&
    areSame([...before.types.values()], [...types.values()])
  return isSame && isDeepStrictEqual(rest, restBefore) ? before : now
}

const textOfOperation = memoize((operation: OperationModel) =>
  jsonOf({ ...operation, at: 0, routes: operation.routes.map(({ method, path }) => [method, path]) }),
)

const textOf: (type: NamedType) => string = memoize(jsonOf)

function nameOf({ name }: ChannelMember): string {
  return name
}

function areSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  return before.length === now.length && now.every((one, at) => one === before[at])
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'bigint' || Object.is(inner, -0) ? ['number', typeof inner, String(inner)] : inner,
  )
}
