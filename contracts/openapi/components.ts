import type { AppModel, NamedType, OperationModel } from '../model.ts'
import { groupsOf } from '../print/groups.ts'
import { memoize } from '../print/memoize.ts'
import { partsOf, refsOf } from '../print/parts.ts'
import type { Shape } from '../shape.ts'
import { type JsonSchema, type References, type Side, toJsonSchema } from './json-schema.ts'

/** A reference to a named type that was made. */
export interface Referral {
  readonly name: string
  readonly side: Side
}

/**
 * The named types of an app as `components.schemas`. A type whose input and output forms differ, because it
 * reaches a property with a default, and which is used as both, has two: `Todo` and `TodoInput`.
 */
export class Components implements References {
  readonly #model: AppModel
  readonly #names = new Map<string, string>()
  readonly #taken = new Set<string>()
  readonly #referred = new Map<string, { readonly type: NamedType; readonly side: Side }>()
  #recorded: Referral[] = []
  readonly #differing: ReadonlySet<string>
  readonly #used: Readonly<Record<Side, ReadonlySet<string>>>

  constructor(model: AppModel) {
    this.#model = model
    this.#differing = differingTypes(model)
    this.#used = {
      input: this.#reached(model.operations.flatMap(({ input }) => input ?? [])),
      output: this.#reached(model.operations.flatMap(outputsOf)),
    }
    for (const name of [...model.types.keys()].sort()) this.#names.set(name, this.unique(name))
    for (const name of [...this.#differing].sort()) {
      if (this.#isTwofold(name)) this.#names.set(`${name} input`, this.unique(`${name}Input`))
    }
  }

  /** What a shape is on the wire. */
  schema(shape: Shape, side: Side): JsonSchema {
    return toJsonSchema(shape, side, this)
  }

  get types(): AppModel['types'] {
    return this.#model.types
  }

  refer(name: string, side: Side): string {
    const own = side === 'input' && this.#isTwofold(name) ? `${name} input` : name
    const component = this.#names.get(own) ?? name
    const type = this.types.get(name)
    if (type && !this.#referred.has(component)) this.#referred.set(component, { type, side })
    this.#recorded.push({ name, side })
    return `#/components/schemas/${component}`
  }

  /** Does something, and tells which types were referred to on the way. */
  recording<Made>(make: () => Made): { readonly made: Made; readonly referrals: readonly Referral[] } {
    const outer = this.#recorded
    this.#recorded = []
    try {
      return { made: make(), referrals: this.#recorded }
    } finally {
      this.#recorded = outer
    }
  }

  /** What every type is called, as text. */
  get naming(): string {
    return JSON.stringify([...this.#names])
  }

  /** A name of ours that no type of the user has, in the letters that component names may have. */
  unique(name: string): string {
    const plain = name.replace(/[^A-Za-z0-9._-]/g, '_')
    let free = plain
    for (let count = 2; this.#taken.has(free); count++) free = `${plain}${count}`
    this.#taken.add(free)
    return free
  }

  /** The types that were referred to so far, by the names of their schemas; it goes on to those that are on the way. */
  entries(): Iterable<[string, { readonly type: NamedType; readonly side: Side }]> {
    return this.#referred
  }

  #isTwofold(name: string): boolean {
    return this.#differing.has(name) && this.#used.input.has(name) && this.#used.output.has(name)
  }

  #reached(from: readonly Shape[]): ReadonlySet<string> {
    const reached = new Set(from.flatMap(refsOf))
    // A set goes on to what is added to it on the way.
    for (const name of reached) {
      const shape = this.types.get(name)?.shape
      for (const ref of shape ? refsOf(shape) : []) reached.add(ref)
    }
    return reached
  }
}

function outputsOf({ output, errors }: OperationModel): Shape[] {
  return [output, ...errors.map(({ data }) => data)].filter((shape) => shape !== undefined)
}

/** The named types that reach a property with a default. */
function differingTypes({ types }: AppModel): ReadonlySet<string> {
  const differing = new Set<string>()
  // What a group leads to stands before it.
  for (const group of groupsOf(types)) {
    if (group.some(({ shape }) => hasDefault(shape) || refsOf(shape).some((name) => differing.has(name))))
      for (const { name } of group) differing.add(name)
  }
  return differing
}

const hasDefault: (shape: Shape) => boolean = memoize(findsDefault)

/** Whether a shape itself, or a part of it, has a default. */
function findsDefault(shape: Shape): boolean {
  return shape.default !== undefined || partsOf(shape).some(findsDefault)
}
