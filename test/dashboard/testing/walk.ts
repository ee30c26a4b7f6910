import type { Page } from 'playwright-core'

/** A page as a browser shows it. */
export type Shown = {
  readonly path: string
  /** Forms that change something, with what goes along with them. */
  readonly posts: readonly { readonly action: string; readonly fields: Readonly<Record<string, string>> }[]
  /** Buttons that cannot be pressed, each with its reason. */
  readonly disabled: readonly string[]
  /** How far it is wider than the window, in pixels. */
  readonly beyond: number
  /** The elements that reach furthest, when there are such. */
  readonly widest: readonly string[]
}

/** What a link led to that is no page. */
export type Answered = {
  readonly path: string
  readonly status: number
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
}

/** What a page of ours may load, and who may frame it. */
export const STRICT = [
  ...["default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data:", "connect-src 'self'"],
  ...["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"],
].join('; ')

type Read = Omit<Shown, 'path'> & { readonly links: readonly string[] }

const READ = `(() => {
  for (const each of document.querySelectorAll('details')) each.open = true
  const posts = [...document.querySelectorAll('form[method=post]')].map((form) => ({
    action: form.getAttribute('action'),
    fields: Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === 'string')),
  }))
  const { scrollWidth, clientWidth } = document.documentElement
  const reach = (element) => Math.round(element.getBoundingClientRect().right)
  const wide = [...document.querySelectorAll('body *')].filter((element) => reach(element) > clientWidth)
  return {
    posts: posts.filter(({ action }) => action.toLowerCase().startsWith('/do/')),
    disabled: [...document.querySelectorAll('button:disabled')].map(({ title }) => title),
    beyond: scrollWidth - clientWidth,
    widest: scrollWidth === clientWidth ? [] : wide.slice(0, 12).map((each) => reach(each) + ' ' + each.cloneNode().outerHTML),
    links: [...document.querySelectorAll('a[href], link[href], script[src]')].map(({ href, src }) => href || src),
  }
})()`

/** Months and sort orders lead on and on; the same page is looked at in so many ways. */
const WAYS = 2
/** What a browser would keep as a file, or shows by means of its own. */
const FILES = /\/(?:assets|files|draft|api)\/|\.(?:csv|json)(?:\?|$)|[?&]format=/

/** Looks at everything that links lead to, from a page on, in the browser; each page with all that can be unfolded. */
export async function walk(
  page: Page,
  url: string,
  see: (shown: Shown) => Promise<void> = async () => undefined,
): Promise<{ readonly shown: readonly Shown[]; readonly answered: readonly Answered[] }> {
  const [shown, answered, ways]: [Shown[], Answered[], Map<string, number>] = [[], [], new Map()]
  const known = new Set(['/'])
  // A set is walked in its order, with what is added meanwhile.
  for (const path of known) {
    const address = `${url}${path}`
    const answer = FILES.test(path) ? await page.context().request.get(address) : await page.goto(address)
    const headers = answer?.headers() ?? {}
    answered.push({ path, status: answer?.status() ?? 0, type: headers['content-type'] ?? '', headers })
    if (FILES.test(path)) continue
    const { links, ...read } = await page.evaluate<Read>(READ)
    const one = { path, ...read }
    shown.push(one)
    await see(one)
    for (const link of links) {
      const { origin, pathname, search } = new URL(link)
      const taken = ways.get(pathname) ?? 0
      if (origin !== url || known.has(pathname + search) || taken === WAYS) continue
      ways.set(pathname, taken + 1)
      known.add(pathname + search)
    }
  }
  return { shown, answered }
}
