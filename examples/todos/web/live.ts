import type { Change } from '../contracts/todos.ts'
import { api, isSignedOut } from './api.ts'

/**
 * Hands over every change on the server until the signal fires. The client takes up a stream that is lost; where it
 * gives up, a new one begins, a little later each time. A page in the background lets go of its connection: browsers allow few to one server, and forgotten
 * tabs would use them up.
 */
export async function followChanges(signal: AbortSignal, hear: (change: Change) => void): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    await visibility('visible', signal)
    const watching = new AbortController()
    const over = AbortSignal.any([signal, watching.signal])
    void visibility('hidden', over).then(() => watching.abort())
    try {
      for await (const change of api.todos.watch(undefined, { signal: over })) {
        attempt = 0
        hear(change)
      }
    } catch (error) {
      if (signal.aborted || isSignedOut(error)) return
    } finally {
      watching.abort()
    }
    // At random, so that a server that comes back does not get every page at once.
    if (document.visibilityState === 'visible')
      await pause(Math.random() * Math.min(30_000, 1000 * 2 ** attempt), signal)
  }
}

/** Resolves when the page is visible, or hidden, or when the signal fires. */
function visibility(state: DocumentVisibilityState, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState !== state && !signal.aborted) return
      document.removeEventListener('visibilitychange', look)
      signal.removeEventListener('abort', look)
      resolve()
    }
    document.addEventListener('visibilitychange', look)
    signal.addEventListener('abort', look)
    look()
  })
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
