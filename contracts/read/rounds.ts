import type { AnyAPIRequestGenerator, APIRequestGenerator } from 'typescript/sync'

type Yielded<Asker> = Asker extends Generator<infer Message, unknown, never> ? Message : never
type Message = Yielded<AnyAPIRequestGenerator>
type Request = Extract<Message, { readonly params: unknown }>
type Reply = { readonly result?: unknown; readonly error?: string }

/** A generator that asks. */
interface Task {
  readonly generator: AnyAPIRequestGenerator
  /** Where it belongs: questions are asked in this order, whatever else was answered meanwhile. */
  readonly root: number
  readonly group: Group | undefined
  readonly index: number
}

/** Generators that another one waits for. */
interface Group {
  readonly task: Task
  readonly results: unknown[]
  remaining: number
}

interface Waiting {
  readonly task: Task
  readonly asked: Request | readonly Request[]
}

/**
 * Runs a question and all that it asks side by side, as `api.batch` does, but what several ask in one round is sent
 * once: the types of properties are mostly the same few, and more than a quarter of all questions are.
 */
export function* inRounds<Answer>(question: APIRequestGenerator<Answer>): APIRequestGenerator<Answer> {
  const rounds = new Rounds(question)
  while (rounds.requests.length > 0 || rounds.isWaiting) rounds.answer(yield rounds.requests)
  return rounds.result as Answer
}

class Rounds {
  /** What is asked in this round, each once. */
  requests: Request[] = []
  result: unknown
  #waiting: Waiting[] = []
  #roots = 0

  constructor(question: AnyAPIRequestGenerator) {
    this.#start(question, this.#roots++, undefined, 0)
    this.#collect()
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0
  }

  /** Goes on with the replies to this round's requests. */
  answer(replies: readonly Reply[]): void {
    const waiting = this.#waiting
    const positions = this.#positions
    this.#waiting = []
    for (const { task, asked } of waiting) {
      if (isList(asked)) {
        this.#go(
          task,
          asked.map((request) => replies[positions.get(request) ?? -1]),
        )
        continue
      }
      const { result, error } = replies[positions.get(asked) ?? -1] ?? {}
      this.#go(task, result, error)
    }
    this.#collect()
  }

  #positions = new Map<Request, number>()

  #collect(): void {
    this.requests = []
    this.#positions = new Map()
    const known = new Map<string, number>()
    this.#waiting.sort((one, other) => one.task.root - other.task.root)
    for (const { asked } of this.#waiting) {
      for (const request of isList(asked) ? asked : [asked]) {
        const key = request.method + JSON.stringify(request.params)
        const position = known.get(key) ?? this.requests.push(request) - 1
        known.set(key, position)
        this.#positions.set(request, position)
      }
    }
  }

  #start(generator: AnyAPIRequestGenerator, root: number, group: Group | undefined, index: number): void {
    this.#go({ generator, root, group, index }, undefined)
  }

  /** Runs a generator until it asks, waits for others, or ends. */
  #go(task: Task, value: unknown, failure?: string): void {
    let answer = value
    let next = failure === undefined ? task.generator.next(answer as never) : task.generator.throw(new Error(failure))
    while (!next.done) {
      const message: Message = next.value
      if (isList(message) || 'params' in message) {
        this.#waiting.push({ task, asked: message })
        return
      }
      answer = undefined
      if ('deferred' in message) this.#start(message.deferred, this.#roots++, undefined, 0)
      else {
        const group: Group = { task, results: [], remaining: message.generators.length + 1 }
        for (const [index, generator] of message.generators.entries()) this.#start(generator, task.root, group, index)
        if (--group.remaining > 0) return
        answer = group.results
      }
      next = task.generator.next(answer as never)
    }
    const { group } = task
    if (!group) {
      if (task.root === 0) this.result = next.value
      return
    }
    group.results[task.index] = next.value
    if (--group.remaining === 0) this.#go(group.task, group.results)
  }
}

function isList(message: Message): message is readonly Request[] {
  return Array.isArray(message)
}
