/** Tries until it works, with pauses that grow to two seconds; `undefined` once the signal fires. */
export async function retry<Result>(
  work: () => Promise<Result>,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Promise<Result | undefined> {
  for (let pause = 50; !signal.aborted; pause = Math.min(2 * pause, 2000)) {
    try {
      return await work()
    } catch (error) {
      if (signal.aborted) break
      // Told once; an outage is not to fill the log.
      if (pause === 50) failed(error)
      await delay(pause * (0.5 + Math.random() / 2), signal)
    }
  }
  return undefined
}

/** Resolves after a while, or when the signal fires. */
export function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end, { once: true })
  })
}
