import type { APIRequestGenerator } from 'typescript/sync'

/** Answers to what many ask: the first asks the compiler, the others wait for what it is told. */
export class Answers<Key, Answer> {
  readonly #known: Map<Key, { readonly answer: Answer } | 'asked'>

  constructor() {
    this.#known = new Map()
  }

  *to(key: Key, ask: () => APIRequestGenerator<Answer>): APIRequestGenerator<Answer> {
    let known = this.#known.get(key)
    // An empty list of requests waits one round.
    for (; known === 'asked'; known = this.#known.get(key)) yield []
    if (known) return known.answer
    this.#known.set(key, 'asked')
    const answer = yield* ask()
    this.#known.set(key, { answer })
    return answer
  }
}
