/** A function that works out its answer once for each object, however many ask. */
export function memoize<Of extends object, Answer>(work: (of: Of) => Answer): (of: Of) => Answer {
  const known = new WeakMap<Of, { readonly answer: Answer }>()
  return (of) => {
    let found = known.get(of)
    if (!found) {
      found = { answer: work(of) }
      known.set(of, found)
    }
    return found.answer
  }
}
