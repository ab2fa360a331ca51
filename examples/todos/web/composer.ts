import type { List } from '../contracts/lists.ts'
import { laterToday, morning } from './dates.ts'
import { h, icon } from './dom.ts'
import { createDuePicker } from './due-picker.ts'
import { complainAbout, field } from './field.ts'
import type { View } from './query.ts'

/** What a new todo is made of. */
export interface Draft {
  readonly list: string
  readonly title: string
  readonly due?: Date
}

/** The line to add todos with. */
export interface Composer {
  readonly element: HTMLElement
  focus(): void
  update(view: View, lists: readonly List[]): void
}

/** Makes the line to add todos with. `add` throws what the line has to show. */
export function createComposer(add: (draft: Draft) => Promise<void>, fail: (error: unknown) => void): Composer {
  const title = field('New todo', h('input', { name: 'title', placeholder: 'Add a todo', autocomplete: 'off' }), {
    too_small: 'What is to be done?',
    invalid_format: 'What is to be done?',
    too_big: 'Use at most 200 characters.',
  })
  const picker = createDuePicker()
  const select = h('select', { name: 'list' })
  const list = field('List', select)
  const submit = h('button', { className: 'button button-primary', type: 'submit', textContent: 'Add' })
  const element = h(
    'form',
    { className: 'composer', noValidate: true, onsubmit: (event) => void send(event) },
    h('div', { className: 'composer-line' }, icon('plus'), title.element, h('kbd', {}, 'N'), submit),
    h('div', { className: 'composer-more' }, picker.element, list.element),
  )
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') title.input.blur()
  })
  let view: View = { kind: 'all' }
  let known = ''

  async function send(event: Event): Promise<void> {
    event.preventDefault()
    if (submit.disabled) return
    submit.disabled = true
    const due = picker.get()
    try {
      await add({ list: select.value, title: title.input.value, ...(due && { due }) })
      title.input.value = ''
      picker.set(usualDue(view))
    } catch (error) {
      if (!complainAbout(error, { title, due: picker.field, list })) fail(error)
    } finally {
      submit.disabled = false
      title.input.focus()
    }
  }

  return {
    element,
    focus: () => title.input.focus(),
    update(next, lists) {
      if (view.kind !== next.kind) picker.set(usualDue(next))
      const moved = JSON.stringify(view) !== JSON.stringify(next)
      const wanted = next.kind === 'list' ? next.id : select.value
      view = next
      const options = JSON.stringify(lists.map(({ id, name }) => [id, name]))
      if (options !== known)
        select.replaceChildren(...lists.map(({ id, name }) => h('option', { value: id, textContent: name })))
      known = options
      if (lists.some(({ id }) => id === wanted)) select.value = wanted
      if (moved) title.complain('')
      list.element.hidden = lists.length < 2
      element.hidden = lists.length === 0
    },
  }
}

/** A todo that is added to a view should be seen in it. */
function usualDue({ kind }: View): Date | undefined {
  if (kind === 'today') return laterToday()
  return kind === 'upcoming' ? morning(1) : undefined
}
