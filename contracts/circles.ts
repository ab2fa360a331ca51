/** What leads to each other, together; what a group leads to stands before it (Tarjan 1972). */
export function groupsAmong<Item>(
  items: ReadonlyMap<string, Item>,
  refsOf: (item: Item) => Iterable<string>,
): (readonly Item[])[] {
  const groups: Item[][] = []
  const nodes = new Map<string, Node>()
  const stack: Item[] = []
  const open: Node[] = []
  const visit = (name: string, item: Item): Node => {
    const at = nodes.size
    const start = stack.length
    const node = { low: at, isOpen: true }
    nodes.set(name, node)
    stack.push(item)
    open.push(node)
    for (const ref of refsOf(item)) {
      let next = nodes.get(ref)
      if (!next) {
        const other = items.get(ref)
        if (other === undefined) continue
        next = visit(ref, other)
      }
      if (next.isOpen && next.low < node.low) node.low = next.low
    }
    if (node.low < at) return node
    groups.push(stack.splice(start))
    for (const one of open.splice(start)) one.isOpen = false
    return node
  }
  for (const [name, item] of items) if (!nodes.has(name)) visit(name, item)
  return groups
}

interface Node {
  /** The first that it leads back to, by its number. */
  low: number
  /** Whether its group is not known yet. */
  isOpen: boolean
}

/** The keys of what leads to itself. */
export function circular<Item extends { readonly key: string }>(
  items: ReadonlyMap<string, Item>,
  refsOf: (item: Item) => ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set<string>()
  for (const group of groupsAmong(items, refsOf)) {
    for (const item of group) if (group.length > 1 || refsOf(item).has(item.key)) found.add(item.key)
  }
  return found
}
