import type { Call } from './call.ts'
import { PikkuError } from './errors.ts'
import type { SessionSource } from './session.ts'

type Source = SessionSource<unknown, unknown>

/**
 * Asks the sources in order. A token or a key is sent on purpose: when it is wrong, the call is refused, and not
 * made by whoever a cookie stands for. Cookies come by themselves, and a wrong one is none.
 *
 * @param makeServices gives what the sources need; asked only when there is a credential.
 * @throws PikkuError `UNAUTHENTICATED` for a wrong token or key.
 */
export async function findSession(
  sources: readonly Source[],
  incoming: { credential(source: SessionSource<never, unknown>): string | undefined },
  call: Call<unknown>,
  makeServices: () => Promise<unknown>,
): Promise<unknown> {
  let refused: Source | undefined
  for (const source of sources) {
    if (refused && !isSamePlace(source, refused)) continue
    const credential = incoming.credential(source)
    if (credential === undefined) continue
    const services = await makeServices()
    const session = credential === '' ? undefined : await source.resolve(services, credential, call)
    if (session !== undefined && session !== null) return session
    if (source.from !== 'cookie') refused = source
  }
  if (refused) throw new PikkuError('UNAUTHENTICATED', { detail: 'The credential of this request is not valid.' })
  return undefined
}

function isSamePlace(left: Source, right: Source): boolean {
  return left.from === right.from && (left.from === 'bearer' || right.from === 'bearer' || left.name === right.name)
}
