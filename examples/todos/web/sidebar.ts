import type { Account } from '../contracts/account.ts'
import type { List } from '../contracts/lists.ts'
import type { Stats } from '../contracts/todos.ts'
import { lastWeek } from './dates.ts'
import { arrange, colour, dot, h, icon } from './dom.ts'
import { complainAbout, field } from './field.ts'
import { hashOf, type View } from './query.ts'

/** The way around: views, lists, the week, the account. */
export interface Sidebar {
  readonly element: HTMLElement
  update(view: View, lists: readonly List[], stats: Stats | undefined): void
  /** Opens the line for a new list. */
  addList(): void
}

interface SidebarActions {
  /** Throws what the form has to show. */
  createList(name: string): Promise<void>
  signOut(): void
  fail(error: unknown): void
}

/** Makes the sidebar. */
export function createSidebar(account: Account, actions: SidebarActions): Sidebar {
  const all = link({ kind: 'all' }, icon('inbox'), 'All todos')
  const today = link({ kind: 'today' }, icon('sun'), 'Today')
  const upcoming = link({ kind: 'upcoming' }, icon('calendar'), 'Upcoming')
  const links = new Map<string, NavLink>()
  const lists = h('div', { className: 'nav-lists' })
  const week = createWeek()
  const form = createListForm(actions)
  const add = h(
    'button',
    { type: 'button', className: 'icon-button', onclick: form.open, ariaLabel: 'New list' },
    icon('plus'),
  )
  const leave = h(
    'button',
    { type: 'button', className: 'icon-button', onclick: actions.signOut, ariaLabel: 'Sign out' },
    icon('leave'),
  )
  const element = h(
    'aside',
    { className: 'sidebar' },
    h('div', { className: 'brand' }, h('span', { className: 'mark' }, icon('check')), 'Todos'),
    h(
      'nav',
      { ariaLabel: 'Todos' },
      all.element,
      today.element,
      upcoming.element,
      h('div', { className: 'nav-heading' }, h('h2', {}, 'Lists'), add),
      lists,
      form.element,
    ),
    week.element,
    h(
      'div',
      { className: 'account' },
      h('span', { className: 'avatar', ariaHidden: 'true' }, initials(account.name)),
      h('span', { className: 'account-name', title: account.email }, account.name),
      leave,
    ),
  )
  return {
    element,
    addList: form.open,
    update(view, current, stats) {
      const here = hashOf(view)
      all.update(here, stats?.open ?? 0)
      today.update(here, stats?.overdue ?? 0, 'overdue')
      upcoming.update(here, 0)
      arrange(
        lists,
        current.map((list, place) => {
          const known = links.get(list.id) ?? link({ kind: 'list', id: list.id }, dot(), list.name)
          links.set(list.id, known)
          known.update(here, list.open, 'open', list.name)
          colour(known.element, place)
          return known.element
        }),
      )
      if (stats) week.update(stats.doneByDay)
    },
  }
}

interface NavLink {
  readonly element: HTMLAnchorElement
  update(here: string, count: number, of?: 'open' | 'overdue', name?: string): void
}

function link(view: View, drawing: Element, name: string): NavLink {
  const label = h('span', { className: 'nav-label' }, name)
  const badge = h('span', { className: 'badge' })
  const element = h('a', { href: hashOf(view), className: 'nav-link' }, drawing, label, badge)
  return {
    element,
    update(here, count, of = 'open', newName = name) {
      label.textContent = newName
      badge.hidden = count === 0
      badge.textContent = String(count)
      badge.setAttribute('aria-label', `${count} ${of}`)
      badge.classList.toggle('badge-over', of === 'overdue')
      if (here === hashOf(view)) element.setAttribute('aria-current', 'page')
      else element.removeAttribute('aria-current')
    },
  }
}

function createListForm({ createList, fail }: SidebarActions) {
  const name = field(
    'Name of the new list',
    h('input', { name: 'list-name', placeholder: 'List name', autocomplete: 'off' }),
    {
      too_small: 'Give it a name.',
      invalid_format: 'Give it a name.',
      too_big: 'Use at most 60 characters.',
    },
  )
  const element = h('form', { className: 'nav-form', hidden: true, noValidate: true }, name.element)
  const close = () => {
    element.hidden = true
    name.input.value = ''
    name.complain('')
  }
  element.addEventListener('submit', (event) => {
    event.preventDefault()
    createList(name.input.value).then(close, (error: unknown) => {
      if (!complainAbout(error, { name })) fail(error)
    })
  })
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close()
  })
  name.input.addEventListener('blur', () => {
    if (name.input.value.trim() === '') close()
  })
  return {
    element,
    open() {
      element.hidden = false
      name.input.focus()
    },
  }
}

/** Seven bars: what was done on each of the last seven days. */
function createWeek() {
  const bars = h('div', { className: 'bars', ariaHidden: 'true' })
  const summary = h('p', { className: 'week-summary' })
  return {
    element: h('section', { className: 'week', ariaLabel: 'The last seven days' }, summary, bars),
    update(doneByDay: ReadonlyMap<string, number>) {
      const days = lastWeek().map(({ key, label }) => ({ label, done: doneByDay.get(key) ?? 0 }))
      const most = Math.max(1, ...days.map(({ done }) => done))
      const sum = days.reduce((total, { done }) => total + done, 0)
      summary.textContent = `${sum} done this week`
      bars.replaceChildren(
        ...days.map(({ label, done }) => {
          const fill = h('span', { className: 'bar-fill' })
          fill.style.setProperty('--share', String(done / most))
          return h('span', { className: 'bar', title: `${label}: ${done}` }, fill, h('span', {}, label.slice(0, 1)))
        }),
      )
    },
  }
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
