import type { Account } from '../contracts/account.ts'
import { api, isError, messageOf } from './api.ts'
import { h, icon } from './dom.ts'
import { complainAbout, field } from './field.ts'

/** The form to sign in with, or to sign up: they differ by one field. */
export function createSignIn(enter: (account: Account) => void): { element: HTMLElement; focus: () => void } {
  let isNew = false

  const name = field('Name', h('input', { name: 'name', autocomplete: 'name' }), {
    too_small: 'What should we call you?',
    invalid_format: 'What should we call you?',
    too_big: 'Use at most 80 characters.',
  })
  const email = field(
    'Email',
    h('input', { name: 'email', type: 'email', autocomplete: 'username', spellcheck: false }),
    {
      invalid_format: 'This is no email address.',
    },
  )
  const password = field('Password', h('input', { name: 'password', type: 'password' }), {
    too_small: 'Use at least 8 characters.',
    too_big: 'Use at most 200 characters.',
  })
  const problem = h('p', { className: 'form-problem', hidden: true, role: 'alert' })
  const title = h('h1')
  const submit = h('button', { className: 'button button-primary', type: 'submit' })
  const question = h('span')
  const other = h('button', { className: 'link', type: 'button', onclick: () => change(!isNew) })
  // The server validates; the browser's own bubbles would only stand in the way of its messages.
  const form = h(
    'form',
    { className: 'card', noValidate: true, onsubmit: (event) => void send(event) },
    h('div', { className: 'mark' }, icon('check')),
    title,
    name.element,
    email.element,
    password.element,
    problem,
    submit,
    h('p', { className: 'hint' }, question, other),
  )

  function change(toNew: boolean): void {
    isNew = toNew
    title.textContent = isNew ? 'Create your account' : 'Sign in to Todos'
    submit.textContent = isNew ? 'Create account' : 'Sign in'
    question.textContent = isNew ? 'Have an account? ' : 'New here? '
    other.textContent = isNew ? 'Sign in' : 'Create an account'
    name.element.hidden = !isNew
    password.input.setAttribute('autocomplete', isNew ? 'new-password' : 'current-password')
    for (const { complain } of [name, email, password]) complain('')
    problem.hidden = true
    focus()
  }

  async function send(event: Event): Promise<void> {
    event.preventDefault()
    if (submit.disabled) return
    problem.hidden = true
    submit.disabled = true
    const credentials = { email: email.input.value.trim(), password: password.input.value }
    try {
      enter(
        await (isNew
          ? api.account.signUp({ name: name.input.value, ...credentials })
          : api.account.signIn(credentials)),
      )
    } catch (error) {
      if (isError(error, 'EMAIL_TAKEN')) {
        email.complain(error.message)
        email.input.focus()
      } else if (!complainAbout(error, { name, email, password })) {
        problem.textContent = messageOf(error)
        problem.hidden = false
      }
    } finally {
      submit.disabled = false
    }
  }

  const focus = () => (isNew ? name : email).input.focus()
  change(false)
  return { element: h('main', { className: 'welcome' }, form), focus }
}
