/** One server-sent event. */
export interface ServerSentEvent {
  /** Its name; empty for ordinary ones. */
  readonly event: string
  /** Its `data` lines, joined by line feeds. */
  readonly data: string
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
  let event = ''
  let data = ''
  for (;;) {
    const { done, value } = await read()
    if (done) return
    const lines = decoder.decode(value, { stream: true }).split('\n')
    lines[0] = rest + lines[0]
    rest = lines.pop() as string
    for (const ended of lines) {
      const line = ended.replace(/\r$/, '')
      const [, field, content] = /^([^:]*):? ?(.*)$/s.exec(line) as unknown[]
      if (field === 'data') data += `${content}\n`
      else if (field === 'event') event = content as string
      else if (!line) {
        if (data) yield { event, data: data.slice(0, -1) }
        event = data = ''
      }
    }
  }
}
