import type { FormField } from '../core/index.ts'
import type { AppModel, ChannelMember, ChannelModel, OperationModel } from './model.ts'
import { resolve, type Types } from './print/overlap.ts'
import { filePartOf } from './raw-body.ts'

/** What a channel runs: its handlers, but not its events. */
export function operationsOfChannel({ connect, disconnect, messages }: ChannelModel): OperationModel[] {
  return [connect, ...(disconnect ? [disconnect] : []), ...messages.map(({ operation }) => operation)]
}

/** All that a channel consists of. */
export function partsOfChannel(channel: ChannelModel): OperationModel[] {
  return [...operationsOfChannel(channel), ...channel.events.map(({ operation }) => operation)]
}

/** The operations of an app and the parts of its channels: whatever has schemas. */
export function everyOperation({ operations, channels }: Pick<AppModel, 'operations' | 'channels'>): OperationModel[] {
  return [...operations, ...channels.flatMap(partsOfChannel)]
}

/** A channel with each of its parts replaced. */
export function mapChannel(channel: ChannelModel, map: (part: OperationModel) => OperationModel): ChannelModel {
  const mapMember = ({ name, operation }: ChannelMember): ChannelMember => ({ name, operation: map(operation) })
  return {
    ...channel,
    connect: map(channel.connect),
    ...(channel.disconnect ? { disconnect: map(channel.disconnect) } : {}),
    messages: channel.messages.map(mapMember),
    events: channel.events.map(mapMember),
  }
}

/** The properties of a message that are files: their bytes follow the JSON of all the others. */
export function filesOfMessage({ input }: OperationModel, types: Types): FormField[] {
  const shape = input && resolve(input, types)
  if (shape?.kind !== 'object') return []
  return shape.properties.flatMap((property) => {
    const file = filePartOf(property, types)
    if (!file || file.type === 'stream') return []
    const { name, optional } = property
    return [{ name, type: file.type, ...(file.many ? { many: true } : {}), ...(optional ? {} : { required: true }) }]
  })
}
