import { say } from './announce.ts'

/**
 * Has `Copy link` copy the address of what is shown. Where the browser keeps the clipboard to itself (a page without https that is
 * not of this machine), the link is followed, so that its address can be copied by hand.
 */
export function copyLinks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-copy]') : null
    if (link === null || navigator.clipboard === undefined) return
    event.preventDefault()
    const words = link.dataset['copy'] ?? ''
    navigator.clipboard.writeText(link.href).then(
      () => tell(link, words),
      () => location.assign(link.href),
    )
  })
}

/** For who sees it as well, and only for a moment. */
function tell(link: HTMLAnchorElement, words: string): void {
  say(words)
  link.textContent = `✓ ${words}`
}
