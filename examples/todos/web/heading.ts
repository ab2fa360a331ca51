import type { List } from '../contracts/lists.ts'
import { h, icon } from './dom.ts'
import { complainAbout, field } from './field.ts'

/** The title of what is shown; that of a list can be changed. */
export interface Heading {
  readonly element: HTMLElement
  update(title: string, subtitle: string, list: List | undefined): void
}

interface HeadingActions {
  /** Throws what the form has to show. */
  rename(list: List, name: string): Promise<void>
  remove(list: List): void
  fail(error: unknown): void
}

/** Makes the heading. */
export function createHeading(actions: HeadingActions): Heading {
  let list: List | undefined
  const title = h('h1')
  const subtitle = h('p', { className: 'subtitle' })
  const name = field('Name of the list', h('input', { name: 'list-name', autocomplete: 'off' }), {
    too_small: 'Give it a name.',
    invalid_format: 'Give it a name.',
    too_big: 'Use at most 60 characters.',
  })
  const form = h('form', { className: 'heading-form', noValidate: true, hidden: true }, name.element)
  const button = (label: string, drawing: 'pencil' | 'trash', onclick: () => void) =>
    h('button', { type: 'button', className: 'icon-button', onclick, ariaLabel: label }, icon(drawing))
  const rename = button('Rename list', 'pencil', open)
  const remove = button('Delete list', 'trash', () => void confirmRemoval())
  const buttons = h('div', { className: 'heading-buttons' }, rename, remove)

  function open(): void {
    name.input.value = list?.name ?? ''
    form.hidden = false
    title.hidden = true
    name.input.focus()
  }

  function close(): void {
    if (form.hidden) return
    form.hidden = true
    title.hidden = false
    name.complain('')
    rename.focus()
  }

  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!list) return
    actions.rename(list, name.input.value).then(close, (error: unknown) => {
      if (!complainAbout(error, { name })) actions.fail(error)
    })
  })

  async function confirmRemoval(): Promise<void> {
    if (!list) return
    const { name, open, done } = list
    const todos = open + done
    const loss =
      todos === 0 ? 'It is empty.' : `Its ${todos === 1 ? 'todo goes' : `${todos} todos go`} with it, for good.`
    if (await confirm(`Delete “${name}”?`, loss, 'Delete list')) actions.remove(list)
  }

  return {
    element: h('header', { className: 'heading' }, h('div', {}, title, form, subtitle), buttons),
    update(text, detail, next) {
      if (next?.id !== list?.id) close()
      list = next
      title.textContent = text
      subtitle.textContent = detail
      buttons.hidden = next === undefined
    },
  }
}

/** Asks in a dialog, which keeps the focus until it is answered. */
function confirm(question: string, detail: string, yes: string): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog: HTMLDialogElement = h(
      'dialog',
      { className: 'dialog', onclose: () => answer(), ariaLabel: question },
      h('h2', {}, question),
      h('p', {}, detail),
      h(
        'div',
        { className: 'dialog-buttons' },
        h('button', { type: 'button', className: 'button', textContent: 'Cancel', onclick: () => dialog.close() }),
        h('button', {
          type: 'button',
          className: 'button button-danger',
          textContent: yes,
          onclick: () => dialog.close('yes'),
        }),
      ),
    )
    const answer = () => {
      dialog.remove()
      resolve(dialog.returnValue === 'yes')
    }
    document.body.append(dialog)
    dialog.showModal()
  })
}
