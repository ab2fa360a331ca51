/** Something that the client does wherever it runs. */
export interface Behaviour {
  readonly name: string
  /** Rejects when it does not. */
  run(place: Place): Promise<void>
}

/** A server of the conformance app, behind a proxy that blocks sockets when it is asked to. */
export class Place {
  /** Where the client finds the app. */
  readonly url: string

  constructor(url: string) {
    this.url = url
  }

  /** Cuts the sockets, and lets none be opened. */
  block(): Promise<unknown> {
    return this.#tell('block')
  }

  /** Lets sockets be opened again. */
  pass(): Promise<unknown> {
    return this.#tell('pass')
  }

  /** Somebody else says something in a room. */
  publish(room: string, text: string): Promise<unknown> {
    return this.#tell('publish', { room, text })
  }

  /** The note that a function left, once it is there. */
  noted(id: string): Promise<unknown> {
    return this.#tell('noted', { id })
  }

  /** Forgets a note, so that it can be waited for. */
  forget(id: string): Promise<unknown> {
    return this.#tell('forget', { id })
  }

  /** Hands over how it went. */
  report(results: readonly Result[]): Promise<unknown> {
    return this.#tell('report', results)
  }

  async #tell(what: string, body: unknown = null): Promise<unknown> {
    const response = await fetch(`${this.url}/place/${what}`, { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${what}: ${response.status}`)
    return response.json()
  }
}

/** How a behaviour went. */
export interface Result {
  readonly name: string
  /** Why it failed. */
  readonly error?: string
}

/** Throws where two values are not alike in JSON. */
export function same(actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (left !== right) throw new Error(`${left} in place of ${right}`)
}

/** What it rejects with. */
export function fails(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => {
      throw new Error(`It gave ${JSON.stringify(value)}.`)
    },
    (error: unknown) => error,
  )
}
