import type { Message } from '../contracts/shared.ts'
import { messageOf } from './api.ts'
import { avatar, h, icon } from './dom.ts'
import { type Entry, timeOf } from './entry.ts'
import type { Unsent } from './outbox.ts'

/** A message in the list. */
export interface MessageElement {
  readonly element: HTMLLIElement
  update?(unsent: Unsent): void
}

/** What can be done about a message that could not be sent. */
export interface UnsentActions {
  retry(id: string): void
  discard(id: string): void
}

/** A message that was said. */
export function createMessage(message: Message, { day, follows }: Entry, me: string): MessageElement {
  const { id, author, text, postedAt, file } = message
  const time = h('time', { dateTime: postedAt.toISOString(), title: postedAt.toLocaleString() }, timeOf(postedAt))
  const element = h(
    'li',
    { className: `message${follows ? ' message-follows' : ''}${author === me ? ' message-mine' : ''}` },
    day !== undefined && h('div', { className: 'day' }, h('span', {}, day)),
    avatar(author),
    h('div', { className: 'message-head' }, h('span', { className: 'author' }, author), time),
    h('div', { className: 'message-body' }, text !== '' && toText(text), file && toFile(id, file)),
  )
  element.dataset.id = id
  return { element }
}

/** A message that is on its way. */
export function createUnsent(unsent: Unsent, me: string, { retry, discard }: UnsentActions): MessageElement {
  const { id, text, file } = unsent
  const state = h('p', { className: 'message-state' })
  const action = (label: string, run: (id: string) => void) =>
    h('button', { type: 'button', className: 'link', textContent: label, onclick: () => run(id) })
  const element = h(
    'li',
    { className: 'message message-mine message-unsent' },
    avatar(me),
    h('div', { className: 'message-head' }, h('span', { className: 'author' }, me)),
    h(
      'div',
      { className: 'message-body' },
      text !== '' && toText(text),
      file && h('span', { className: 'file' }, icon('file'), h('span', { className: 'file-name' }, file.name)),
      state,
    ),
  )
  element.dataset.id = id
  return {
    element,
    update({ problem }) {
      element.classList.toggle('message-failed', problem !== undefined)
      if (problem === undefined) state.replaceChildren('Not sent yet')
      else state.replaceChildren(`${messageOf(problem)} `, action('Try again', retry), ' ', action('Discard', discard))
    },
  }
}

/** A text with its addresses as links. */
function toText(text: string): HTMLElement {
  const parts = text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/)
  return h(
    'p',
    { className: 'text' },
    ...parts.map((part, index) =>
      index % 2 ? h('a', { href: part, target: '_blank', rel: 'noopener noreferrer', textContent: part }) : part,
    ),
  )
}

function toFile(id: string, { name, type, size }: NonNullable<Message['file']>): HTMLElement {
  const href = `/files/${id}`
  if (/^image\/(png|jpeg|gif|webp|avif)$/.test(type)) {
    const picture = h('img', { src: href, alt: name, className: 'picture' })
    return h('a', { href, download: name, className: 'picture-link', title: `${name} · ${sizeOf(size)}` }, picture)
  }
  return h(
    'a',
    { href, download: name, className: 'file' },
    icon('file'),
    h('span', { className: 'file-name' }, name),
    h('span', { className: 'soft' }, sizeOf(size)),
  )
}

/** `512 B`, `1.2 MB` */
function sizeOf(bytes: number): string {
  const power = Math.min(2, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const amount = bytes / 1000 ** power
  return `${power === 0 || amount >= 10 ? Math.round(amount) : amount.toFixed(1)} ${['B', 'kB', 'MB'][power]}`
}
