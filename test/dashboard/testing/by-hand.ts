import type { BrowserContext, Page } from 'playwright-core'
import type { Shown } from './walk.ts'

/** Sends a form by hand, with the cookies that a browser has for this address. */
export async function postByHand(
  url: string,
  context: BrowserContext,
  action: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const cookie = (await context.cookies(url)).map(({ name, value }) => `${name}=${value}`).join('; ')
  const init = { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' } as const
  return fetch(`${url}${action}`, { ...init, headers: { accept: 'text/html', cookie, ...headers } })
}

/** What stands in the forms of this browser, so that they are believed. */
export async function proofOf(page: Page): Promise<string> {
  return (await page.locator('input[name=form]').first().getAttribute('value')) ?? ''
}

/** Every command that some page offers, with what its form sends. */
export function commandsOf(shown: readonly Shown[]): ReadonlyMap<string, Readonly<Record<string, string>>> {
  return new Map(shown.flatMap(({ posts }) => posts.map(({ action, fields }) => [action, fields] as const)))
}

/** How many forms of a page change something, and why its other buttons cannot be pressed. */
export function pressableIn(text: string): { readonly forms: number; readonly reasons: readonly string[] } {
  // Above it a page that rings is given back by who has it, and by nobody else.
  const main = text.slice(text.indexOf('<main '))
  return {
    forms: main.split(/<form method="post" action="\/do\//i).length - 1,
    reasons: [...main.matchAll(/<button disabled title="([^"]*)"/g)].map(([, reason = '']) => reason),
  }
}
