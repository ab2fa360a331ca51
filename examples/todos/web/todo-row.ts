import type { List } from '../contracts/lists.ts'
import type { Todo, TodoPatch } from '../contracts/todos.ts'
import { createAttachments } from './attachments.ts'
import { formatDue, toField } from './dates.ts'
import { colour, dot, h, icon } from './dom.ts'
import { createDuePicker } from './due-picker.ts'
import { complainAbout, field } from './field.ts'

/** What can be done to a todo from its row. */
export interface RowActions {
  toggle(todo: Todo): void
  remove(todo: Todo): void
  /** Throws what the form has to show. */
  save(patch: TodoPatch): Promise<void>
  fail(error: unknown): void
  lists(): readonly List[]
  /** Whether todos of several lists are shown. */
  namesLists(): boolean
}

/** A todo on the page. */
export interface Row {
  readonly element: HTMLLIElement
  update(todo: Todo): void
  focus(): void
}

/** Makes the row of a todo; a press on its title opens the form to edit it. */
export function createRow(initial: Todo, actions: RowActions): Row {
  let todo = initial
  const check = h('input', { type: 'checkbox', className: 'check', onchange: () => actions.toggle(todo) })
  const title = h('button', { type: 'button', className: 'todo-title', onclick: edit })
  const notes = h('p', { className: 'todo-notes' })
  const due = h('time', { className: 'due' })
  const list = h('span', { className: 'todo-list-name' })
  const files = h('span', { className: 'todo-files' })
  const change = h('button', { type: 'button', className: 'icon-button', onclick: edit }, icon('pencil'))
  const remove = h(
    'button',
    { type: 'button', className: 'icon-button', onclick: () => actions.remove(todo) },
    icon('trash'),
  )
  const shown = [
    check,
    h('div', { className: 'todo-body' }, title, notes, h('div', { className: 'todo-facts' }, due, files, list)),
    h('div', { className: 'todo-actions' }, change, remove),
  ]
  const element = h('li', { className: 'todo', dataset: { id: todo.id } }, ...shown)

  function update(next: Todo): void {
    todo = next
    check.checked = todo.done
    check.setAttribute('aria-label', `Done: ${todo.title}`)
    title.textContent = todo.title
    change.setAttribute('aria-label', `Edit ${todo.title}`)
    remove.setAttribute('aria-label', `Delete ${todo.title}`)
    notes.textContent = todo.notes
    notes.hidden = todo.notes === ''
    due.hidden = todo.due === undefined
    if (todo.due) due.dateTime = todo.due.toISOString()
    const overdue = todo.due !== undefined && todo.due < new Date() && !todo.done
    due.textContent = todo.due ? formatDue(todo.due) + (overdue ? ' · overdue' : '') : ''
    due.classList.toggle('due-over', overdue)
    files.hidden = todo.attachments === 0
    files.replaceChildren(icon('clip'), todo.attachments === 1 ? '1 file' : `${todo.attachments} files`)
    const lists = actions.lists()
    const place = lists.findIndex(({ id }) => id === todo.list)
    list.hidden = !actions.namesLists()
    list.replaceChildren(dot(), lists[place]?.name ?? '')
    colour(list, place)
    element.classList.toggle('todo-done', todo.done)
  }

  function edit(): void {
    const { form, focus } = createEditor(todo, actions, close)
    element.replaceChildren(form)
    element.classList.add('todo-open')
    focus()
  }

  function close(): void {
    element.replaceChildren(...shown)
    element.classList.remove('todo-open')
    title.focus()
  }

  update(todo)
  return { element, update, focus: () => check.focus() }
}

function createEditor(todo: Todo, actions: RowActions, close: () => void) {
  const title = field('Title', h('input', { name: 'title', value: todo.title, autocomplete: 'off' }), {
    too_small: 'What is to be done?',
    invalid_format: 'What is to be done?',
    too_big: 'Use at most 200 characters.',
  })
  const notes = field('Notes', h('textarea', { name: 'notes', rows: 3, value: todo.notes }), {
    too_big: 'Use at most 2,000 characters.',
  })
  const picker = createDuePicker(todo.due)
  const options = actions.lists().map(({ id, name }) => h('option', { value: id, textContent: name }))
  const list = field('List', h('select', { name: 'list' }, ...options))
  list.input.value = todo.list
  list.element.hidden = options.length < 2
  const attachments = createAttachments(todo.id, actions.fail)
  const save = h('button', { className: 'button button-primary', type: 'submit', textContent: 'Save' })
  const form = h(
    'form',
    { className: 'editor', noValidate: true, onsubmit: (event) => void send(event) },
    title.element,
    notes.element,
    h('div', { className: 'editor-row' }, picker.element, list.element),
    attachments.element,
    h(
      'div',
      { className: 'editor-buttons' },
      save,
      h('button', { className: 'button', type: 'button', textContent: 'Cancel', onclick: close }),
    ),
  )
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })

  async function send(event: Event): Promise<void> {
    event.preventDefault()
    if (save.disabled) return
    save.disabled = true
    try {
      // Only what was changed here, so that a change made elsewhere meanwhile is not undone.
      await actions.save({
        id: todo.id,
        ...(title.input.value !== todo.title && { title: title.input.value }),
        ...(notes.input.value !== todo.notes && { notes: notes.input.value }),
        ...(picker.field.input.value !== toField(todo.due) && { due: picker.get() ?? null }),
        ...(list.input.value !== todo.list && { list: list.input.value }),
      })
      close()
    } catch (error) {
      if (!complainAbout(error, { title, notes, due: picker.field, list })) actions.fail(error)
    } finally {
      save.disabled = false
    }
  }

  return {
    form,
    focus() {
      form.scrollIntoView({ block: 'nearest' })
      title.input.focus()
      if (title.input instanceof HTMLInputElement) title.input.select()
    },
  }
}
