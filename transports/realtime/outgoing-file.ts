import { frames } from './frames.ts'

/** Sends an output that is no JSON: a head that says what it is, then its bytes in messages that are not too large. */
export async function sendFile(
  id: number,
  output: unknown,
  largest: number,
  send: (message: string | Uint8Array) => void,
): Promise<void> {
  const blob = output instanceof Blob ? output : new Blob([output as string | Uint8Array<ArrayBuffer>])
  const { type, size } = blob
  send(frames.file(id, { ...(blob instanceof File ? { name: blob.name } : {}), type, size }))
  for (let at = 0; at < size; at += largest - 4) {
    const bytes = new Uint8Array(await blob.slice(at, at + largest - 4).arrayBuffer())
    const message = new Uint8Array(bytes.byteLength + 4)
    new DataView(message.buffer).setUint32(0, id)
    message.set(bytes, 4)
    send(message)
  }
}
