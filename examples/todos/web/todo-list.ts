import type { Todo } from '../contracts/todos.ts'
import { announce, arrange, h, icon } from './dom.ts'
import { createRow, type Row, type RowActions } from './todo-row.ts'

/** The todos on the page, and what stands there when there are none. */
export interface TodoList {
  readonly element: HTMLElement
  /** Grey bars, until the first answer comes. */
  showLoading(): void
  showError(message: string, retry: () => void): void
  show(todos: readonly Todo[], more: (() => void) | undefined, empty: string): void
  /** Moves the focus to the neighbour of a row that is about to go. */
  leave(id: string): void
}

/** Makes the list of todos. Rows stay the same elements as long as their todos are shown. */
export function createTodoList(actions: RowActions): TodoList {
  const rows = new Map<string, Row>()
  const list = h('ul', { className: 'todos', ariaLabel: 'Todos' })
  const note = h('div', { className: 'note', hidden: true })
  const more = h('button', { type: 'button', className: 'button more', textContent: 'Load more', hidden: true })
  const element = h('div', { className: 'list' }, list, note, more)
  list.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && event.target instanceof Element && event.target.matches('.check, .todo-title')) walk(event, step)
  })

  /** The arrow keys go from row to row. */
  function walk(event: KeyboardEvent, step: number): void {
    const target = event.target as Element
    const all = [...list.querySelectorAll<HTMLElement>(target.matches('.check') ? '.check' : '.todo-title')]
    const next = all[all.indexOf(target as HTMLElement) + step]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  return {
    element,
    showLoading() {
      note.hidden = true
      more.hidden = true
      rows.clear()
      list.setAttribute('aria-busy', 'true')
      list.replaceChildren(...Array.from({ length: 4 }, () => h('li', { className: 'skeleton', ariaHidden: 'true' })))
    },
    showError(message, retry) {
      rows.clear()
      list.replaceChildren()
      list.removeAttribute('aria-busy')
      more.hidden = true
      note.hidden = false
      const button = h('button', { type: 'button', className: 'button', textContent: 'Try again', onclick: retry })
      note.replaceChildren(h('p', { role: 'alert' }, message), button)
    },
    show(todos, loadMore, empty) {
      list.removeAttribute('aria-busy')
      for (const id of rows.keys()) if (!todos.some((todo) => todo.id === id)) rows.delete(id)
      arrange(
        list,
        todos.map((todo) => {
          const row = rows.get(todo.id) ?? createRow(todo, actions)
          rows.set(todo.id, row)
          row.update(todo)
          return row.element
        }),
      )
      more.hidden = loadMore === undefined
      more.onclick = loadMore ?? null
      const isEmpty = todos.length === 0 && !loadMore
      if (isEmpty && note.hidden) announce(empty)
      note.hidden = !isEmpty
      note.replaceChildren(icon('inbox'), h('p', {}, empty))
    },
    leave(id) {
      const element = rows.get(id)?.element
      if (!element?.contains(document.activeElement)) return
      const neighbour = element.nextElementSibling ?? element.previousElementSibling
      for (const row of rows.values()) if (row.element === neighbour) row.focus()
    },
  }
}
