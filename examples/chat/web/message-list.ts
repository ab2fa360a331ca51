import { messageOf } from './api.ts'
import type { Conversation } from './conversation.ts'
import { arrange, h, icon } from './dom.ts'
import { toEntry } from './entry.ts'
import { createMessage, createUnsent, type MessageElement, type UnsentActions } from './message.ts'

/** What was said in a room, and what is on its way. */
export interface MessageList {
  readonly element: HTMLElement
  show(conversation: Conversation): void
  scrollDown(): void
}

interface MessageListActions extends UnsentActions {
  loadOlder(): void
}

/** How near to its end somebody reads who wants to see what comes, in pixels. */
const near = 80

/** Makes the list. It stays at its end while that is looked at, and where it is while one reads above. */
export function createMessageList(me: string, actions: MessageListActions): MessageList {
  const elements = new Map<string, MessageElement>()
  let shown: Conversation | undefined
  let isAtEnd = true

  const log = h('ol', { className: 'messages', role: 'log', ariaLabel: 'Messages' })
  const older = h('button', {
    type: 'button',
    className: 'button older',
    textContent: 'Show older messages',
    onclick: () => actions.loadOlder(),
  })
  const note = h('div', { className: 'note' })
  const scroller = h(
    'div',
    { className: 'scroller', tabIndex: 0, role: 'region', ariaLabel: 'What was said' },
    older,
    note,
    log,
  )
  const down = h(
    'button',
    { type: 'button', className: 'down', hidden: true, onclick: scrollDown },
    icon('down'),
    'New messages',
  )

  function scrollDown(): void {
    isAtEnd = true
    down.hidden = true
    scroller.scrollTop = scroller.scrollHeight
  }

  scroller.addEventListener('scroll', () => {
    isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < near
    if (isAtEnd) down.hidden = true
  })
  // A picture that has come makes the list longer, and so does a window that becomes smaller.
  new ResizeObserver(() => isAtEnd && scrollDown()).observe(log)
  new ResizeObserver(() => isAtEnd && scrollDown()).observe(scroller)

  function show(conversation: Conversation): void {
    const isOther = shown !== conversation
    if (isOther) elements.clear()
    shown = conversation
    const { messages, outbox, state, more, problem } = conversation
    const fromEnd = scroller.scrollHeight - scroller.scrollTop
    const [oldest, newest] = [log.firstElementChild, lastSent(log)]

    log.setAttribute('aria-busy', String(state === 'loading'))
    older.hidden = !more
    note.hidden = messages.length + outbox.items.length > 0
    note.textContent =
      state === 'failed' ? messageOf(problem) : state === 'loading' ? 'Loading…' : 'Nothing has been said here yet.'
    arrange(log, [...messages.map(toSent), ...outbox.items.map(toUnsent)])

    if (isOther || isAtEnd) scrollDown()
    // What was looked at stays where it is when older messages come above it.
    else if (oldest !== log.firstElementChild) scroller.scrollTop = scroller.scrollHeight - fromEnd
    else if (newest !== lastSent(log)) down.hidden = false
  }

  function toSent(message: Conversation['messages'][number], index: number): HTMLElement {
    const entry = toEntry(message, shown?.messages[index - 1])
    const key = `${message.id} ${entry.key}`
    const element = elements.get(key) ?? createMessage(message, entry, me)
    elements.set(key, element)
    return element.element
  }

  function toUnsent(unsent: Conversation['outbox']['items'][number]): HTMLElement {
    const key = `unsent ${unsent.id}`
    const element = elements.get(key) ?? createUnsent(unsent, me, actions)
    elements.set(key, element)
    element.update?.(unsent)
    return element.element
  }

  return { element: h('div', { className: 'scroll-box' }, scroller, down), show, scrollDown }
}

function lastSent(log: HTMLElement): Element | undefined {
  return [...log.children].findLast((child) => !child.classList.contains('message-unsent'))
}
