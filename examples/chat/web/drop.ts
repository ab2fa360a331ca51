import { h, icon } from './dom.ts'

/** Lets files be dropped anywhere on an element, and shows that they can be. */
export function createDrop(element: HTMLElement, share: (files: readonly File[]) => void): HTMLElement {
  const hint = h('div', { className: 'drop', hidden: true }, icon('clip'), 'Drop to share')
  // The parts of the element are entered and left too.
  let depth = 0
  const end = () => {
    depth = 0
    hint.hidden = true
  }
  element.append(hint)
  element.addEventListener('dragenter', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    depth += 1
    hint.hidden = false
  })
  element.addEventListener('dragleave', () => {
    depth -= 1
    if (depth <= 0) end()
  })
  element.addEventListener('dragover', (event) => event.preventDefault())
  element.addEventListener('drop', (event) => {
    event.preventDefault()
    end()
    share([...(event.dataTransfer?.files ?? [])])
  })
  return element
}
