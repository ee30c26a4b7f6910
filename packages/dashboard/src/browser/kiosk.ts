/** How long one screenful stands on the wall, and how long somebody who points at it is left alone. */
const STANDS_MS = 12_000
const LEFT_ALONE_MS = 60_000

/** On a wall all rows come by in turn, a screenful at a time; who moves the pointer stops it. */
export function showOnWall(): void {
  if (document.documentElement.dataset['kiosk'] === undefined) return
  let restsUntil = 0
  document.addEventListener('pointermove', () => {
    restsUntil = performance.now() + LEFT_ALONE_MS
  })
  setInterval(() => {
    if (performance.now() >= restsUntil) turn()
  }, STANDS_MS)
}

/** To the next screenful, and from the last one back to the first. */
function turn(): void {
  const { scrollHeight, clientHeight, scrollTop } = document.documentElement
  if (scrollHeight <= clientHeight) return
  const isLast = scrollTop + clientHeight >= scrollHeight - 2
  window.scrollTo({ top: isLast ? 0 : scrollTop + clientHeight * 0.9, behavior: behaviourOf() })
}

function behaviourOf(): ScrollBehavior {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth'
}
