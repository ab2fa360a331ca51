import { frames } from './frames.ts'

/** How many bytes may be on their way. */
const window = 256 * 1024

/** Where a file goes. */
export interface FileSink {
  send(message: string | Uint8Array): void
  /** Resolves when what was sent is read. */
  read(): Promise<void>
  /** Whether nobody waits for the file any more. */
  readonly over: boolean
}

/** Sends an output that is no JSON: a head that says what it is, then its bytes in messages that are not too large. */
export async function sendFile(id: number, output: unknown, largest: number, sink: FileSink): Promise<void> {
  const blob = output instanceof Blob ? output : new Blob([output as string | Uint8Array<ArrayBuffer>])
  const { type, size } = blob
  sink.send(frames.file(id, { ...(blob instanceof File ? { name: blob.name } : {}), type, size }))
  let sent = 0
  for (let at = 0; at < size && !sink.over; at += largest - 4) {
    const bytes = new Uint8Array(await blob.slice(at, at + largest - 4).arrayBuffer())
    const message = new Uint8Array(bytes.byteLength + 4)
    new DataView(message.buffer).setUint32(0, id)
    message.set(bytes, 4)
    sink.send(message)
    sent += message.byteLength
    if (sent < window) continue
    await sink.read()
    sent = 0
  }
}
