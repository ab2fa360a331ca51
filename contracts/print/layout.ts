/** Text that finds its own line breaks: what fits on a line stays on it, as a formatter would have it. */
export type Layout = string | readonly Layout[] | { readonly enclosed: Enclosed } | Alternatives | Chain | Above

/** The members of a union of types. */
interface Alternatives {
  readonly members: readonly Layout[]
  /** Stands in parentheses when it takes several lines. */
  readonly apart: boolean
}

/** A call and those that follow it: `z.object({ … }).optional()`. */
interface Chain {
  readonly head: Layout
  readonly calls: readonly Layout[]
  /** A call a line, whether it fits or not. */
  readonly broken: boolean
}

/** Whole lines above what follows them, such as a comment. */
interface Above {
  /** The lines at this indent, each with its line break. */
  readonly above: (indent: string) => string
}

interface Enclosed {
  readonly open: string
  readonly items: readonly Layout[]
  readonly close: string
  /** Stands inside of open and close when all is on one line. */
  readonly padding: string
  /** What a line per item ends with. */
  readonly separator: string
  /** Whether the last line has it too. */
  readonly final: boolean
  /** A line per item, whether it fits or not. */
  readonly broken: boolean
}

const width = 120

/** `A | B`: on one line or a member a line. */
export function union(members: readonly Layout[], { apart = false } = {}): Layout {
  const [only] = members
  return members.length === 1 && only !== undefined ? only : { members, apart }
}

/** `head.a().b()`: on one line or a call a line. Calls that are empty are left out. */
export function chain(head: Layout, calls: readonly Layout[], { broken = false } = {}): Layout {
  const made = calls.filter((call) => call !== '')
  if (made.length === 0) return head
  if (typeof head === 'object' && 'calls' in head) return { ...head, calls: [...head.calls, ...made] }
  return { head, calls: made, broken }
}

/** `(A | B)`, where something follows that would bind closer. */
export function parentheses(inner: Layout): Layout {
  return enclosed('(', [inner], ')', { padding: '', separator: '' })
}

/** Lines above what follows, at whatever indent that stands. */
export function above(lines: (indent: string) => string): Layout {
  return { above: lines }
}

/** `(a, b)`, `[a, b]`: on one line or an item a line. */
export function list(open: string, items: readonly Layout[], close: string): Layout {
  // The arguments of a type take no comma after the last.
  return enclosed(open, items, close, { padding: '', final: close !== '>' })
}

/** An array in which several objects stand on a line each, as formatters have it. */
export function rows(items: readonly Layout[]): Layout {
  const objects = items.every(
    (item) => typeof item === 'object' && 'enclosed' in item && item.enclosed.items.length > 1,
  )
  return enclosed('[', items, ']', { padding: '', broken: items.length > 1 && objects })
}

/** `{ a, b }`: on one line or an item a line. */
export function braces(items: readonly Layout[], options: { separator?: string; broken?: boolean } = {}): Layout {
  return items.length === 0 ? '{}' : enclosed('{', items, '}', { padding: ' ', ...options })
}

function enclosed(
  open: string,
  items: readonly Layout[],
  close: string,
  options: Partial<Enclosed> & Pick<Enclosed, 'padding'>,
): Layout {
  return { enclosed: { open, items, close, separator: ',', final: true, broken: false, ...options } }
}

/**
 * The text, starting in a column of a line that is indented so far already.
 *
 * @param after how many characters follow it on its last line.
 */
export function render(layout: Layout, indent = '', column = indent.length, after = 0): string {
  if (typeof layout === 'string') return layout
  if ('above' in layout) return `${layout.above(indent).trimStart()}${indent}`
  if ('enclosed' in layout) return renderEnclosed(layout, indent, column, after)
  if ('members' in layout) return renderUnion(layout, indent, column, after)
  if ('calls' in layout) return renderChain(layout, indent, column, after)
  let text = ''
  for (const [at, part] of layout.entries()) {
    const start = text.includes('\n') ? text.length - text.lastIndexOf('\n') - 1 : column + text.length
    const next = render(part, indent, start, flatLength(layout.slice(at + 1)) + after)
    text = (next.startsWith('\n') ? text.trimEnd() : text) + next
  }
  return text
}

