import type { Node } from 'typescript/ast'
import { type Type, TypeFlags } from 'typescript/sync'
import type { AnswerContract } from '../../core/index.ts'
import type { OperationModel } from '../model.ts'
import type { Ask, Compiler } from './compiler.ts'
import { typeArgumentsOf } from './named.ts'
import { propertiesOf } from './questions.ts'
import type { ShapeReader } from './shapes.ts'

/** The function whose options they are, and what it gives. */
interface Place {
  readonly name: string
  readonly declaration: Node
  readonly kind: 'call' | 'stream'
  readonly answer?: AnswerContract | undefined
}

/** The statuses and the headers that `reply` of the options names: only what is written out can be in a contract. */
export function* readReply(
  reader: ShapeReader,
  reply: Type | undefined,
  place: Place,
): Ask<Pick<OperationModel, 'statuses' | 'replyHeaders'>> {
  if (!reply || reply.flags & TypeFlags.VoidLike) return {}
  const { compiler } = reader
  const refuse = (why: string): void => {
    reader.problems.add('PK1009', place.declaration, `\`reply\` of ${place.name} ${why}`, place.name)
  }
  const status = yield* compiler.typeOf(reply, 'status')
  const statuses = status && (yield* statusesOf(compiler, status))
  if (status && !statuses) refuse('has a status that is not written out. Write it in the options: { status: 201 }.')
  const isElse = statuses?.some((one) => one !== 200)
  if (isElse && place.kind === 'stream') refuse('has a status, and a stream is always answered with 200. Leave it out.')
  if (isElse && place.answer?.kind === 'response')
    refuse('has a status, and the Response says what it is. Leave it out.')
  const headers = yield* compiler.typeOf(reply, 'headers')
  const replyHeaders = headers && (yield* headersOf(compiler, headers))
  for (const { name, description } of replyHeaders ?? []) {
    if (description === undefined) refuse(`has words for ${name} that are not written out. Write them in the options.`)
    else if (!/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name)) refuse(`names the header "${name}", which is none.`)
    else if (/^content-(?:length|type)$/.test(name)) refuse(`names ${name}, which \`produces\` and the output say.`)
  }
  return {
    ...(statuses ? { statuses } : {}),
    ...(replyHeaders?.length
      ? { replyHeaders: replyHeaders.map(({ name, description = '' }) => ({ name, description })) }
      : {}),
  }
}

function* statusesOf(compiler: Compiler, type: Type): Ask<readonly number[] | undefined> {
  const types = type.isTupleType() ? yield* typeArgumentsOf(compiler, type) : [type]
  const numbers = types.map((one) => (one.isNumberLiteralType() ? one.value : undefined))
  const read = numbers.filter((one) => one !== undefined)
  return read.length === types.length && read.length > 0 ? [...new Set(read)] : undefined
}

function* headersOf(compiler: Compiler, type: Type): Ask<{ name: string; description: string | undefined }[]> {
  const symbols = yield* propertiesOf(type)
  const types = symbols.length > 0 ? yield* compiler.checker.getTypeOfSymbol.gen(symbols) : []
  return symbols.map(({ name }, at) => {
    const words = types[at]
    return { name: name.toLowerCase(), description: words?.isStringLiteralType() ? words.value : undefined }
  })
}
