import type { Change } from '../contracts/todos.ts'
import { api, isSignedOut } from './api.ts'

/** Hands over every change on the server until the signal fires. After a break it connects again, a little later each time. */
export async function followChanges(signal: AbortSignal, hear: (change: Change) => void): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      for await (const change of api.todos.watch(undefined, { signal })) {
        attempt = 0
        hear(change)
      }
    } catch (error) {
      if (signal.aborted || isSignedOut(error)) return
    }
    // At random, so that a server that comes back does not get every page at once.
    await pause(Math.random() * Math.min(30_000, 1000 * 2 ** attempt), signal)
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end)
  })
}
