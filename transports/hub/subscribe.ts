import { type Hub, type HubEntry, type ListenOptions, PikkuError, type Tracked, tracked } from '../../core/index.ts'

/** How many entries wait for a slow reader. What comes then is read from the history, once these are read. */
const mostWaiting = 1000

type SubscribeOptions<Value> = ListenOptions & { readonly anew?: Value }

/**
 * The values of a topic, as {@link Hub.subscribe} gives them. A reader who is too far behind, or whose hub has lost
 * entries, comes back by the last id, as one who was away.
 */
export async function* subscribe<Value>(
  hub: Pick<Hub, 'listen'>,
  topic: string,
  options: SubscribeOptions<Value>,
): AsyncGenerator<Tracked<Value>, void> {
  let last = options.after
  try {
    while (!options.signal.aborted) last = yield* readOn(hub, topic, last, options)
  } catch (error) {
    // Who has ended it is not told that it did not begin.
    if (!options.signal.aborted) throw error
  }
}

/** Reads until the signal fires or entries are missing; gives the id to come back with. */
async function* readOn<Value>(
  hub: Pick<Hub, 'listen'>,
  topic: string,
  after: string | undefined,
  { signal, anew }: SubscribeOptions<Value>,
): AsyncGenerator<Tracked<Value>, string> {
  const waiting: HubEntry<Value>[] = []
  const stay = new AbortController()
  let hasBegun = false
  let isCut = false
  let wake = () => {}
  const leave = () => {
    stay.abort()
    wake()
  }
  const cut = () => {
    isCut = true
    leave()
  }
  const hear = (entry: HubEntry<Value>) => {
    // What is given at the beginning is as long as the history.
    if (hasBegun && waiting.length >= mostWaiting) return cut()
    waiting.push(entry)
    wake()
  }
  signal.addEventListener('abort', leave, { once: true })
  try {
    const start = await hub.listen<Value>(topic, hear, { signal: stay.signal, after, lost: cut })
    hasBegun = true
    let last = start.whole && after !== undefined ? after : start.at
    if (after === undefined ? anew !== undefined : !start.whole) yield tracked(last, anewOr(anew, after))
    while (!signal.aborted) {
      const entry = waiting.shift()
      if (entry) {
        last = entry.id ?? last
        yield tracked(last, entry.value)
      } else if (isCut) break
      else await new Promise<void>((resolve) => (wake = resolve))
    }
    return last
  } finally {
    signal.removeEventListener('abort', leave)
    leave()
  }
}

function anewOr<Value>(anew: Value | undefined, after: string | undefined): Value {
  if (anew === undefined) throw new PikkuError('CONFLICT', { detail: `What followed ${after} is not known any more.` })
  return anew
}
