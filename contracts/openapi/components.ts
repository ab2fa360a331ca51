import type { AppModel, NamedType, OperationModel } from '../model.ts'
import { groupsOf } from '../print/groups.ts'
import { memoize } from '../print/memoize.ts'
import type { Types } from '../print/overlap.ts'
import { partsOf, refsOf } from '../print/parts.ts'
import type { Shape } from '../shape.ts'
import { type JsonSchema, type References, type Side, toJsonSchema } from './json-schema.ts'

/** A named type that was referred to, and which of its forms. */
export interface Referral {
  /** What the schema of the form is called. */
  readonly component: string
  readonly type: NamedType
  readonly side: Side
}

/**
 * The named types of an app as `components.schemas`. A type whose input and output forms differ, because it
 * reaches a property with a default, and which is used as both, has two: `Todo` and `TodoInput`.
 */
export class Components implements References {
  readonly types: Types
  readonly #names: Names
  /** What the inputs of types are called that have two schemas. */
  readonly #inputs = new Map<string, string>()
  readonly #taken: Set<string>
  readonly #referred = new Map<string, Referral>()
  #recorded = new Set<Referral>()

  constructor({ types, operations }: Pick<AppModel, 'types' | 'operations'>) {
    this.types = types
    this.#names = namesOf(types)
    this.#taken = new Set(this.#names.components.values())
    const inputs = reached(types, operations, 'input')
    const outputs = reached(types, operations, 'output')
    for (const name of [...inputs].sort()) if (outputs.has(name)) this.#inputs.set(name, this.unique(`${name}Input`))
  }

  /** What a shape is on the wire. */
  schema(shape: Shape, side: Side): JsonSchema {
    return toJsonSchema(shape, side, this)
  }

  refer(name: string, side: Side): string {
    const component =
      (side === 'input' ? this.#inputs.get(name) : undefined) ?? this.#names.components.get(name) ?? name
    let referral = this.#referred.get(component)
    const type = referral ? undefined : this.types.get(name)
    if (type) {
      referral = { component, type, side }
      this.#referred.set(component, referral)
    }
    if (referral) this.#recorded.add(referral)
    return `#/components/schemas/${component}`
  }

  /** Refers to what was referred to before, when everything was called the same. */
  repeat(referrals: readonly Referral[]): void {
    for (const referral of referrals) {
      if (!this.#referred.has(referral.component)) this.#referred.set(referral.component, referral)
    }
  }

  /** Does something, and tells which types were referred to on the way. */
  recording<Made>(make: () => Made): { readonly made: Made; readonly referrals: readonly Referral[] } {
    const outer = this.#recorded
    this.#recorded = new Set()
    try {
      return { made: make(), referrals: [...this.#recorded] }
    } finally {
      this.#recorded = outer
    }
  }

  /** What every type is called, as text. */
  get naming(): string {
    return `${this.#names.text} ${JSON.stringify([...this.#inputs])}`
  }

  /** A name of ours that no type of the user has, in the letters that component names may have. */
  unique(name: string): string {
    return unique(name, this.#taken)
  }

  /** The types that were referred to so far; it goes on to those that are on the way. */
  referrals(): Iterable<Referral> {
    return this.#referred.values()
  }
}

/** Of the types whose forms differ, those that operations reach. No way leads to them but through others of them. */
function reached(types: Types, operations: readonly OperationModel[], side: Side): ReadonlySet<string> {
  const differing = differingTypes(types)
  const found = new Set<string>()
  const add = (names: readonly string[]) => {
    for (const name of names) if (differing.has(name)) found.add(name)
  }
  for (const operation of operations) add(refsOfSides(operation)[side])
  // A set goes on to what is added to it on the way.
  for (const name of found) {
    const type = types.get(name)
    if (type) add(refsOf(type.shape))
  }
  return found
}

const refsOfSides = memoize(({ input, output, errors }: OperationModel): Readonly<Record<Side, readonly string[]>> => {
  const refs = (shape: Shape | undefined) => (shape ? refsOf(shape) : [])
  return { input: refs(input), output: [...refs(output), ...errors.flatMap(({ data }) => refs(data))] }
})

interface Names {
  readonly components: ReadonlyMap<string, string>
  readonly text: string
}

/** What the schemas of types are called, but for inputs with one of their own. */
const namesOf = memoize((types: Types): Names => {
  const taken = new Set<string>()
  const components = new Map([...types.keys()].sort().map((name) => [name, unique(name, taken)]))
  return { components, text: JSON.stringify([...components]) }
})

function unique(name: string, taken: Set<string>): string {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, '_')
  let free = plain
  for (let count = 2; taken.has(free); count++) free = `${plain}${count}`
  taken.add(free)
  return free
}

/** The named types that reach a property with a default. */
const differingTypes = memoize((types: Types): ReadonlySet<string> => {
  const differing = new Set<string>()
  // What a group leads to stands before it.
  for (const group of groupsOf(types)) {
    if (group.some(({ shape }) => hasDefault(shape) || refsOf(shape).some((name) => differing.has(name))))
      for (const { name } of group) differing.add(name)
  }
  return differing
})

const hasDefault: (shape: Shape) => boolean = memoize(findsDefault)

/** Whether a shape itself, or a part of it, has a default. */
function findsDefault(shape: Shape): boolean {
  return shape.default !== undefined || partsOf(shape).some(findsDefault)
}
