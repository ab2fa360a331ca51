import type { ErrorModel, OperationModel } from '../model.ts'
import type { Components } from './components.ts'
import type { JsonSchema } from './json-schema.ts'

/** A response with problem details. No interface, since the index signature of the assembler's type takes none. */
export type ProblemResponse = {
  description: string
  content: { 'application/problem+json': { schema: JsonSchema } }
}

/** A reference to a component. */
export interface Reference {
  $ref: string
}

/** The failures that no operation has to declare. */
const shared = {
  InvalidInput: { status: '400', schema: 'InvalidInputProblem', text: 'The input does not fit; `issues` says where.' },
  Unauthenticated: { status: '401', schema: 'UnauthenticatedProblem', text: 'There is no session: sign in first.' },
  Refused: { status: '4XX', schema: 'Problem', text: 'The call was refused, for the reason that `code` names.' },
  Failed: {
    status: '5XX',
    schema: 'Problem',
    text: 'The server failed. `requestId` tells whoever runs it where to look.',
  },
} as const

type SharedName = keyof typeof shared
type SchemaName = (typeof shared)[SharedName]['schema'] | 'ProblemIssue'

/** What of the components was referred to. */
export interface UsedProblems {
  readonly responses: Set<SharedName>
  readonly schemas: Set<SchemaName>
}

/** The failures of operations, as RFC 9457 problem details. Those of Pikku itself are components. */
export class Problems {
  readonly #components: Components
  readonly #names = new Map<SchemaName, string>()
  #used: UsedProblems = { responses: new Set(), schemas: new Set() }

  constructor(components: Components) {
    this.#components = components
    for (const name of Object.keys(schemas) as SchemaName[]) this.#names.set(name, components.unique(name))
  }

  /** What the schemas are called, as text. */
  get naming(): string {
    return JSON.stringify([...this.#names])
  }

  /** Every way in which an operation fails, by status. */
  responses(operation: OperationModel): { [status: string]: ProblemResponse | Reference } {
    const undeclared = [
      ...(operation.input ? (['InvalidInput'] as const) : []),
      ...(operation.auth ? (['Unauthenticated'] as const) : []),
    ]
    const responses = new Map<string, ProblemResponse | Reference>()
    for (const [status, errors] of Map.groupBy(operation.errors, (error) => String(error.status))) {
      responses.set(
        status,
        this.#declared(
          errors,
          undeclared.filter((name) => shared[name].status === status),
        ),
      )
    }
    for (const name of [...undeclared, 'Refused', 'Failed'] as const) {
      const { status } = shared[name]
      if (!responses.has(status)) responses.set(status, this.#share(name))
    }
    return Object.fromEntries(responses)
  }

  /** What every failure is. */
  any(): JsonSchema {
    return this.#refer('Problem')
  }

  /** Does something, and tells what it referred to on the way. */
  recording<Made>(make: () => Made): { readonly made: Made; readonly used: UsedProblems } {
    const outer = this.#used
    this.#used = { responses: new Set(), schemas: new Set() }
    try {
      return { made: make(), used: this.#used }
    } finally {
      const used = this.#used
      this.#used = outer
      this.use(used)
    }
  }

  /** Refers to what was referred to before. */
  use({ responses, schemas }: UsedProblems): void {
    for (const name of responses) this.#used.responses.add(name)
    for (const name of schemas) this.#used.schemas.add(name)
  }

  /** What {@link responses} has referred to so far. */
  components(): { responses: [string, ProblemResponse][]; schemas: [string, JsonSchema][] } {
    const responses = [...this.#used.responses].map((name): [string, ProblemResponse] => {
      return [name, toResponse(shared[name].text, this.#refer(shared[name].schema))]
    })
    // A set goes on to what is added to it on the way, such as the issues of an invalid input.
    const named: [string, JsonSchema][] = []
    for (const name of this.#used.schemas) {
      named.push([this.#names.get(name) ?? name, schemas[name]((other) => this.#refer(other))])
    }
    return { responses, schemas: named }
  }

  /** What failures with a code of their own are. */
  forms(errors: readonly ErrorModel[]): JsonSchema[] {
    return errors.map(({ code, data }) =>
      problem(
        this.#refer('Problem'),
        { code: { type: 'string', const: code }, ...(data ? { data: this.#components.schema(data, 'output') } : {}) },
        data ? ['data'] : [],
      ),
    )
  }

  #declared(errors: readonly ErrorModel[], undeclared: readonly SharedName[]): ProblemResponse {
    const forms = [...this.forms(errors), ...undeclared.map((name) => this.#refer(shared[name].schema))]
    const texts = [
      ...errors.map(({ code, detail }) => (detail ? `\`${code}\`: ${detail}` : `\`${code}\``)),
      ...undeclared.map((name) => shared[name].text),
    ]
    const [only] = forms
    return toResponse(texts.join('\n\n'), only && forms.length === 1 ? only : { oneOf: forms })
  }

  #share(name: SharedName): Reference {
    this.#used.responses.add(name)
    this.#refer(shared[name].schema)
    return { $ref: `#/components/responses/${name}` }
  }

  #refer(name: SchemaName): JsonSchema {
    this.#used.schemas.add(name)
    return { $ref: `#/components/schemas/${this.#names.get(name) ?? name}` }
  }
}

const schemas: Record<SchemaName, (refer: (name: SchemaName) => JsonSchema) => JsonSchema> = {
  Problem: () => ({
    type: 'object',
    description: 'Why a call failed, as RFC 9457 problem details.',
    properties: {
      type: { type: 'string', examples: ['about:blank'] },
      title: { type: 'string', description: 'The code in words.' },
      status: { type: 'integer', description: 'The HTTP status.' },
      detail: { type: 'string', description: 'One sentence for a person.' },
      code: { type: 'string', description: 'What programs tell failures apart by.' },
      requestId: { type: 'string', description: 'What the log of the server knows this call by.' },
    },
    required: ['type', 'title', 'status', 'code', 'requestId'],
  }),
  ProblemIssue: () => ({
    type: 'object',
    description: 'One place where an input does not fit.',
    properties: {
      path: {
        type: 'array',
        description: 'Property names and array positions from the root of the input.',
        items: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
      },
      message: { type: 'string', description: 'What is wrong there, for a person.' },
      code: { type: 'string', description: 'What is wrong there, for a program.' },
    },
    required: ['path', 'message', 'code'],
  }),
  InvalidInputProblem: (refer) =>
    problem(refer('Problem'), {
      code: { type: 'string', enum: ['INVALID_INPUT', 'BAD_REQUEST'] },
      issues: { type: 'array', items: refer('ProblemIssue') },
    }),
  UnauthenticatedProblem: (refer) => problem(refer('Problem'), { code: { type: 'string', const: 'UNAUTHENTICATED' } }),
}

/** The base of all problems, with a code of its own and what comes with it. */
function problem(base: JsonSchema, properties: { [name: string]: JsonSchema }, required: string[] = []): JsonSchema {
  return { allOf: [base, { type: 'object', properties, required: ['code', ...required] }] }
}

function toResponse(description: string, schema: JsonSchema): ProblemResponse {
  return { description, content: { 'application/problem+json': { schema } } }
}
