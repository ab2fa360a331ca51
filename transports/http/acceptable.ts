import { type OperationContract, PikkuError } from '../../core/index.ts'
import { accepts } from './accept.ts'
import { parseMediaType } from './media-type.ts'
import { streamTypes } from './stream-format.ts'

/** Refuses a caller who takes nothing of what the operation answers, before anything is done for it. */
export function checkAccept(header: string, contract: OperationContract): void {
  const types = typesOf(contract)
  if (types.length === 0 || types.some((type) => accepts(header, parseMediaType(type).type))) return
  throw new PikkuError('NOT_ACCEPTABLE', { detail: `This operation answers ${types.join(', ')}.` })
}

function typesOf({ kind, output, answer }: OperationContract): readonly string[] {
  if (answer) return [typeOf(answer) ?? []].flat()
  if (kind === 'stream') return streamTypes
  return output === undefined ? [] : ['application/json']
}

/** What is not known before there is an answer excludes nobody. */
function typeOf({ kind, type }: NonNullable<OperationContract['answer']>): string | undefined {
  return type ?? (kind === 'text' ? 'text/plain' : undefined)
}
