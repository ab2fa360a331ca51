import { type OperationContract, PikkuError } from '../../core/index.ts'
import { parseMediaType } from './media-type.ts'

/** Whether an `accept` header takes a media type (RFC 9110, section 12.5.1): the range that fits best decides. */
export function accepts(header: string, type: string): boolean {
  let closest = -1
  let quality = 0
  for (const item of header.split(',')) {
    const { type: range, parameters } = parseMediaType(item)
    const closeness = closenessOf(range, type)
    if (closeness <= closest) continue
    closest = closeness
    quality = Number(parameters.get('q') ?? 1)
  }
  return quality > 0
}

function closenessOf(range: string, type: string): number {
  if (range === type) return 2
  if (range.endsWith('/*') && type.startsWith(range.slice(0, -1))) return 1
  return range === '*/*' || range === '*' ? 0 : -1
}

/** Refuses a caller who takes nothing of what the operation answers, before anything is done for it. */
export function checkAccept(header: string, { kind, output, answer }: OperationContract): void {
  const type = answer ? typeOf(answer) : kind === 'call' && output !== undefined ? 'application/json' : undefined
  if (type === undefined || accepts(header, parseMediaType(type).type)) return
  throw new PikkuError('NOT_ACCEPTABLE', { detail: `This operation answers ${type}.` })
}

/** What is not known before there is an answer excludes nobody. */
function typeOf({ kind, type }: NonNullable<OperationContract['answer']>): string | undefined {
  return type ?? (kind === 'text' ? 'text/plain' : undefined)
}
