/** Text that finds its own line breaks: what fits on a line stays on it, as a formatter would have it. */
export type Layout = string | readonly Layout[] | { readonly enclosed: Enclosed } | Above

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

/** Lines above what follows, at whatever indent that stands. */
export function above(lines: (indent: string) => string): Layout {
  return { above: lines }
}

/** `(a, b)`, `[a, b]`: on one line or an item a line. */
export function list(open: string, items: readonly Layout[], close: string): Layout {
  // The arguments of a type take no comma after the last.
  return enclosed(open, items, close, { padding: '', final: close !== '>' })
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

/** The text, starting in a column of a line that is indented so far already. */
export function render(layout: Layout, indent = '', column = indent.length): string {
  if (typeof layout === 'string') return layout
  if ('above' in layout) return `${layout.above(indent).trimStart()}${indent}`
  if ('enclosed' in layout) return renderEnclosed(layout.enclosed, indent, column, 0)
  let text = ''
  for (const [at, part] of layout.entries()) {
    const start = text.includes('\n') ? text.length - text.lastIndexOf('\n') - 1 : column + text.length
    text +=
      typeof part === 'object' && 'enclosed' in part
        ? renderEnclosed(part.enclosed, indent, start, flatLength(layout.slice(at + 1)))
        : render(part, indent, start)
  }
  return text
}

function renderEnclosed(enclosed: Enclosed, indent: string, column: number, after: number): string {
  const { open, items, close, separator, final } = enclosed
  const flat = flatten({ enclosed })
  if (flat !== undefined && column + flat.length + after <= width) return flat
  const last = items.at(-1)
  // A call breaks inside of its last argument where the others are short, as in z.array(z.object({.
  if (/[(<]$/.test(open) && last !== undefined && hugs(last)) {
    const start = open + items.slice(0, -1).map((item) => `${flatten(item) ?? '\n'}, `).join('')
    if (!start.includes('\n')) return `${start}${render(last, indent, column + start.length)}${close}`
  }
  const inner = `${indent}  `
  const lines = items.map((item, at) => {
    return `${inner}${render(item, inner)}${final || at < items.length - 1 ? separator : ''}\n`
  })
  return `${open}\n${lines.join('')}${indent}${close}`
}

/** Whether a layout breaks inside of itself rather than around it. */
function hugs(layout: Layout): boolean {
  if (typeof layout === 'string' || 'above' in layout) return false
  if ('enclosed' in layout) return layout.enclosed.items.length > 0
  const last = layout.at(-1)
  return last !== undefined && hugs(last)
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
  const parts = layout.map(flatten)
  return parts.includes(undefined) ? undefined : parts.join('')
}

function flatLength(layout: Layout): number {
  const text = flatten(layout)
  return text === undefined ? 0 : text.length
}
