/** In the tab's memory, so that going to the next page does not say everything again. */
const SAID = 'tabiji-said'

/**
 * Says aloud what carries `data-say`, once: what is urgent at once, the rest when the reader comes to a pause. The page's parts
 * themselves are silent, because they are renewed more often than anything happens.
 */
export function announce(): void {
  const standing = [...document.querySelectorAll<HTMLElement>('#standing [data-say]')]
  const known = recall()
  const fresh = standing.filter((each) => !known.includes(keyOf(each)))
  remember(standing.map(keyOf))
  for (const [how, id] of [
    ['urgent', 'said-now'],
    ['polite', 'said'],
  ] as const) {
    const region = document.getElementById(id)
    const words = fresh.filter(({ dataset }) => dataset['say'] === how).map(textOf)
    if (region !== null && words.length > 0) region.textContent = words.join(' ')
  }
}

/** Something that was just done, for who does not see it. */
export function say(words: string): void {
  const region = document.getElementById('said')
  if (region !== null) region.textContent = words
}

function keyOf({ id, dataset }: HTMLElement): string {
  return `${id} ${dataset['say']}`
}

function textOf(element: HTMLElement): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ').trim()
}

function recall(): readonly string[] {
  try {
    return (sessionStorage.getItem(SAID) ?? '').split('\n')
  } catch {
    // A browser may keep nothing; then the next page says it again, which is better than never.
    return []
  }
}

function remember(keys: readonly string[]): void {
  try {
    sessionStorage.setItem(SAID, keys.join('\n'))
  } catch {
    // As above.
  }
}
