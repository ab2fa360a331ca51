/** What comes while nobody waits for it, in its order. */
export interface Queue<Item> {
  push(item: Item): void
  /** Ends the reading once all has been read, with an error when one is given. The first end counts. */
  end(error?: unknown): void
  /** @param left runs when the reading is over, whoever ended it. */
  read(left?: () => void): AsyncGenerator<Item, void, void>
}

export function createQueue<Item>(): Queue<Item> {
  const items: Item[] = []
  let ended: { readonly error?: unknown } | undefined
  let wake = () => {}
  return {
    push: (item) => {
      items.push(item)
      wake()
    },
    end: (error) => {
      ended ??= { error }
      wake()
    },
    read: async function* (left) {
      try {
        for (;;) {
          while (items.length) yield items.shift() as Item
          if (ended?.error) throw ended.error
          if (ended) return
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      } finally {
        left?.()
      }
    },
  }
}
