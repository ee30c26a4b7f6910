import { announce } from './announce.ts'
import { isTouched } from './touched.ts'

/** How long after a lost connection the page says so: a restart of the collector takes less. */
const PATIENCE_MS = 5_000
/** How long after an answer that is none the page asks again. */
const AGAIN_MS = 5_000

/**
 * Has the page follow the books: whenever they move on, the parts marked `data-live` are fetched again and replaced where
 * they differ. What somebody is typing in, or has unfolded, stays as it is.
 */
export function followLive(): void {
  let lost: ReturnType<typeof setTimeout> | undefined
  const follow = oneAtATime(refresh)
  const listen = () => {
    const source = new EventSource('/live')
    source.addEventListener('moved', () => {
      if (!document.hidden) follow()
    })
    source.addEventListener('open', () => {
      clearTimeout(lost)
      lost = undefined
      show('connection', false)
      follow()
    })
    source.addEventListener('error', () => {
      lost ??= setTimeout(() => show('connection', true), PATIENCE_MS)
      // The browser tries again by itself, unless it was answered: by a proxy while the collector restarts, or because nobody is
      // signed in any more. Which of these it was, the page itself tells.
      if (source.readyState !== EventSource.CLOSED) return
      follow()
      setTimeout(listen, AGAIN_MS)
    })
  }
  listen()
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) follow()
  })
}

/** Runs one at a time; whatever was asked for meanwhile comes to one more, so that no change is missed and none floods. */
function oneAtATime(run: () => Promise<void>): () => void {
  let running = false
  let again = false
  return async function follow() {
    again = true
    if (running) return
    running = true
    while (again) {
      again = false
      // A failure is no news: the next event tries again, and the connection's own end is told elsewhere.
      await run().catch(() => undefined)
    }
    running = false
  }
}

async function refresh(): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' }, redirect: 'manual' })
  // Nobody is led away from what they are typing: the page says that they are signed out.
  show('signed-out', answer.type === 'opaqueredirect')
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  renewTab(page)
  for (const part of document.querySelectorAll<HTMLElement>('[data-live][id]')) {
    const fresh = page.getElementById(part.id)
    if (fresh === null || isTouched(part)) continue
    keepUnfolded(part, fresh)
    if (part.innerHTML !== fresh.innerHTML) replace(part, fresh)
  }
  announce()
}

/** Puts the fresh part in place, unless somebody is at work in it; the focus stays on the link or button that it was on. */
function replace(part: HTMLElement, fresh: HTMLElement): void {
  const here = document.activeElement
  if (here === null || !part.contains(here)) {
    part.replaceChildren(...fresh.childNodes)
    return
  }
  const form = here.closest('form')
  if (form?.querySelector('input:not([type=hidden]), select, textarea') != null) return
  const same = [...fresh.querySelectorAll<HTMLElement>('a, button, summary')].find(
    ({ outerHTML }) => outerHTML === here.outerHTML,
  )
  if (same === undefined) return
  part.replaceChildren(...fresh.childNodes)
  same.focus({ preventScroll: true })
}

/** Who looks at another tab sees by the title's number and the icon's shape that something rings. */
function renewTab(page: Document): void {
  if (document.title !== page.title) document.title = page.title
  const [icon, fresh] = [document, page].map((each) => each.querySelector('link[rel=icon]'))
  const href = fresh?.getAttribute('href') ?? ''
  if (icon != null && href !== '' && icon.getAttribute('href') !== href) icon.setAttribute('href', href)
}

/** Details that a reader opened stay open, in the order in which they stand. */
function keepUnfolded(part: HTMLElement, fresh: HTMLElement): void {
  const before = part.querySelectorAll('details')
  fresh.querySelectorAll('details').forEach((each, i) => {
    if (before[i]?.open === true) each.open = true
  })
}

/** Says, or says no more, why the numbers stand still. */
function show(id: 'connection' | 'signed-out', isSo: boolean): void {
  const bar = document.getElementById(id)
  if (bar !== null) bar.hidden = !isSo
}
