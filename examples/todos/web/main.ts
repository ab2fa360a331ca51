import type { Account } from '../contracts/account.ts'
import { api, messageOf } from './api.ts'
import { h } from './dom.ts'
import { createSignIn } from './sign-in.ts'
import { createWorkspace } from './workspace.ts'

const page = document.getElementById('page') ?? document.body
let leave = () => {}

await start()

/** Asks who is signed in, and shows what they are to see. */
async function start(): Promise<void> {
  try {
    const account = await api.account.me()
    if (account) showWorkspace(account)
    else showSignIn()
  } catch (error) {
    show(
      h(
        'main',
        { className: 'welcome' },
        h('p', { role: 'alert' }, messageOf(error)),
        h('button', { className: 'button', type: 'button', textContent: 'Try again', onclick: start }),
      ),
    )
  }
}

function showSignIn(): void {
  const { element, focus } = createSignIn(showWorkspace)
  show(element)
  focus()
}

function showWorkspace(account: Account): void {
  const workspace = createWorkspace(account, showSignIn)
  show(workspace.element)
  leave = workspace.leave
}

function show(element: HTMLElement): void {
  leave()
  leave = () => {}
  page.replaceChildren(element)
}
