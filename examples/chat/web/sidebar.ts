import type { Room } from '../contracts/rooms.ts'
import { isError, messageOf } from './api.ts'
import { arrange, avatar, h, icon } from './dom.ts'

/** The way around: the rooms, who one is, and whether there is a connection. */
export interface Sidebar {
  readonly element: HTMLElement
  show(rooms: readonly Room[], here: string, unread: ReadonlyMap<string, number>): void
  connected(isConnected: boolean): void
  /** Says what went wrong; an empty text takes it back. */
  complain(text: string): void
}

interface SidebarActions {
  /** Throws what the form has to show. */
  create(name: string): Promise<void>
  signOut(): void
}

/** Makes the sidebar. */
export function createSidebar(me: string, actions: SidebarActions): Sidebar {
  const links = new Map<string, RoomLink>()
  const list = h('div', { className: 'rooms' })
  const form = createRoomForm(actions)
  const problem = h('p', { className: 'problem', hidden: true, role: 'alert' })
  const status = h('p', { className: 'status', role: 'status' }, h('span', { className: 'status-text' }))
  const add = h(
    'button',
    { type: 'button', className: 'icon-button', ariaLabel: 'New room', onclick: form.open },
    icon('plus'),
  )
  const leave = h(
    'button',
    { type: 'button', className: 'icon-button', ariaLabel: 'Sign out', onclick: actions.signOut },
    icon('leave'),
  )
  const element = h(
    'aside',
    { className: 'sidebar' },
    h('div', { className: 'brand' }, h('span', { className: 'mark' }, icon('bubble')), 'Chat', status),
    h(
      'nav',
      { ariaLabel: 'Rooms' },
      h('div', { className: 'nav-heading' }, h('h2', {}, 'Rooms'), add),
      list,
      form.element,
    ),
    problem,
    h('div', { className: 'account' }, avatar(me), h('span', { className: 'account-name' }, me), leave),
  )
  const connected = (isConnected: boolean) => {
    status.classList.toggle('status-away', !isConnected)
    status.lastElementChild?.replaceChildren(isConnected ? 'Connected' : 'Connecting…')
  }
  connected(false)
  return {
    element,
    connected,
    complain(text) {
      problem.textContent = text
      problem.hidden = text === ''
    },
    show(rooms, here, unread) {
      arrange(
        list,
        rooms.map((room) => {
          const link = links.get(room.id) ?? createLink(room)
          links.set(room.id, link)
          link.update(room.id === here, unread.get(room.id) ?? 0)
          return link.element
        }),
      )
    },
  }
}

interface RoomLink {
  readonly element: HTMLAnchorElement
  update(isHere: boolean, unread: number): void
}

function createLink({ id, name }: Room): RoomLink {
  const badge = h('span', { className: 'badge' })
  const label = h('span', { className: 'nav-label' }, name)
  const element = h('a', { href: `#${encodeURIComponent(id)}`, className: 'nav-link' }, icon('hash'), label, badge)
  return {
    element,
    update(isHere, unread) {
      badge.hidden = unread === 0
      badge.replaceChildren(String(unread), h('span', { className: 'visually-hidden' }, ' new'))
      element.classList.toggle('nav-link-new', unread > 0)
      if (isHere) element.setAttribute('aria-current', 'page')
      else element.removeAttribute('aria-current')
    },
  }
}

function createRoomForm({ create }: SidebarActions) {
  const name = h('input', { name: 'room', ariaLabel: 'Name of the new room', placeholder: 'Name', maxLength: 40 })
  const problem = h('p', { className: 'problem', hidden: true, role: 'alert' })
  const element = h('form', { className: 'nav-form', hidden: true, noValidate: true }, name, problem)
  const complain = (text: string) => {
    problem.textContent = text
    problem.hidden = text === ''
  }
  const close = () => {
    element.hidden = true
    name.value = ''
    complain('')
  }
  name.autocomplete = 'off'
  name.addEventListener('input', () => complain(''))
  name.addEventListener('blur', () => name.value.trim() === '' && close())
  element.addEventListener('keydown', (event) => event.key === 'Escape' && close())
  element.addEventListener('submit', (event) => {
    event.preventDefault()
    create(name.value.trim()).then(close, (error: unknown) => {
      complain(isError(error, 'INVALID_INPUT') ? 'Type a name with a letter in it.' : messageOf(error))
    })
  })
  return {
    element,
    open() {
      element.hidden = false
      name.focus()
    },
  }
}
