import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { possible } from './testing/conformance/behaviour.ts'
import { badInput } from './testing/conformance/behaviours/bad-input.ts'
import { calls } from './testing/conformance/behaviours/calls.ts'
import { credentials } from './testing/conformance/behaviours/credentials.ts'
import { downloads, negotiation } from './testing/conformance/behaviours/downloads.ts'
import { errors } from './testing/conformance/behaviours/errors.ts'
import { fallback } from './testing/conformance/behaviours/fallback.ts'
import { hostileConnections } from './testing/conformance/behaviours/hostile-connections.ts'
import { idempotency } from './testing/conformance/behaviours/idempotency.ts'
import { sessions } from './testing/conformance/behaviours/sessions.ts'
import { channels, sockets } from './testing/conformance/behaviours/sockets.ts'
import { streams } from './testing/conformance/behaviours/streams.ts'
import { uploads } from './testing/conformance/behaviours/uploads.ts'
import type { Flag } from './testing/conformance/flags.ts'
import { runtimes } from './testing/conformance/runtimes.ts'
import { type Client, Target } from './testing/conformance/target.ts'

/**
 * What the app does over HTTP, whatever it runs on: one suite for every runtime.
 *
 * The app is `testing/conformance/`, a project like any other: functions in `src/functions`, wired in `src/app.ts`,
 * contracts made by `pikku contracts` in that folder and committed. `src/setup.ts` has what a server is given.
 *
 * To add a behaviour:
 * 1. give the app the function that shows it, unless it has one, and run `pikku contracts` there;
 * 2. write it into a file of `testing/conformance/behaviours`, a new one for a new group, and list that file below.
 *
 * It knows nothing of the server but its address, for the app may run in another process: what it must know, it asks an
 * operation for (`target.noted`, `target.logged`). What some runtime cannot do is a flag in `testing/conformance/flags.ts`;
 * each runtime's are in `testing/conformance/runtimes.ts`, of which `table.ts` beside it makes the README's table.
 */
export const behaviours = [
  ...calls,
  ...sessions,
  ...credentials,
  ...badInput,
  ...hostileConnections,
  ...errors,
  ...idempotency,
  ...streams,
  ...uploads,
  ...downloads,
  ...negotiation,
  ...sockets,
  ...channels,
  ...fallback,
]

/** A server of the conformance app. */
export interface Served {
  /** Where it answers: `http://localhost:3000`. */
  readonly url: string
  /** How it is asked, where that is not by `fetch` over HTTP/1.1. */
  readonly client?: Client
  close(): Promise<void>
}

/** Tests every behaviour on a server of the conformance app, but for those that need what its runtime lacks. */
export function conformance(
  runtime: string,
  {
    start,
    lacks = runtimes.get(runtime)?.lacks ?? [],
    skip = false,
  }: { start(): Promise<Served>; lacks?: readonly Flag[]; skip?: string | false },
): void {
  describe(`HTTP on ${runtime}`, { skip }, () => {
    let served: Served
    before(async () => {
      served = await start()
    })
    after(() => served?.close())

    const groups = Map.groupBy(possible(behaviours, lacks), ({ group }) => group)
    const row = runtimes.get(runtime)
    if (row)
      it('lacks what its row in the table of runtimes says', () =>
        assert.deepEqual(lacks.toSorted(), row.lacks.toSorted()))
    for (const [group, members] of groups) {
      describe(group, () => {
        for (const { name, run } of members) it(name, () => run(new Target(served.url, lacks, served.client)))
      })
    }
  })
}
