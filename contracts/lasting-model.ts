import { isDeepStrictEqual } from 'node:util'
import { mapChannel, partsOfChannel } from './channels.ts'
import type { AppModel, ChannelMember, ChannelModel, NamedType, OperationModel } from './model.ts'
import { groupsOf } from './print/groups.ts'
import { refsOf } from './print/parts.ts'
import { schemasOf } from './print/places.ts'

/** Something of the last model, and what it said. */
interface Known<Thing> {
  /** What was read. */
  readonly read: Thing
  readonly thing: Thing
  readonly text: string
}

/**
 * The model of an app that is read again and again. An operation, a channel or a type that says what it said, and leads
 * only to what does, is the same object as before, and so is a model of nothing else: what was made of it can be kept
 * by it.
 */
export class LastingModel {
  /** The operations, and the parts of the channels. */
  #operations = new Map<string, Known<OperationModel>>()
  #channels = new Map<string, Known<ChannelModel>>()
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
    this.#channels = new Map(channels.map((channel) => [channel.thing.name, channel]))
    const types = new Map(
      [...model.types.values()].map((type) => [type.name, this.#types.get(type.name)?.thing ?? type]),
    )
    this.#model = sameOrNew(this.#model, { ...model, operations, channels: channels.map(({ thing }) => thing), types })
    return this.#model
  }

  #renewOperation(operation: OperationModel, changed: ReadonlySet<string>): Known<OperationModel> {
    const known = this.#operations.get(operation.name)
    const text = known?.read === operation ? known.text : textOfOperation(operation)
    const isChanged = schemasOf(operation).some((shape) => shape && refsOf(shape).some((name) => changed.has(name)))
    // One that leads to something else is another object even where who read it gives the same.
    return { ...(known?.text === text && !isChanged ? known : { thing: { ...operation }, text }), read: operation }
  }

  /** Expects a channel whose parts are renewed. */
  #renewChannel(channel: ChannelModel): Known<ChannelModel> {
    const { connect: _connect, disconnect: _disconnect, messages, events, ...own } = channel
    const text = textOf({ ...own, at: 0, messages: messages.map(nameOf), events: events.map(nameOf) })
    const known = this.#channels.get(channel.name)
    const isSame = known?.text === text && areSame(partsOfChannel(known.thing), partsOfChannel(channel))
    return isSame ? known : { read: channel, thing: channel, text }
  }

  /** Gives the names of the types that are not as they were, or lead to one that is not. */
  #renewTypes({ types }: AppModel): ReadonlySet<string> {
    const changed = new Set<string>()
    const renewed = new Map<string, Known<NamedType>>()
    // What a group leads to stands before it.
    for (const group of groupsOf(types)) {
      const texts = group.map((type) => {
        const known = this.#types.get(type.name)
        return known?.read === type ? known.text : textOf(type)
      })
      const isSame = group.every(({ name, shape }, at) => {
        return this.#types.get(name)?.text === texts[at] && !refsOf(shape).some((ref) => changed.has(ref))
      })
      for (const [at, read] of group.entries()) {
        const { name } = read
        if (!isSame) changed.add(name)
        const thing = (isSame && this.#types.get(name)?.thing) || { ...read }
        renewed.set(name, { read, thing, text: texts[at] ?? '' })
      }
    }
    this.#types = renewed
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

function textOfOperation(operation: OperationModel): string {
  return textOf({ ...operation, at: 0, routes: operation.routes.map(({ method, path }) => [method, path]) })
}

function nameOf({ name }: ChannelMember): string {
  return name
}

function areSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  return before.length === now.length && now.every((one, at) => one === before[at])
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'bigint' || Object.is(inner, -0) ? ['number', typeof inner, String(inner)] : inner,
  )
}
