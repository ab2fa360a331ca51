import { h, icon } from './dom.ts'
import type { Filter } from './query.ts'

/** Search, open or done, and the order. */
export interface Toolbar {
  readonly element: HTMLElement
  focusSearch(): void
  set(filter: Filter): void
}

/** Makes the toolbar. */
export function createToolbar(change: (part: Partial<Filter>) => void): Toolbar {
  const search = h('input', {
    type: 'search',
    name: 'search',
    placeholder: 'Search',
    ariaLabel: 'Search',
    maxLength: 100,
  })
  let typing: ReturnType<typeof setTimeout> | undefined
  search.addEventListener('input', () => {
    clearTimeout(typing)
    typing = setTimeout(() => change({ search: search.value.trim() }), 150)
  })
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    if (search.value === '') return search.blur()
    search.value = ''
    change({ search: '' })
  })
  const choice = (status: Filter['status'], label: string) => {
    const radio = h('input', { type: 'radio', name: 'status', value: status, onchange: () => change({ status }) })
    return h('label', {}, radio, h('span', {}, label))
  }
  const status = h(
    'fieldset',
    { className: 'segments' },
    h('legend', { className: 'visually-hidden' }, 'Which'),
    choice('open', 'Open'),
    choice('done', 'Done'),
    choice('any', 'All'),
  )
  const sort = h(
    'select',
    { name: 'sort', ariaLabel: 'Order', onchange: () => change({ sort: sort.value === 'due' ? 'due' : 'added' }) },
    h('option', { value: 'added', textContent: 'Newest first' }),
    h('option', { value: 'due', textContent: 'By due date' }),
  )
  return {
    element: h(
      'div',
      { className: 'toolbar', role: 'search' },
      h('div', { className: 'search' }, icon('search'), search, h('kbd', {}, '/')),
      status,
      sort,
    ),
    focusSearch: () => search.focus(),
    set(filter) {
      sort.value = filter.sort
      const radio = status.querySelector<HTMLInputElement>(`input[value="${filter.status}"]`)
      if (radio) radio.checked = true
      if (document.activeElement !== search) search.value = filter.search
    },
  }
}
