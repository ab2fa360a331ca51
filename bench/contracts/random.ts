/** Numbers that look random and are the same on every machine, so that a project can be made again byte for byte. */
export interface Random {
  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number
  /** True in `share` of all cases. */
  chance(share: number): boolean
  /** One of them. */
  pick<Item>(items: readonly Item[]): Item
  /** Some of them, in their own order. */
  some<Item>(items: readonly Item[], count: number): Item[]
}

/** The generator mulberry32, which needs one 32-bit number of state. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    chance: (share) => next() < share,
    pick(items) {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('There is nothing to pick from.')
      return item
    },
    some(items, count) {
      const keyed = items.map((item, index) => ({ item, index, key: next() }))
      const chosen = keyed.sort((a, b) => a.key - b.key).slice(0, count)
      return chosen.sort((a, b) => a.index - b.index).map(({ item }) => item)
    },
  }
}
