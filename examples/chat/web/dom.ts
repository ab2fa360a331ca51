type Child = Node | string | false | undefined

/** Makes an element with these properties. Texts become text nodes, never markup, whatever a user wrote. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children.filter((child) => child !== false && child !== undefined))
  return element
}

/** Puts the children in place, and moves only what is not there yet, so that focus and pictures stay. */
export function arrange(parent: Element, children: readonly Element[]): void {
  const wanted = new Set(children)
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove()
  for (const [index, child] of children.entries()) {
    const current = parent.children[index]
    if (current !== child) parent.insertBefore(child, current ?? null)
  }
}

const shapes = {
  hash: 'M9.500 4 7.500 20M16.500 4l-2 16M4.500 9h16M3.500 15h16',
  plus: 'M12 5v14M5 12h14',
  send: 'M5 12h13M12.5 6l6 6-6 6',
  clip: 'm19 11.5-7.5 7.5a4.6 4.6 0 0 1-6.5-6.500L13 4.500a3.1 3.1 0 0 1 4.400 4.400l-7.700 7.700a1.600 1.600 0 0 1-2.300-2.300l6.900-6.900',
  file: 'M6.5 3.500h7l4 4v13h-11zM13.5 3.500v4h4',
  leave: 'M14 4.500H5.500v15H14M10 12h10M16.5 8.500 20 12l-3.500 3.500',
  down: 'M12 5v13M6 12.500l6 6 6-6',
  bubble:
    'M5.500 5.500h13a1.500 1.500 0 0 1 1.500 1.500v8a1.500 1.500 0 0 1-1.500 1.500H12l-4.500 3.500v-3.500h-2A1.500 1.500 0 0 1 4 15V7a1.500 1.500 0 0 1 1.500-1.500z',
} as const

/** A small drawing that says nothing to a screen reader. */
export function icon(name: keyof typeof shapes): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', shapes[name])
  svg.append(path)
  return svg
}

/** A round sign with the first letters of a name, in a colour of its own. */
export function avatar(name: string): HTMLElement {
  const [first = '', ...others] = name.trim().split(/\s+/)
  const letters = [first, others.at(-1) ?? ''].map((word) => [...word][0] ?? '').join('')
  const element = h('span', { className: 'avatar', ariaHidden: 'true' }, letters.toUpperCase())
  const sum = [...name].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 100_003, 7)
  element.style.setProperty('--hue', String((sum * 137.5) % 360))
  return element
}

/** Says something to those who hear the page instead of seeing it. */
export function announce(text: string): void {
  const announcer = document.getElementById('announcer')
  if (announcer) announcer.textContent = text
}
