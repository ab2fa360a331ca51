/**
 * Where the sockets of an API Gateway are kept between the invocations of functions: a text for each connection, and a
 * set of names for each topic. What is not written for two and a half hours may be forgotten: no connection lives so long.
 */
export interface ConnectionStore {
  /** The text of a connection; `undefined` where there is none. */
  get(id: string): Promise<string | undefined>
  /**
   * Puts a text in the place of the one before, in one step. `undefined` stands for none.
   *
   * @returns `false` where it was another one, and has stayed.
   */
  swap(id: string, before: string | undefined, after: string | undefined): Promise<boolean>
  /** Adds a name to a topic. */
  join(topic: string, member: string): Promise<void>
  /** Takes it away again. */
  leave(topic: string, member: string): Promise<void>
  /** The names of a topic. */
  joined(topic: string): Promise<readonly string[]>
}

/** Keeps connections in the memory of this process: for tests. */
export function memoryConnections(): ConnectionStore {
  const texts = new Map<string, string>()
  const topics = new Map<string, Set<string>>()
  return {
    get: async (id) => texts.get(id),
    async swap(id, before, after) {
      if (texts.get(id) !== before) return false
      if (after === undefined) texts.delete(id)
      else texts.set(id, after)
      return true
    },
    async join(topic, member) {
      topics.set(topic, (topics.get(topic) ?? new Set()).add(member))
    },
    async leave(topic, member) {
      const members = topics.get(topic)
      if (members?.delete(member) && members.size === 0) topics.delete(topic)
    },
    joined: async (topic) => [...(topics.get(topic) ?? [])],
  }
}
