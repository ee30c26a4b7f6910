/** Where a letter after `g` leads. */
const SCREENS: Readonly<Record<string, string>> = {
  j: '/journeys',
  a: '/alerts',
  i: '/incidents',
  f: '/fixes',
  r: '/reports',
  d: '/drills',
}

const ROW = 'main tbody tr'

/** How long after `g` its letter may come. */
const CHORD_MS = 1_500

/**
 * Keys for who does not want to point: `g` and a letter go to a screen, `/` filters, `j` and `k` walk through rows, `?` tells
 * all of them. Elements take a key by `data-key`. Nothing happens while somebody types, or with the keys switched off.
 */
export function listenForKeys(): void {
  let chordUntil = 0
  document.addEventListener('keydown', (event) => {
    const { key } = event
    // The way out works always, also for who typed and for who switched the letters off.
    if (key === 'Escape') return leave()
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !areOn()) return
    const screen = event.timeStamp < chordUntil ? SCREENS[key] : undefined
    chordUntil = key === 'g' ? event.timeStamp + CHORD_MS : 0
    if (screen !== undefined) location.assign(screen)
    else if (key === '?') location.assign('/settings#keys')
    else if (key === 'j' || key === 'k') walk(key === 'j' ? 1 : -1)
    else if (!press(key)) return
    event.preventDefault()
  })
}

/** One switch in the settings: single keys are in the way of who speaks to the machine (WCAG 2.1.4). */
function areOn(): boolean {
  return document.documentElement.dataset['keys'] !== 'off'
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName))
}

/** Closes what stands open around the focus, or lets go of the field; then what the page itself says. */
function leave(): void {
  const here = document.activeElement
  const open = here?.closest<HTMLDetailsElement>('main details[open]')
  if (open != null) {
    open.open = false
    open.querySelector('summary')?.focus()
  } else if (isTyping(here)) (here as HTMLElement).blur()
  else press('Escape')
}

/** Moves to the next row's first link. */
function walk(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('main tbody th a, main [data-row] a')]
  const here = links.indexOf(document.activeElement as HTMLElement)
  links[Math.min(links.length - 1, Math.max(0, here + step))]?.focus()
}

/** Presses, or goes to, what has this key: of the row that somebody stands in, and never of another row then. */
function press(key: string): boolean {
  const row = document.activeElement?.closest(ROW)
  const all = [...document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)]
  const found =
    row == null ? all[0] : (all.find((each) => row.contains(each)) ?? all.find((each) => each.closest(ROW) === null))
  if (found === undefined) return false
  if (found instanceof HTMLInputElement) found.focus()
  else found.click()
  return true
}
