/** Text that finds its own line breaks: what fits on a line stays on it, as a formatter would have it. */
export type Layout = string | readonly Layout[] | Enclosing | Alternatives | Chain | Above

/** What is measured once, when it is made: it is asked about again and again. */
interface Measured {
  /** How long it is on one line; without end when it must not be on one. */
  readonly width: number
}

/** The members of a union of types. */
interface Alternatives extends Measured {
  readonly members: readonly Layout[]
  /** Stands in parentheses when it takes several lines. */
  readonly apart: boolean
}

/** A call and those that follow it: `z.object({ … }).optional()`. */
interface Chain extends Measured {
  readonly head: Layout
  readonly calls: readonly Layout[]
  /** A call a line, whether it fits or not. */
  readonly broken: boolean
}

/** Whole lines above what follows them, such as a comment. */
interface Above extends Measured {
  /** The lines at this indent, each with its line break. */
  readonly above: (indent: string) => string
}

interface Enclosing extends Measured {
  readonly enclosed: Enclosed
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

/** What a line holds. */
const longest = 120

/** `A | B`: on one line or a member a line. */
export function union(members: readonly Layout[], { apart = false } = {}): Layout {
  const [only] = members
  return members.length === 1 && only !== undefined ? only : alternatives(members, apart)
}

/** `head.a().b()`: on one line or a call a line. Calls that are empty are left out. */
export function chain(head: Layout, calls: readonly Layout[], { broken = false } = {}): Layout {
  const made = calls.filter((call) => call !== '')
  if (made.length === 0) return head
  if (typeof head === 'object' && 'calls' in head) return calling(head.head, [...head.calls, ...made], head.broken)
  return calling(head, made, broken)
}

/** `(A | B)`, where something follows that would bind closer. */
export function parentheses(inner: Layout): Layout {
  return enclosed('(', [inner], ')', { padding: '', separator: '' })
}

/** Lines above what follows, at whatever indent that stands. */
export function above(lines: (indent: string) => string): Layout {
  return { above: lines, width: Number.POSITIVE_INFINITY }
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
  return enclosing({ open, items, close, separator: ',', final: true, broken: false, ...options })
}

function enclosing(of: Enclosed): Enclosing {
  const { open, items, close, padding, separator, broken } = of
  const around = open.length + 2 * padding.length + close.length
  return { enclosed: of, width: broken ? Number.POSITIVE_INFINITY : around + widthOf(items, between(separator).length) }
}

/** What stands between two items on one line. */
function between(separator: string): string {
  return `${separator || ';'} `
}

function alternatives(members: readonly Layout[], apart: boolean): Alternatives {
  return { members, apart, width: widthOf(members, ' | '.length) }
}

function calling(head: Layout, calls: readonly Layout[], broken: boolean): Chain {
  return { head, calls, broken, width: broken ? Number.POSITIVE_INFINITY : widthOf([head, ...calls]) }
}

/** How long these are on one line, each so far from the next. */
function widthOf(layouts: readonly Layout[], apart = 0, from = 0): number {
  let width = 0
  for (let at = from; at < layouts.length; at++) {
    const layout = layouts[at] as Layout
    if (at > from) width += apart
    if (typeof layout !== 'string') width += 'width' in layout ? layout.width : widthOf(layout)
    else if (layout.includes('\n')) return Number.POSITIVE_INFINITY
    else width += layout.length
  }
  return width
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
    const next =
      typeof part === 'string' ? part : render(part, indent, columnAfter(text, column), widthAfter(layout, at) + after)
    text = (next.startsWith('\n') ? text.trimEnd() : text) + next
  }
  return text
}

/** Where a text ends that starts in this column. */
function columnAfter(text: string, column: number): number {
  const line = text.lastIndexOf('\n')
  return line === -1 ? column + text.length : text.length - line - 1
}

/** How much follows on the line of one of these; nothing where that breaks its line anyway. */
function widthAfter(layouts: readonly Layout[], at: number): number {
  const width = widthOf(layouts, 0, at + 1)
  return Number.isFinite(width) ? width : 0
}

function renderUnion(layout: Alternatives, indent: string, column: number, after: number): string {
  if (column + layout.width + after <= longest) return flatten(layout)
  const { members } = layout
  const objects = members.filter((member) => member !== 'null')
  const [only] = objects
  // An object that can be null breaks inside of itself.
  if (objects.length === 1 && only !== undefined && hugs(only)) {
    return members.map((member) => render(member, indent)).join(' | ')
  }
  if (layout.apart) {
    const inner = `${indent}  `
    return `(\n${inner}${renderUnion(alternatives(members, false), inner, inner.length, 0)}\n${indent})`
  }
  // What begins its line stays where it is; what follows a name goes to the next line.
  const own = column === indent.length
  const bar = own ? indent : `${indent}  `
  const lines = members.map((member) => `| ${render(member, `${bar}  `, bar.length + 2)}`)
  return `${own ? '' : `\n${bar}`}${lines.join(`\n${bar}`)}`
}

function renderChain(layout: Chain, indent: string, column: number, after: number): string {
  if (column + layout.width + after <= longest) return flatten(layout)
  const { head, calls } = layout
  const inner = `${indent}  `
  const open = typeof head === 'object' && 'enclosed' in head ? head.enclosed.open : ''
  const dot = open.indexOf('.')
  if (dot === -1 || typeof head === 'string' || !('enclosed' in head))
    return [head, ...calls].map((part) => render(part, indent)).join('')
  // `z` stands alone, and each call on a line of its own.
  const first = enclosing({ ...head.enclosed, open: open.slice(dot) })
  return [open.slice(0, dot), ...[first, ...calls].map((call) => render(call, inner))].join(`\n${inner}`)
}

function renderEnclosed(layout: Enclosing, indent: string, column: number, after: number): string {
  const { open, items, close, separator, final } = layout.enclosed
  if (column + layout.width + after <= longest) return flatten(layout)
  const last = items.at(-1)
  // A call breaks inside of its last argument where the others are short, as z.object({ does.
  if ((open.endsWith('(') || (open.endsWith('<') && items.length === 1)) && last !== undefined && hugs(last)) {
    const others = items.slice(0, -1)
    if (Number.isFinite(widthOf(others))) {
      const start = open + others.map((item) => `${flatten(item)}, `).join('')
      return `${start}${render(last, indent, column + start.length, after + 1)}${close}`
    }
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

/** The layout on one line, where it can be on one. */
function flatten(layout: Layout): string {
  if (typeof layout === 'string') return layout
  if ('above' in layout) return ''
  if ('enclosed' in layout) {
    const { open, items, close, padding, separator } = layout.enclosed
    return `${open}${padding}${items.map(flatten).join(between(separator))}${padding}${close}`
  }
  if ('members' in layout) return layout.members.map(flatten).join(' | ')
  return ('calls' in layout ? [layout.head, ...layout.calls] : layout).map(flatten).join('')
}
