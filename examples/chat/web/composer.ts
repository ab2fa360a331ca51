import { h, icon } from './dom.ts'

/** Where one writes. */
export interface Composer {
  readonly element: HTMLElement
  text(): string
  write(text: string): void
  nameRoom(name: string): void
  focus(): void
}

interface ComposerActions {
  say(text: string): void
  share(files: readonly File[]): void
  type(): void
}

/** Makes the composer: Enter sends, Shift and Enter begins a line. */
export function createComposer({ say, share, type }: ComposerActions): Composer {
  const input = h('textarea', { name: 'text', rows: 1, maxLength: 4000 })
  const files = h('input', { type: 'file', multiple: true, ariaLabel: 'Share files' })
  const send = h('button', { type: 'submit', className: 'send', ariaLabel: 'Send', disabled: true }, icon('send'))
  const clip = h('label', { className: 'icon-button clip', title: 'Share files' }, icon('clip'), files)
  const element = h('form', { className: 'composer', noValidate: true }, clip, input, send)

  function write(text: string): void {
    input.value = text
    fit()
  }

  function fit(): void {
    send.disabled = input.value.trim() === ''
    input.style.height = 'auto'
    input.style.height = `${input.scrollHeight}px`
  }

  function submit(): void {
    const text = input.value.trim()
    if (text === '') return
    say(text)
    write('')
    input.focus()
  }

  element.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  input.addEventListener('input', () => {
    fit()
    if (input.value.trim() !== '') type()
  })
  input.addEventListener('keydown', (event) => {
    // While a word is put together from several keys, Enter ends the word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })
  input.addEventListener('paste', (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])]
    if (pasted.length === 0) return
    event.preventDefault()
    share(pasted)
  })
  files.addEventListener('change', () => {
    const chosen = [...(files.files ?? [])]
    // So that the same file can be chosen again.
    files.value = ''
    share(chosen)
    input.focus()
  })
  return {
    element,
    text: () => input.value,
    write,
    nameRoom(name) {
      input.placeholder = `Write to ${name}`
      input.ariaLabel = `Write to ${name}`
    },
    focus: () => input.focus(),
  }
}
