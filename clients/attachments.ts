import type { MessageEntry } from './channel-client.ts'
import { invoke, onAbort } from './invocation.ts'
import type { Read } from './pieces.ts'

type Taken = (readonly [at: readonly (string | number)[], file: Blob & { readonly name?: string }])[]

/** The piece of a client for messages that take or give files: their bytes go beside the frames. */
export const attachments: NonNullable<MessageEntry['f']> = async function* (
  baseUrl,
  name,
  operation,
  plans,
  input,
  options,
  call,
  _read,
  request,
  line,
) {
  const files: Taken = []
  const bare = takeOut(input, [], files)
  let file: File | undefined
  let signal: AbortSignal | null | undefined
  let arrival: Promise<File | undefined> | undefined
  const send = request((id) => {
    const [socket, largest] = line()
    arrival = receive(socket as WebSocket, id, signal as AbortSignal)
    // Who waits for the answer hears of it.
    arrival.catch(() => {})
    // Its first bytes are read, and so sent, after this frame.
    upload(socket as WebSocket, Math.min(largest, 65_536) - 4, id, files, () => signal?.aborted || line()[0] !== socket)
    return {
      files: files.length ? files.map(([at, { name, type, size }]) => ({ at, name, type, size })) : undefined,
    }
  })
  const fetch: typeof send = (url, init) => {
    signal = init.signal
    return send(url, init)
  }
  const own: Read = async (response, _signal, _toError, lost) => {
    try {
      file = await arrival
    } catch {
      throw lost()
    }
    return file ? [] : [await response.text()]
  }
  yield* invoke(baseUrl, name, operation, plans, bare, { ...options, fetch }, call, own)
  if (file) yield file
}

/** A copy with `null` in place of each file. */
function takeOut(value: unknown, at: readonly (string | number)[], files: Taken): unknown {
  if (value instanceof Blob) {
    files.push([at, value])
    return null
  }
  if (Array.isArray(value)) return value.map((item, place) => takeOut(item, [...at, place], files))
  if (Object.prototype.toString.call(value) !== '[object Object]') return value
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [name, takeOut(item, [...at, name], files)]),
  )
}

async function upload(socket: WebSocket, most: number, id: number, files: Taken, isOver: () => boolean) {
  for (const [, file] of files) {
    for (let from = 0; from < file.size; from += most) {
      const part = await file.slice(from, from + most).arrayBuffer()
      // What a lost socket has not sent stays there.
      while (!isOver() && socket.bufferedAmount > 1_048_576) await new Promise((resolve) => setTimeout(resolve, 20))
      if (isOver()) return
      const message = new Uint8Array(4 + part.byteLength)
      new DataView(message.buffer).setUint32(0, id)
      message.set(new Uint8Array(part), 4)
      socket.send(message)
    }
  }
}

/** The file that answers a message, if one does; rejects when the socket is lost before all of it came. */
function receive(socket: WebSocket, id: number, signal: AbortSignal): Promise<File | undefined> {
  return new Promise((resolve, reject) => {
    let file: AnswerFile | undefined
    const parts: ArrayBuffer[] = []
    let missing = 0
    const hear = ({ data }: { readonly data: string | ArrayBuffer }) => {
      if (typeof data === 'string') {
        const { done, fail, file: answer } = JSON.parse(data) as AnswerFrame
        if (done !== id && fail !== id) return
        file = answer
        missing = file?.size ?? 0
      } else if (file && new DataView(data).getUint32(0) === id) {
        parts.push(data.slice(4))
        missing -= data.byteLength - 4
      } else return
      if (missing > 0) return
      resolve(file && new File(parts, file.name ?? '', { type: file.type }))
    }
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('message', hear)
    socket.addEventListener('close', reject)
    // It fires too when the message has been answered.
    onAbort(signal, () => {
      socket.removeEventListener('message', hear)
      socket.removeEventListener('close', reject)
    })
  })
}

interface AnswerFile {
  readonly name?: string
  readonly type: string
  readonly size: number
}

interface AnswerFrame {
  readonly done?: number
  readonly fail?: number
  readonly file?: AnswerFile
}
