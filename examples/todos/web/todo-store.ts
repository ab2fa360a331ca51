import type { PageOfTodo, Todo, TodoPatch, TodoQuery } from '../contracts/todos.ts'
import { api } from './api.ts'
import type { Draft } from './composer.ts'
import { compare, matches } from './query.ts'

/** The todos that are shown: pages of the server's, with what happens to them meanwhile. */
export class TodoStore {
  todos: readonly Todo[] = []
  /** How many there are on the server, on all pages. */
  total = 0
  state: 'loading' | 'ready' | 'failed' = 'loading'
  problem: unknown
  #query: TodoQuery = {}
  #next: string | undefined
  #loading = new AbortController()
  /** How many changes were heard of. */
  #heard = 0
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get hasMore(): boolean {
    return this.#next !== undefined
  }

  /** Reads the first page, and forgets about the answer to an earlier question. */
  async load(query: TodoQuery): Promise<void> {
    this.stop()
    this.#loading = new AbortController()
    const { signal } = this.#loading
    this.#query = query
    try {
      const { items, total, next } = await this.#read(query, signal)
      Object.assign(this, { todos: items, total, state: 'ready' })
      this.#next = next
    } catch (problem) {
      if (signal.aborted) return
      Object.assign(this, { state: 'failed', problem })
    }
    this.#changed()
  }

  /** Reads the next page. */
  async loadMore(): Promise<void> {
    const cursor = this.#next
    if (cursor === undefined) return
    const { signal } = this.#loading
    const page = await this.#read({ ...this.#query, cursor }, signal)
    // Somebody asked twice.
    if (this.#next !== cursor) return
    this.todos = [...this.todos, ...page.items.filter(({ id }) => !this.#find(id))]
    this.total = page.total
    this.#next = page.next
    this.#changed()
  }

  /** Ends what is being read. */
  stop(): void {
    this.#loading.abort()
  }

  async add(draft: Draft): Promise<void> {
    this.settle(await api.todos.create(draft), 'new')
  }

  async save(patch: TodoPatch): Promise<void> {
    this.settle(await api.todos.update(patch))
  }

  /** Shows it as done, or open again, at once, and takes that back when the server says no. */
  async toggle(todo: Todo): Promise<Todo> {
    const { id } = todo
    this.#replace({ ...todo, done: !todo.done })
    try {
      const saved = await (todo.done ? api.todos.reopen({ id }) : api.todos.complete({ id }))
      this.settle(saved)
      return saved
    } catch (error) {
      this.#replace(todo)
      throw error
    }
  }

  /** Takes it away at once, and brings it back when the server says no. */
  async remove({ id }: Todo): Promise<void> {
    const { todos, total } = this
    this.drop(id)
    try {
      await api.todos.remove({ id })
    } catch (error) {
      Object.assign(this, { todos, total })
      this.#changed()
      throw error
    }
  }

  /** Brings back what was removed, under another id. */
  async restore({ list, title, notes, due, done }: Todo): Promise<void> {
    const made = await api.todos.create({ list, title, notes, ...(due && { due }) })
    this.settle(done ? await api.todos.complete({ id: made.id }) : made, 'new')
  }

  /** Shows a todo as the server has it now, or lets go of it when it belongs elsewhere. */
  settle(todo: Todo, age: 'new' | 'known' = 'known'): void {
    this.#heard += 1
    if (!matches(this.#query, todo)) {
      this.drop(todo.id)
      return
    }
    const wasHere = this.#find(todo.id) !== undefined
    const others = this.todos.filter(({ id }) => id !== todo.id)
    const todos = [...others, todo].sort((left, right) => compare(this.#query.sort, left, right))
    // What comes after the last one that was read is still on the server, and comes with its page.
    const isBeyond = this.hasMore && todos.at(-1) === todo
    this.todos = isBeyond ? others : todos
    if (!wasHere && (!isBeyond || age === 'new')) this.total += 1
    this.#changed()
  }

  /** Lets go of a todo that is gone. */
  drop(id: string): void {
    this.#heard += 1
    if (!this.#find(id)) return
    this.todos = this.todos.filter((todo) => todo.id !== id)
    this.total -= 1
    this.#changed()
  }

  /** Reads a page that knows of every change that was heard of: one that was read meanwhile may be older. */
  async #read(query: TodoQuery, signal: AbortSignal): Promise<PageOfTodo> {
    for (;;) {
      const heard = this.#heard
      const page = await api.todos.list(query, { signal })
      if (heard === this.#heard) return page
    }
  }

  #replace(todo: Todo): void {
    this.todos = this.todos.map((other) => (other.id === todo.id ? todo : other))
    this.#changed()
  }

  #find(id: string): Todo | undefined {
    return this.todos.find((todo) => todo.id === id)
  }
}
