import { messageOf } from './api.ts'
import { h, icon } from './dom.ts'

interface Action {
  readonly label: string
  run(): void
}

/** Shows a short message for a while, with something to do about it. */
export function toast(text: string, action?: Action): void {
  show(text, 'info', action)
}

/** Shows what went wrong. */
export function toastError(error: unknown): void {
  show(messageOf(error), 'error')
  if (!(error instanceof Error) || error.name !== 'PikkuError') console.error(error)
}

function show(text: string, kind: 'info' | 'error', action?: Action): void {
  const close = () => element.remove()
  const button =
    action &&
    h('button', {
      type: 'button',
      className: 'toast-action',
      textContent: action.label,
      onclick: () => {
        close()
        action.run()
      },
    })
  const dismiss = h(
    'button',
    { type: 'button', className: 'icon-button', onclick: close, ariaLabel: 'Dismiss' },
    icon('close'),
  )
  const role = kind === 'error' ? 'alert' : 'status'
  const element = h('div', { className: `toast toast-${kind}`, role }, h('span', {}, text), button, dismiss)
  const toasts = document.getElementById('toasts')
  toasts?.append(element)
  while (toasts && toasts.children.length > 3) toasts.firstElementChild?.remove()
  let timer = setTimeout(close, 6000)
  // Who is about to read or to press it needs more time.
  const hold = () => clearTimeout(timer)
  const release = () => {
    hold()
    timer = setTimeout(close, 3000)
  }
  element.addEventListener('pointerenter', hold)
  element.addEventListener('focusin', hold)
  element.addEventListener('pointerleave', release)
  element.addEventListener('focusout', release)
}