function renderUnion(layout: Alternatives, indent: string, column: number, after: number): string {
  const flat = flatten(layout)
  if (flat !== undefined && column + flat.length + after <= width) return flat
  const { members } = layout
  const objects = members.filter((member) => member !== 'null')
  const [only] = objects
  // An object that can be null breaks inside of itself.
  if (objects.length === 1 && only !== undefined && hugs(only)) {
    return members.map((member) => render(member, indent)).join(' | ')
  }
  if (layout.apart) {
    const inner = `${indent}  `
    return `(\n${inner}${renderUnion({ members, apart: false }, inner, inner.length, 0)}\n${indent})`
  }
  // What begins its line stays where it is; what follows a name goes to the next line.
  const own = column === indent.length
  const bar = own ? indent : `${indent}  `
  const lines = members.map((member) => `| ${render(member, `${bar}  `, bar.length + 2)}`)
  return `${own ? '' : `\n${bar}`}${lines.join(`\n${bar}`)}`
}

function renderChain(layout: Chain, indent: string, column: number, after: number): string {
  const flat = flatten(layout)
  if (flat !== undefined && column + flat.length + after <= width) return flat
  const { head, calls } = layout
  const inner = `${indent}  `
  const open = typeof head === 'object' && 'enclosed' in head ? head.enclosed.open : ''
  const dot = open.indexOf('.')
  if (dot === -1 || typeof head === 'string' || !('enclosed' in head))
    return [head, ...calls].map((part) => render(part, indent)).join('')
  // `z` stands alone, and each call on a line of its own.
  const first = { enclosed: { ...head.enclosed, open: open.slice(dot) } }
  return [open.slice(0, dot), ...[first, ...calls].map((call) => render(call, inner))].join(`\n${inner}`)
}

function renderEnclosed(
  layout: { readonly enclosed: Enclosed },
  indent: string,
  column: number,
  after: number,
): string {
  const { open, items, close, separator, final } = layout.enclosed
  const flat = flatten(layout)
  if (flat !== undefined && column + flat.length + after <= width) return flat
  const last = items.at(-1)
  // A call breaks inside of its last argument where the others are short, as z.object({ does.
  if ((open.endsWith('(') || (open.endsWith('<') && items.length === 1)) && last !== undefined && hugs(last)) {
    const start =
      open +
      items
        .slice(0, -1)
        .map((item) => `${flatten(item) ?? '\n'}, `)
        .join('')
    if (!start.includes('\n')) return `${start}${render(last, indent, column + start.length, after + 1)}${close}`
  }
  const inner = `${indent}  `
  const lines = items.map((item, at) => {
    const end = final || at < items.length - 1 ? separator : ''
    return `${inner}${render(item, inner, inner.length, end.length)}${end}\n`
  })
  return `${open}\n${lines.join('')}${indent}${close}`
}

/** Whether a layout is an object or an array, which breaks inside of itself rather than around it. */
function hugs(layout: Layout): boolean {
  if (typeof layout === 'string' || !('enclosed' in layout)) return false
  return /^[{[]$/.test(layout.enclosed.open) && layout.enclosed.items.length > 0
}

/** The layout on one line, or nothing when it must not be. */
function flatten(layout: Layout): string | undefined {
  if (typeof layout === 'string') return layout.includes('\n') ? undefined : layout
  if ('above' in layout) return undefined
  if ('enclosed' in layout) {
    const { open, items, close, padding, separator, broken } = layout.enclosed
    if (broken) return undefined
    const parts = items.map(flatten)
    if (parts.includes(undefined)) return undefined
    return `${open}${padding}${parts.join(`${separator || ';'} `)}${padding}${close}`
  }
  if ('calls' in layout && layout.broken) return undefined
  const inner = 'members' in layout ? layout.members : 'calls' in layout ? [layout.head, ...layout.calls] : layout
  const parts = inner.map(flatten)
  return parts.includes(undefined) ? undefined : parts.join('members' in layout ? ' | ' : '')
}

function flatLength(layout: Layout): number {
  const text = flatten(layout)
  return text === undefined ? 0 : text.length
}
