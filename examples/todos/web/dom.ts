type Child = Node | string | false | undefined

/** Makes an element with these properties. Texts become text nodes, never markup, whatever a user wrote. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { dataset, ...properties }: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties)
  Object.assign(element.dataset, dataset)
  element.append(...children.filter((child) => child !== false && child !== undefined))
  return element
}

/** Puts the children in place, and moves only what is not there yet, so that focus stays where it is. */
export function arrange(parent: Element, children: readonly Element[]): void {
  for (const child of [...parent.children]) if (!children.includes(child)) child.remove()
  for (const [index, child] of children.entries()) {
    const current = parent.children[index]
    if (current !== child) parent.insertBefore(child, current ?? null)
  }
}

const shapes = {
  check: 'm5 12.5 4.5 4.5L19 7.5',
  plus: 'M12 5v14M5 12h14',
  trash: 'M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.5 11v5M13.5 11v5',
  pencil: 'M4.5 19.5 5.5 15.5 16 5l3 3L8.5 18.500zM13.5 7.500l3 3',
  inbox: 'M4 13.5 6.5 5h11L20 13.500V19H4zM4 13.500h4.500l1.5 2.500h4l1.5-2.500H20',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.300 5.300l1.4 1.400M17.300 17.300l1.4 1.400M5.300 18.700l1.4-1.400M17.300 6.700l1.4-1.4',
  calendar: 'M4.5 6h15v13.500h-15zM4.5 10.500h15M8.5 3.500V8M15.5 3.500V8',
  list: 'M9 6.500h11M9 12h11M9 17.500h11M4.5 6.500h.01M4.5 12h.01M4.5 17.500h.01',
  search: 'M10.5 4.500a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l5 5',
  leave: 'M14 4.500H5.500v15H14M10 12h10M16.5 8.5 20 12l-3.5 3.5',
  close: 'M6 6l12 12M18 6 6 18',
  clip: 'm19 11.5-7.5 7.5a4.6 4.6 0 0 1-6.5-6.5L13 4.5a3.1 3.1 0 0 1 4.4 4.4l-7.7 7.7a1.6 1.6 0 0 1-2.3-2.3l6.9-6.9',
  file: 'M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4',
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

/** A dot in the colour of a list. */
export function dot(): HTMLElement {
  return h('span', { className: 'dot', ariaHidden: 'true' })
}

/** Gives what is in an element the colour of the list at this place: each is far from the one before. */
export function colour(element: HTMLElement, place: number): void {
  element.style.setProperty('--hue', String((270 + place * 137.5) % 360))
}

/** Says something to those who hear the page instead of seeing it. */
export function announce(text: string): void {
  const announcer = document.getElementById('announcer')
  if (announcer) announcer.textContent = text
}
