import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'

/** Opens a window of its own, and comes in under a name. */
export async function comeIn(
  browser: Browser,
  url: string,
  name: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 720 }, ...options })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Come in' }).click()
  await field(page).waitFor()
  return page
}

/** Where one writes. */
export const field = (page: Page, room = 'General'): Locator => page.getByLabel(`Write to ${room}`)

/** A message with this text. */
export const message = (page: Page, text: string): Locator =>
  page.locator('.message').filter({ has: page.getByText(text, { exact: true }) })

/** Says something as a person would, and does not wait until it has arrived. */
export async function say(page: Page, text: string, room?: string): Promise<void> {
  await field(page, room).fill(text)
  await field(page, room).press('Enter')
}

/** What a window shows as said, in its order: `Ada: 1`. */
export function said(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.message:not(.message-unsent)')].map(
      (message) => `${message.querySelector('.author')?.textContent}: ${message.querySelector('.text')?.textContent}`,
    ),
  )
}

/** Waits until so many messages are shown as said. */
export async function shows(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (count) => document.querySelectorAll('.message:not(.message-unsent)').length >= count,
    count,
  )
}

/** Who is shown as being there. */
export function present(page: Page): Promise<string[]> {
  return page.locator('.person-name').allTextContents()
}
