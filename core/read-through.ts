/** What happens around the reading of a stream; `ended` once, however it ends. */
export interface Reading {
  /** The stream failed: gives the error that its reader is told. */
  failed(error: unknown): Promise<unknown>
  ended(): Promise<unknown>
}

/** The same stream, with somebody told how its reading ends. It takes a chunk only when its reader wants one. */
export function readThrough(stream: ReadableStream<Uint8Array>, reading: Reading): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (!done) return controller.enqueue(value)
        } catch (error) {
          controller.error(await reading.failed(error))
          await reading.ended()
          return
        }
        controller.close()
        await reading.ended()
      },
      async cancel(reason) {
        await reader.cancel(reason).finally(() => reading.ended())
      },
    },
    { highWaterMark: 0 },
  )
}
