import { hash } from 'node:crypto'
import type { AppModel, ChannelMember, ChannelModel, NamedType, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { groupsOf } from './groups.ts'
import { partsOf } from './parts.ts'

/**
 * The hashes of operations and types, kept by objects that are the same as long as what they say and lead to is, and of
 * shapes that speak of no named type.
 */
export type KeptHashes = WeakMap<OperationModel | NamedType | Shape, string>

/**
 * The lock: a hash of the form on the wire of each operation, and of each message and event of a channel, so that a
 * change shows whatever file it is in.
 * Names of types, comments and the order of properties make no difference to it.
 */
export function lockText(model: AppModel, kept?: KeptHashes): string {
  const hasher = new ShapeHasher(model, kept)
  const hashOf = (operation: OperationModel): string => {
    const known = kept?.get(operation)
    if (known !== undefined) return known
    const value = operationHash(operation, hasher)
    kept?.set(operation, value)
    return value
  }
  const operations = byName(model.operations, hashOf)
  const channels = byName(model.channels, (channel) => channelLock(channel, hashOf))
  const lock = {
    comment: 'Written by `pikku contracts`. Do not edit.',
    version: 1,
    operations,
    ...(model.channels.length > 0 ? { channels } : {}),
  }
  return `${JSON.stringify(lock, null, 2)}\n`
}

/** What is made of each, under its name and in the order of names. */
function byName<Named extends { readonly name: string }>(all: readonly Named[], make: (one: Named) => unknown): object {
  const sorted = all.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  return Object.fromEntries(sorted.map((one) => [one.name, make(one)]))
}

function channelLock(channel: ChannelModel, hashOf: (operation: OperationModel) => string): object {
  const { path, auth, connect, messages, events } = channel
  const ofMember = ({ operation }: ChannelMember): string => hashOf(operation)
  return {
    channel: digest(['channel', path, auth, hashOf(connect)]),
    messages: byName(messages, ofMember),
    events: byName(events, ofMember),
  }
}

function operationHash(operation: OperationModel, hasher: ShapeHasher): string {
  const hashOf = (shape: Shape | undefined) => (shape ? hasher.hash(shape) : null)
  const { kind, resumable, auth, rpc, input, output, consumes, answer, statuses, replyHeaders } = operation
  const routes = operation.routes.map(({ method, path }) => `${method} ${path}`).sort()
  const errors = operation.errors
    .map(({ code, status, data }) => [code, status, hashOf(data)])
    .map((error) => JSON.stringify(error))
    .sort()
  const content = consumes || answer ? [[consumes?.toSorted() ?? null, answer ?? null]] : []
  return digest([
    'operation',
    kind,
    auth,
    rpc,
    routes,
    hashOf(input),
    hashOf(output),
    errors,
    ...content,
    ...(resumable ? ['resumable'] : []),
    ...(statuses || replyHeaders ? [[statuses ?? null, (replyHeaders ?? []).map(({ name }) => name).sort()]] : []),
  ])
}

const recurs = digest('recurs')

function digest(value: unknown): string {
  return hash('sha256', JSON.stringify(value))
}

/** JSON Schema in one order, without what is said to readers. */
function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNotes)
  if (typeof value !== 'object' || value === null) return value
  const notes = ['title', 'description', 'deprecated', 'examples']
  const rules = Object.entries(value).filter(([name, note]) => !notes.includes(name) || typeof note === 'object')
  return rules
    .map(([name, rule]) => [name, withoutNotes(rule)])
    .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1))
}

/** What of a shape is said elsewhere, or makes no difference. */
const notRules = new Set([
  'kind',
  'description',
  'deprecated',
  'examples',
  'default',
  'secret',
  'items',
  'key',
  'value',
  // What holds the bytes makes no difference on the wire.
  'buffer',
  // The pattern says the same.
  'textCase',
])

class ShapeHasher {
  readonly #named = new Map<string, string>()
  readonly #kept: KeptHashes | undefined
  readonly #ofKinds = new Map<Shape['kind'], string>()
  /** How many references were followed. */
  #followed = 0

  constructor(model: AppModel, kept: KeptHashes | undefined) {
    this.#kept = kept
    // What a type leads to is hashed before it. Types that lead to each other are hashed again and again, each
    // time with what is known of the others, until everything within the circle has reached everything.
    for (const group of groupsOf(model.types)) {
      const known = group.map((type) => kept?.get(type))
      for (const [at, { name }] of group.entries()) this.#named.set(name, known[at] ?? recurs)
      if (!known.includes(undefined)) continue
      for (let round = 0; round < group.length; round++) this.#hashGroup(group)
      for (const type of group) kept?.set(type, this.#named.get(type.name) as string)
    }
  }

  #hashGroup(group: readonly NamedType[]): void {
    const next = group.map(({ shape }) => this.hash(shape))
    for (const [at, { name }] of group.entries()) this.#named.set(name, next[at] as string)
  }

  hash(shape: Shape): string {
    // Most shapes say nothing but their kind.
    const isPlain = Object.keys(shape).length === 1
    const known = isPlain ? this.#ofKinds.get(shape.kind) : this.#kept?.get(shape)
    if (known !== undefined) return known
    const before = this.#followed
    const made = this.#make(shape)
    if (isPlain) this.#ofKinds.set(shape.kind, made)
    // What follows none says the same whatever becomes of the types.
    else if (this.#followed === before) this.#kept?.set(shape, made)
    return made
  }

  #make(shape: Shape): string {
    if (shape.kind === 'ref') {
      this.#followed++
      return this.#named.get(shape.name) as string
    }
    // Where a schema of the user's stands makes no difference; what it asks for does, as far as it is known.
    if (shape.kind === 'schema') {
      const inner = this.hash(shape.shape)
      return shape.json ? digest(['schema', inner, withoutNotes(shape.json)]) : inner
    }
    return digest([shape.kind, this.#own(shape), shape.default ?? null])
  }

  /** What is said of the wire by this shape and its parts. */
  #own(shape: Shape): unknown {
    switch (shape.kind) {
      case 'object': {
        const properties = shape.properties.map(({ name, shape: inner, optional, header }) => [
          name,
          optional,
          this.hash(inner),
          ...(header === undefined ? [] : [header]),
        ])
        const index = shape.index ? [this.hash(shape.index.key), this.hash(shape.index.value)] : null
        return [properties.map((property) => JSON.stringify(property)).sort(), index]
      }
      case 'keyed': {
        const named = this.#own({ kind: 'object', properties: shape.properties })
        return [
          named,
          shape.signatures.map(({ key, value }) => JSON.stringify([this.hash(key), this.hash(value)])).sort(),
        ]
      }
      case 'tuple':
        return [
          shape.items.map(({ shape: inner, optional }) => [optional ?? false, this.hash(inner)]),
          shape.rest ? this.hash(shape.rest) : null,
          ...(shape.after ? [shape.after.map((item) => this.hash(item.shape))] : []),
        ]
      case 'union':
        return [...new Set(shape.members.map((member) => this.hash(member)))].sort()
      case 'template':
        return [shape.texts, shape.holes.map((hole) => this.hash(hole))]
      case 'literal':
        return [typeof shape.value, String(shape.value)]
      default: {
        const rules = Object.entries(shape).filter(([name]) => !notRules.has(name))
        return [
          rules.map(([name, rule]) => `${name} ${String(rule)}`).sort(),
          partsOf(shape).map((part) => this.hash(part)),
        ]
      }
    }
  }
}
