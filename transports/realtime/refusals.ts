import { type Operation, PikkuError } from '../../core/index.ts'

export function noChannel(): PikkuError {
  return new PikkuError('NOT_FOUND', { detail: 'There is no channel of this path.' })
}

export function away(): PikkuError {
  return new PikkuError('UNAVAILABLE', { detail: 'The server is going away. Connect again.' })
}

export function tooSlow(): PikkuError {
  return new PikkuError('REQUEST_TIMEOUT', { detail: 'The files of this call came too slowly.' })
}

export function disowned(): PikkuError {
  return new PikkuError('UNAUTHENTICATED', { detail: 'The session that opened this has been replaced by another one.' })
}

export function noSession(): PikkuError {
  return new PikkuError('UNAUTHENTICATED', { detail: 'Sign in first: this needs a session.' })
}

export function tooManyFiles(): PikkuError {
  return new PikkuError('TOO_MANY_REQUESTS', {
    detail: 'Files of other calls are on their way. Send these after them.',
  })
}

export function tooMany(): PikkuError {
  return new PikkuError('TOO_MANY_REQUESTS', { detail: 'Too many messages of this channel wait already.' })
}

/**
 * What travels in pieces without end goes over HTTP.
 *
 * @param isBrief whether the socket carries text alone, and no stream outlives the message that asked for it.
 */
export function checkContent(
  { contract: { body, answer, kind } }: Operation,
  files: readonly unknown[] | undefined,
  isBrief: boolean,
): void {
  const streams =
    body?.kind === 'stream' || (body?.kind === 'form' && body.fields.some(({ type }) => type === 'stream'))
  if (streams || answer?.kind === 'stream' || answer?.kind === 'response') {
    throw new PikkuError('BAD_REQUEST', { detail: 'This operation streams bytes. Call it over HTTP.' })
  }
  if (isBrief && (answer || files || kind === 'stream')) {
    throw new PikkuError('BAD_REQUEST', { detail: 'Streams and files do not go over this socket. Call it over HTTP.' })
  }
}
