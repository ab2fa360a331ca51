import { api, messageOf } from './api.ts'
import { h } from './dom.ts'
import { createHouse } from './house.ts'
import { createSignIn } from './sign-in.ts'

const page = document.getElementById('page') ?? document.body
let leave = () => {}

await start()

/** Asks who is signed in, and shows what they are to see. */
async function start(): Promise<void> {
  try {
    const account = await api.account.me()
    if (account) showHouse(account)
    else showSignIn()
  } catch (error) {
    const again = h('button', { className: 'button', type: 'button', textContent: 'Try again', onclick: start })
    show(h('main', { className: 'welcome' }, h('p', { role: 'alert' }, messageOf(error)), again))
  }
}

function showSignIn(): void {
  const { element, focus } = createSignIn(showHouse)
  show(element)
  focus()
}

function showHouse({ name }: { readonly name: string }): void {
  const house = createHouse(name, showSignIn)
  show(house.element)
  house.focus()
  leave = house.leave
}

function show(element: HTMLElement): void {
  leave()
  leave = () => {}
  document.title = 'Chat'
  page.replaceChildren(element)
}
