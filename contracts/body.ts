import type { BodyContract, FormField } from '../core/index.ts'
import { multipart } from './media-types.ts'
import type { OperationModel } from './model.ts'
import { type ParameterProblem, queryParametersOf, textFieldOf } from './parameters.ts'
import { resolve, type Types } from './print/overlap.ts'
import { filePartOf, isOfForm, isRaw, rawBodyOf } from './raw-body.ts'
import type { ObjectShape, Shape } from './shape.ts'

/** Why an input cannot travel as its type and the options of its function say. */
export interface BodyProblem {
  readonly code: ParameterProblem['code'] | 'PK2012' | 'PK2013'
  readonly message: string
  /** Of the property, from the input. */
  readonly path: readonly string[]
}

/** How the input of an operation travels, and what keeps it from doing so. */
export interface OperationBody {
  /** Absent when it is JSON. */
  readonly body?: BodyContract
  readonly problems: readonly BodyProblem[]
}

/** The body of an operation: one value, a form, or JSON. */
export function bodyOf(operation: OperationModel, types: Types): OperationBody {
  const { input, consumes } = operation
  const shape = input && resolve(input, types)
  const raw = rawBodyOf(operation, types)
  if (raw && shape?.kind === 'object') {
    const { parameters, problems } = queryParametersOf(operation, shape, types, raw.property)
    const body = { ...raw, ...(parameters.length > 0 ? { parameters } : {}) }
    return { body, problems: [...problems, ...rawProblems(shape, consumes)] }
  }
  if (raw) return { body: raw, problems: consumes?.includes('application/json') ? [mixed] : [] }
  if (shape?.kind === 'object') {
    const hasFiles = shape.properties.some((property) => filePartOf(property, types))
    if (hasFiles || consumes?.some(isOfForm)) return formOf(shape, consumes, types)
  }
  return { problems: consumes?.some((type) => type !== 'application/json') ? [unfit(consumes, shape)] : [] }
}

const mixed: BodyProblem = {
  code: 'PK2012',
  message: 'A body is either JSON or bytes, and `consumes` names both. Leave application/json out.',
  path: [],
}

function rawProblems({ properties, index }: ObjectShape, consumes: readonly string[] | undefined): BodyProblem[] {
  const problems = consumes?.includes('application/json') ? [mixed] : []
  if (properties.some(({ name, optional }) => name === 'body' && optional)) {
    const message = 'A request has a body, be it an empty one. Take the question mark from `body`.'
    problems.push({ code: 'PK2012', message, path: ['body'] })
  }
  if (index) {
    const message = 'Beside a body of bytes the query carries named properties only, and this has an index signature.'
    problems.push({ code: 'PK2005', message, path: [] })
  }
  return problems
}

function formOf(shape: ObjectShape, consumes: readonly string[] | undefined, types: Types): OperationBody {
  const problems: BodyProblem[] = []
  const fields: FormField[] = []
  for (const property of shape.properties) {
    const { name, optional } = property
    const file = filePartOf(property, types)
    if (file) {
      const { type, many } = file
      fields.push({ name, type, ...(many ? { many } : {}), ...(optional ? {} : { required: true }) })
      continue
    }
    const field = textFieldOf(property, types)
    if (!('because' in field)) fields.push(field)
    else {
      const why = `\`${name}\` is a field of a form, which carries text, and it ${field.because}.`
      const message = `${why} Use one kind of text, number or boolean, an array of these, or an object of them.`
      problems.push({ code: 'PK2013', message, path: [name, ...(field.path ?? [])] })
    }
  }
  const streams = fields.filter(({ type }) => type === 'stream')
  if (streams.length > 1) {
    const message = 'A form has one stream at most, which is its last part. Take the others as Blob.'
    problems.push({ code: 'PK2013', message, path: [streams[1]?.name ?? ''] })
  }
  if (shape.index) {
    const message = 'A form has the fields that its type names, and this has an index signature. Name them.'
    problems.push({ code: 'PK2013', message, path: [] })
  }
  const hasFiles = fields.some(({ type }) => type === 'file' || type === 'blob' || type === 'stream')
  const taken = consumes ?? [multipart]
  if (isRaw(taken) || (hasFiles && taken.some((type) => type !== multipart)))
    problems.push(unfit(taken, shape, hasFiles))
  return { body: { kind: 'form', types: taken, fields }, problems }
}

function unfit(consumes: readonly string[], shape: Shape | undefined, hasFiles = false): BodyProblem {
  const named = consumes.join(', ')
  if (!shape) return { code: 'PK2012', message: `This takes no input, so it consumes no ${named}.`, path: [] }
  const message = hasFiles
    ? `An input with files is a form, which only multipart/form-data carries, not ${named}.`
    : `This input cannot be ${named}. A string, bytes, a Blob or a stream can, as the input or as its property \`body\`; an object is JSON or a form.`
  return { code: 'PK2012', message, path: [] }
}
