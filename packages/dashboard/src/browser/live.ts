/** How long after a lost connection the page says so: a restart of the collector takes less. */
const PATIENCE_MS = 5_000

/**
 * Has the page follow the books: whenever they move on, the parts marked `data-live` are fetched again and replaced where
 * they differ. What somebody is typing in, or has unfolded, stays as it is.
 */
export function followLive(): void {
  const source = new EventSource('/live')
  let lost: ReturnType<typeof setTimeout> | undefined
  let fetching = false
  source.addEventListener('moved', async () => {
    if (fetching || document.hidden) return
    fetching = true
    try {
      await refresh()
    } catch {
      // The next event tries again; the connection's own end is told below.
    } finally {
      fetching = false
    }
  })
  source.addEventListener('open', () => {
    clearTimeout(lost)
    lost = undefined
    tell(false)
    void refresh().catch(() => undefined)
  })
  source.addEventListener('error', () => {
    lost ??= setTimeout(() => tell(true), PATIENCE_MS)
  })
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void refresh().catch(() => undefined)
  })
}

async function refresh(): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' }, redirect: 'error' })
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of document.querySelectorAll<HTMLElement>('[data-live][id]')) {
    const fresh = page.getElementById(part.id)
    if (fresh === null || part.contains(document.activeElement)) continue
    keepUnfolded(part, fresh)
    if (part.innerHTML !== fresh.innerHTML) part.replaceChildren(...fresh.childNodes)
  }
}

/** Details that a reader opened stay open, in the order in which they stand. */
function keepUnfolded(part: HTMLElement, fresh: HTMLElement): void {
  const before = part.querySelectorAll('details')
  fresh.querySelectorAll('details').forEach((each, i) => {
    if (before[i]?.open === true) each.open = true
  })
}

/** Says that numbers are those of the moment at which the connection was lost. */
function tell(isLost: boolean): void {
  const bar = document.getElementById('connection')
  if (bar !== null) bar.hidden = !isLost
}
