import type { Room } from '../contracts/rooms.ts'
import { api, isSignedOut, messageOf } from './api.ts'
import { Conversation } from './conversation.ts'
import { announce, h } from './dom.ts'
import { unsentRooms } from './outbox.ts'
import { createRoomView } from './room-view.ts'
import { createSidebar } from './sidebar.ts'

export interface House {
  readonly element: HTMLElement
  /** To be called when it is on the page. */
  focus(): void
  /** Ends what runs behind it. */
  leave(): void
}

/** What somebody sees who is signed in: the rooms, and one of them. */
export function createHouse(me: string, signedOut: () => void): House {
  const leaving = new AbortController()
  let rooms: readonly Room[] = []
  const unread = new Map<string, number>()
  /** The number of the last message in each room that was heard of. */
  const heard = new Map<string, bigint>()
  /** The rooms that this page is in: the one that is shown, and those to which something is still to be sent. */
  const conversations = new Map<string, Conversation>()
  let here = currentRoom()

  const sidebar = createSidebar(me, { create, signOut: () => api.account.signOut().then(signedOut, fail) })
  const view = createRoomView(me)
  const lobby = api.channel('/rooms')

  lobby.on('opened', (room) => learnOf([room]))
  lobby.on('stirred', ({ room, number }) => {
    // What is told twice is counted once.
    if (number <= (heard.get(room) ?? 0n)) return
    heard.set(room, number)
    if (room !== here || document.hidden) unread.set(room, (unread.get(room) ?? 0) + 1)
    show()
  })
  lobby.onState(({ state, whole, error }) => {
    const isOpen = state === 'open'
    sidebar.connected(isOpen)
    sidebar.complain('')
    view.connected(isOpen)
    if (error) fail(error)
    else if (isOpen && (rooms.length === 0 || whole === false)) api.rooms.list().then(learnOf, fail)
  })

  /** A list may have been made before the last room was, and come after it. */
  function learnOf(found: readonly Room[]): void {
    const known = new Map([...rooms, ...found].map((room) => [room.id, room]))
    rooms = [...known.values()].sort((left, right) => left.name.localeCompare(right.name))
    show()
  }

  async function create(name: string): Promise<void> {
    const room = await api.rooms.create({ name })
    learnOf([room])
    location.hash = room.id
    announce(`Opened the room ${room.name}`)
  }

  function fail(error: unknown): void {
    if (leaving.signal.aborted) return
    if (isSignedOut(error)) signedOut()
    else sidebar.complain(messageOf(error))
  }

  function conversation(room: string): Conversation {
    const known = conversations.get(room)
    if (known) return known
    const opened = new Conversation(room, me, () => changed(room))
    conversations.set(room, opened)
    return opened
  }

  function changed(room: string): void {
    const conversation = conversations.get(room)
    if (!conversation) return
    if (isSignedOut(conversation.problem)) fail(conversation.problem)
    else if (room === here) show()
    // It was kept for what was still to be sent.
    else if (conversation.outbox.items.length === 0) {
      conversations.delete(room)
      conversation.close()
    }
  }

  function enter(): void {
    const before = here
    here = currentRoom()
    unread.delete(here)
    conversation(here)
    if (before !== here) changed(before)
    show()
    view.focus()
  }

  function show(): void {
    if (!document.hidden) unread.delete(here)
    const name = rooms.find(({ id }) => id === here)?.name ?? here
    const waiting = [...unread.values()].reduce((sum, count) => sum + count, 0)
    document.title = `${waiting ? `(${waiting}) ` : ''}${name} · Chat`
    sidebar.show(rooms, here, unread)
    view.show(conversation(here), name)
  }

  /** Alt and an arrow lead to the next room. */
  function walk(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!event.altKey || !step || rooms.length === 0) return
    event.preventDefault()
    const place = rooms.findIndex(({ id }) => id === here)
    location.hash = rooms.at((place + step) % rooms.length)?.id ?? here
  }

  const { signal } = leaving
  window.addEventListener('hashchange', enter, { signal })
  document.addEventListener('keydown', walk, { signal })
  document.addEventListener('visibilitychange', show, { signal })
  for (const room of unsentRooms(me)) conversation(room)
  enter()

  return {
    element: h('div', { className: 'house' }, sidebar.element, view.element),
    focus: view.focus,
    leave() {
      leaving.abort()
      lobby.close()
      for (const conversation of conversations.values()) conversation.close()
      conversations.clear()
    },
  }
}

function currentRoom(): string {
  try {
    return decodeURIComponent(location.hash.slice(1)) || 'general'
  } catch {
    // Somebody has typed it.
    return 'general'
  }
}
