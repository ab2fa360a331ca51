/** One server-sent event, with the fields that were sent and no others. */
export interface ServerSentEvent {
  /** Its name; absent of ordinary ones. */
  event?: string
  /** Its `data` lines, each with a line feed after it; empty when it has none. */
  data: string
  /** What to name to be given what follows it. */
  id?: string
  /** Milliseconds to wait before coming back. */
  retry?: string
}

/**
 * Reads server-sent events (HTML Living Standard, section 9.2) from bytes that are cut anywhere. Lines end by LF or
 * CRLF; a CR alone, which nobody sends, ends none. An event that is not complete when the bytes end is dropped.
 *
 * @param read gives the next bytes, as the reader of a `ReadableStream` does.
 */
export async function* readEvents(
  read: () => Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>,
): AsyncGenerator<ServerSentEvent, void, void> {
  const decoder = new TextDecoder()
  let rest = ''
  let event: ServerSentEvent = { data: '' }
  for (;;) {
    const { done, value } = await read()
    if (done) return
    const lines = decoder.decode(value, { stream: true }).split('\n')
    lines[0] = rest + lines[0]
    rest = lines.pop() as string
    for (const ended of lines) {
      const line = ended.replace(/\r$/, '')
      const [, field, content] = (/^(data|event|id|retry)(?::|$) ?(.*)/s.exec(line) ?? []) as unknown[] as [
        string,
        Field,
        string,
      ]
      if (field) event[field] = field === 'data' ? `${event.data}${content}\n` : content
      if (!line) {
        yield event
        event = { data: '' }
      }
    }
  }
}

type Field = keyof ServerSentEvent | undefined
