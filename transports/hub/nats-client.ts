/** A connection of `@nats-io/transport-node` or another of the NATS clients for JavaScript, described by shape. */
export interface NatsClient {
  publish(subject: string, payload: string): void
  request(subject: string, payload: string, options: { timeout: number }): Promise<NatsMessage>
  subscribe(
    subject: string,
    options: { callback: (error: Error | null, message: NatsMessage) => void },
  ): { unsubscribe(): void }
  flush(): Promise<void>
  status(): AsyncIterable<{ readonly type: string }>
}

/** A message of NATS. */
export interface NatsMessage {
  readonly subject: string
  readonly headers?: { get(name: string): string }
  string(): string
}

/** How a stream is set up; https://docs.nats.io/nats-concepts/jetstream/streams. */
export interface StreamConfig {
  readonly name: string
  readonly subjects: readonly string[]
  readonly storage: 'file' | 'memory'
  readonly max_msgs_per_subject: number
  /** In nanoseconds. */
  readonly max_age: number
  readonly num_replicas: number
  readonly republish?: { readonly src: string; readonly dest: string }
}

/** What is known of a stream. */
export interface StreamInfo {
  readonly created: string
  readonly state: {
    readonly first_seq: number
    readonly last_seq: number
    /** How many messages each of the subjects has that were asked for. */
    readonly subjects?: Readonly<Record<string, number>>
  }
}

/** A message as a stream keeps it. */
export interface StoredMessage {
  readonly subject: string
  readonly seq: number
  readonly text: string
}

/** An answer of JetStream that says what is wrong. */
export class JetStreamError extends Error {
  /** https://github.com/nats-io/nats-server/blob/main/server/errors.json */
  readonly number: number

  constructor(description: string, number: number) {
    super(description)
    this.number = number
  }
}

const [streamExists, noMessage] = [10058, 10037]

/** A stream of JetStream, by the subjects of its API: requests in JSON. */
export class JetStream {
  readonly #client: NatsClient
  readonly #config: StreamConfig
  readonly #timeout: number
  #made: Promise<StreamInfo> | undefined

  constructor(client: NatsClient, config: StreamConfig, timeout: number) {
    this.#client = client
    this.#config = config
    this.#timeout = timeout
  }

  /** Makes the stream, or brings it up to date. Done once, and again when something has failed. */
  make(): Promise<StreamInfo> {
    this.#made ??= this.#make()
    return this.#made
  }

  /** The stream may not be there any more. */
  forget(): void {
    this.#made = undefined
  }

  /** Resolves when the stream has the message. */
  async publish(subject: string, text: string): Promise<void> {
    await this.make()
    await this.#ask(subject, text)
  }

  async info(subject: string): Promise<StreamInfo> {
    await this.make()
    return (await this.#api('STREAM.INFO', { subjects_filter: subject })) as StreamInfo
  }

  /** The first message of a subject whose number is at least this. */
  async next(subject: string, seq: number): Promise<StoredMessage | undefined> {
    try {
      const answer = await this.#api('STREAM.MSG.GET', { next_by_subj: subject, seq })
      const { message } = answer as { message: { subject: string; seq: number; data?: string } }
      return { ...message, text: Buffer.from(message.data ?? '', 'base64').toString() }
    } catch (error) {
      if (error instanceof JetStreamError && error.number === noMessage) return undefined
      throw error
    }
  }

  async #make(): Promise<StreamInfo> {
    try {
      return (await this.#api('STREAM.CREATE', this.#config)) as StreamInfo
    } catch (error) {
      if (!(error instanceof JetStreamError) || error.number !== streamExists) throw error
      return (await this.#api('STREAM.UPDATE', this.#config)) as StreamInfo
    }
  }

  #api(name: string, request: object): Promise<unknown> {
    return this.#ask(`$JS.API.${name}.${this.#config.name}`, JSON.stringify(request))
  }

  async #ask(subject: string, text: string): Promise<unknown> {
    try {
      const message = await this.#client.request(subject, text, { timeout: this.#timeout })
      const answer = JSON.parse(message.string()) as { error?: { description: string; err_code: number } }
      if (answer.error) throw new JetStreamError(answer.error.description, answer.error.err_code)
      return answer
    } catch (error) {
      // The stream may be gone.
      if (!(error instanceof JetStreamError && error.number === noMessage)) this.forget()
      throw error
    }
  }
}
