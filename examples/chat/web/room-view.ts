import { createComposer } from './composer.ts'
import type { Conversation } from './conversation.ts'
import { arrange, avatar, h } from './dom.ts'
import { createDrop } from './drop.ts'
import { createMessageList } from './message-list.ts'

/** A room: what was said, who is there, and where one writes. */
export interface RoomView {
  readonly element: HTMLElement
  show(conversation: Conversation, name: string): void
  connected(isConnected: boolean): void
  focus(): void
}

/** Makes the view, which shows one room after the other. */
export function createRoomView(me: string): RoomView {
  let shown: Conversation | undefined
  const drafts = new Map<string, string>()
  const title = h('h1')
  const people = h('ul', { className: 'people' })
  const count = h('h2')
  const typing = h('p', { className: 'typing', role: 'status' })
  const away = h(
    'p',
    { className: 'away', hidden: true, role: 'status' },
    'No connection. What you write is kept, and sent when it is back.',
  )
  const list = createMessageList(me, {
    loadOlder: () => shown?.loadOlder(),
    retry: (id) => shown?.outbox.retry(id),
    discard: (id) => shown?.outbox.discard(id),
  })
  const share = (files: readonly File[]) => {
    for (const file of files) shown?.outbox.add('', file)
    list.scrollDown()
  }
  const composer = createComposer({
    say: (text) => {
      shown?.outbox.add(text)
      list.scrollDown()
    },
    share,
    type: () => shown?.type(),
  })
  const main = h(
    'main',
    { className: 'room' },
    h('header', { className: 'heading' }, title),
    list.element,
    h('div', { className: 'foot' }, away, composer.element, typing),
  )
  const element = h(
    'div',
    { className: 'room-and-people' },
    createDrop(main, share),
    h('aside', { className: 'present', ariaLabel: 'Who is here' }, count, people),
  )

  return {
    element,
    show(conversation, name) {
      if (shown !== conversation) {
        if (shown) drafts.set(shown.room, composer.text())
        composer.write(drafts.get(conversation.room) ?? '')
        shown = conversation
      }
      title.textContent = name
      composer.nameRoom(name)
      list.show(conversation)
      showPeople(conversation.present)
      typing.textContent = typingText(conversation.typists.names)
    },
    connected(isConnected) {
      // At the very first it only takes its time.
      away.hidden = isConnected || shown?.state !== 'ready'
      // It is who was there.
      element.classList.toggle('not-connected', !isConnected)
    },
    focus: () => composer.focus(),
  }

  function showPeople(present: readonly string[]): void {
    count.textContent = present.length === 1 ? 'One here' : `${present.length} here`
    const known = new Map([...people.children].map((person) => [person.textContent, person]))
    arrange(people, present.map(toPerson))

    function toPerson(name: string): Element {
      const label = name === me ? `${name} (you)` : name
      const person = h('li', { title: label }, avatar(name), h('span', { className: 'person-name' }, label))
      return known.get(person.textContent) ?? person
    }
  }
}

function typingText(names: readonly string[]): string {
  if (names.length === 0) return ''
  if (names.length > 3) return 'Several people are writing…'
  return `${new Intl.ListFormat('en').format(names)} ${names.length === 1 ? 'is' : 'are'} writing…`
}
