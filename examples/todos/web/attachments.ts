import type { Attachment } from '../contracts/attachments.ts'
import { api } from './api.ts'
import { announce, arrange, h, icon } from './dom.ts'

/** The files of a todo: to be looked at, added by a press or by dropping them, and taken away. */
export function createAttachments(todo: string, fail: (error: unknown) => void): { readonly element: HTMLElement } {
  const items = new Map<string, HTMLLIElement>()
  const list = h('ul', { className: 'attachments', ariaLabel: 'Files' })
  const input = h('input', { type: 'file', multiple: true, className: 'attachment-input', onchange: () => choose() })
  const button = h('label', { className: 'chip attachment-add' }, icon('clip'), 'Add files', input)
  const element = h('div', { className: 'attachment-box', role: 'group', ariaLabel: 'Files' }, list, button)
  element.addEventListener('dragover', (event) => {
    event.preventDefault()
    element.classList.add('attachment-over')
  })
  element.addEventListener('dragleave', () => element.classList.remove('attachment-over'))
  element.addEventListener('drop', (event) => {
    event.preventDefault()
    element.classList.remove('attachment-over')
    send([...(event.dataTransfer?.files ?? [])]).catch(fail)
  })

  function choose(): void {
    const files = [...(input.files ?? [])]
    // So that the same file can be chosen again.
    input.value = ''
    send(files).catch(fail)
  }

  async function send(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const waiting = h('li', { className: 'attachment attachment-waiting', ariaBusy: 'true' }, icon('file'), file.name)
      list.append(waiting)
      try {
        show(await api.attachments.add({ todo, file }))
        announce(`Added ${file.name}`)
      } finally {
        waiting.remove()
      }
    }
  }

  async function remove({ id, name }: Attachment): Promise<void> {
    await api.attachments.remove({ id })
    items.get(id)?.remove()
    items.delete(id)
    announce(`Removed ${name}`)
    input.focus()
  }

  function show(attachment: Attachment): void {
    const { id, name, type, size } = attachment
    const href = `/attachments/${id}`
    const picture = /^image\/(png|jpeg|gif|webp|avif)$/.test(type)
      ? h('img', { src: href, alt: '', className: 'attachment-picture', loading: 'lazy' })
      : icon('file')
    const away = h(
      'button',
      {
        type: 'button',
        className: 'icon-button',
        ariaLabel: `Remove ${name}`,
        onclick: () => remove(attachment).catch(fail),
      },
      icon('close'),
    )
    const link = h('a', { href, download: name, className: 'attachment-name', textContent: name })
    const item = h(
      'li',
      { className: 'attachment' },
      picture,
      link,
      h('span', { className: 'attachment-size' }, sizeOf(size)),
      away,
    )
    items.set(id, item)
    arrange(list, [...items.values(), ...list.querySelectorAll('.attachment-waiting')])
  }

  api.attachments.list({ todo }).then((found) => found.forEach(show), fail)
  return { element }
}

/** `512 B`, `1.2 MB` */
function sizeOf(bytes: number): string {
  const power = Math.min(2, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const amount = bytes / 1000 ** power
  return `${power === 0 || amount >= 10 ? Math.round(amount) : amount.toFixed(1)} ${['B', 'kB', 'MB'][power]}`
}
