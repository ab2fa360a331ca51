import type { ErrorModel, OperationModel } from '../model.ts'
import { memoize } from '../print/memoize.ts'
import { pascalCase } from '../print/text.ts'
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
  /** The codes of errors. */
  readonly codes: Set<string>
  readonly schemas: Set<SchemaName>
}

/**
 * The failures of operations, as RFC 9457 problem details. Those of Pikku itself are components, and so is each declared
 * error that is the same wherever it is declared.
 */
export class Problems {
  readonly #components: Components
  readonly #names = new Map<SchemaName, string>()
  /** What declared errors are called that have a component. */
  readonly #declared: ReadonlyMap<string, DeclaredError>
  #used: UsedProblems = nothingUsed()

  constructor(components: Components, operations: readonly OperationModel[] = []) {
    this.#components = components
    this.#declared = declaredErrors(operations)
    for (const name of Object.keys(schemas) as SchemaName[]) this.#names.set(name, components.unique(name))
  }

  /** What the schemas and the responses are called, as text. */
  get naming(): string {
    return JSON.stringify([[...this.#names], [...this.#declared.keys()]])
  }

  /** Every way in which an operation fails, by status. */
  responses(operation: OperationModel): { [status: string]: ProblemResponse | Reference } {
    const undeclared = [
      ...(operation.input ? (['InvalidInput'] as const) : []),
      ...(operation.auth ? (['Unauthenticated'] as const) : []),
    ]
    const responses = new Map<string, ProblemResponse | Reference>()
    for (const [status, errors] of Map.groupBy(operation.errors, (error) => String(error.status))) {
      const others = undeclared.filter((name) => shared[name].status === status)
      const [only] = errors.length + others.length === 1 ? errors : []
      responses.set(status, (only && this.#referDeclared(only)) ?? this.#inline(errors, others))
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
    this.#used = nothingUsed()
    try {
      return { made: make(), used: this.#used }
    } finally {
      const used = this.#used
      this.#used = outer
      this.use(used)
    }
  }

  /** Refers to what was referred to before. */
  use({ responses, codes, schemas }: UsedProblems): void {
    for (const name of responses) this.#used.responses.add(name)
    for (const code of codes) this.#used.codes.add(code)
    for (const name of schemas) this.#used.schemas.add(name)
  }

  /** What {@link responses} has referred to so far. */
  components(): { responses: [string, ProblemResponse][]; schemas: [string, JsonSchema][] } {
    const own = [...this.#used.responses].map((name): [string, ProblemResponse] => {
      return [name, toResponse(shared[name].text, this.#refer(shared[name].schema))]
    })
    const declared = [...this.#used.codes].flatMap((code): [string, ProblemResponse][] => {
      const found = this.#declared.get(code)
      return found ? [[found.name, this.#inline([found.error], [])]] : []
    })
    const responses = [...own, ...declared]
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

  #referDeclared({ code }: ErrorModel): Reference | undefined {
    const found = this.#declared.get(code)
    if (!found) return undefined
    this.#used.codes.add(code)
    return { $ref: `#/components/responses/${found.name}` }
  }

  #inline(errors: readonly ErrorModel[], undeclared: readonly SharedName[]): ProblemResponse {
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

function nothingUsed(): UsedProblems {
  return { responses: new Set(), codes: new Set(), schemas: new Set() }
}

/** An error that operations declare, and what its response is called. */
interface DeclaredError {
  readonly name: string
  readonly error: ErrorModel
}

/** The errors that are the same wherever they are declared, and alone in their name, by their codes. */
function declaredErrors(operations: readonly OperationModel[]): ReadonlyMap<string, DeclaredError> {
  const errors = new Map<string, ErrorModel>()
  const disputed = new Set<string>()
  for (const error of operations.flatMap((operation) => operation.errors)) {
    const known = errors.get(error.code)
    if (!known) errors.set(error.code, error)
    else if (known !== error && textOf(known) !== textOf(error)) disputed.add(error.code)
  }
  const named = [...errors.values()].map((error) => ({ error, name: pascalCase(wordsOf(error.code)) }))
  const byName = Map.groupBy(named, ({ name }) => name)
  const isAlone = ({ name, error }: DeclaredError): boolean =>
    byName.get(name)?.length === 1 &&
    !Object.hasOwn(shared, name) &&
    /^[\w.-]+$/.test(name) &&
    !disputed.has(error.code)
  return new Map(named.filter(isAlone).map((declared) => [declared.error.code, declared]))
}

function wordsOf(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ')
}

const textOf: (error: ErrorModel) => string = memoize((error) =>
  JSON.stringify(error, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)),
)

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
