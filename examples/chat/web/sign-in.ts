import type { Account } from '../contracts/account.ts'
import { api, isError, messageOf } from './api.ts'
import { h, icon } from './dom.ts'

/** The form in which somebody says what they are called. */
export function createSignIn(enter: (account: Account) => void): { element: HTMLElement; focus: () => void } {
  const name = h('input', { id: 'name', name: 'name', maxLength: 40, spellcheck: false })
  const problem = h('p', { className: 'problem', id: 'name-problem', hidden: true, role: 'alert' })
  const submit = h('button', { className: 'button button-primary', type: 'submit', textContent: 'Come in' })
  const form = h(
    'form',
    { className: 'card', noValidate: true },
    h('span', { className: 'mark' }, icon('bubble')),
    h('h1', {}, 'What shall we call you?'),
    h('p', { className: 'soft' }, 'A name is all it takes. Others see it beside what you write.'),
    h('label', { className: 'visually-hidden', htmlFor: 'name', textContent: 'Your name' }),
    name,
    problem,
    submit,
  )
  name.autocomplete = 'off'
  name.placeholder = 'Your name'
  name.setAttribute('aria-describedby', problem.id)

  function complain(text: string): void {
    problem.textContent = text
    problem.hidden = text === ''
    name.setAttribute('aria-invalid', String(text !== ''))
  }

  async function send(): Promise<void> {
    submit.disabled = true
    try {
      enter(await api.account.signIn({ name: name.value.trim() }))
    } catch (error) {
      complain(isError(error, 'INVALID_INPUT') ? 'Type a name of 1 to 40 letters.' : messageOf(error))
      name.focus()
    } finally {
      submit.disabled = false
    }
  }

  name.addEventListener('input', () => complain(''))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send()
  })
  return { element: h('main', { className: 'welcome' }, form), focus: () => name.focus() }
}
