import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

/** Signs up in a window that shows the way in, and gives the email. */
export async function signUp(
  page: Page,
  name = 'Ada Lovelace',
  email = `${crypto.randomUUID()}@example.com`,
): Promise<string> {
  await page.getByRole('button', { name: 'Create an account' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill('correct horse')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'All todos' }).waitFor()
  await note(page, 'All clear').waitFor()
  return email
}

/** Adds a todo as a person would. */
export async function add(page: Page, title: string): Promise<void> {
  await page.getByLabel('New todo').fill(title)
  await page.getByLabel('New todo').press('Enter')
  await todo(page, title).waitFor()
}

/** The title of a todo, which opens it. */
export const todo = (page: Page, title: string): Locator => page.getByRole('button', { name: title, exact: true })
/** The titles of the todos that are shown. */
export const titles = (page: Page): Promise<string[]> => page.locator('.todo-title').allTextContents()

/** Calls the API with the page's cookie. */
export const call = (page: Page, name: string, input?: object): Promise<unknown> =>
  page.evaluate(
    async ([name, body]) => {
      const init = body ? { body, headers: { 'content-type': 'application/json' } } : {}
      const response = await fetch(`/rpc/${name}`, { method: 'POST', ...init })
      return response.status === 204 ? undefined : response.json()
    },
    [name, input && JSON.stringify(input)] as const,
  )

/** The id of the list that a sign-up makes. */
export async function firstList(page: Page): Promise<string> {
  const [list] = (await call(page, 'lists.list')) as { id: string }[]
  return list?.id ?? ''
}

/** Waits until these todos are shown, in this order. */
export async function shows(page: Page, expected: readonly string[]): Promise<void> {
  await page.waitForFunction((expected) => {
    const titles = [...document.querySelectorAll('.todo-title')].map(({ textContent }) => textContent)
    return JSON.stringify(titles) === JSON.stringify(expected)
  }, expected)
}

/** What stands where todos would stand. */
export function note(page: Page, text: string): Locator {
  return page.locator('.note').filter({ hasText: text })
}

/** What has the focus, by its label. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
    return element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? ''
  })
}

/** Presses Tab until something has the focus. */
export async function tabTo(page: Page, label: string): Promise<void> {
  for (let press = 0; press < 60; press++) {
    if ((await focused(page)) === label) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tab never came to ${label}.`)
}
