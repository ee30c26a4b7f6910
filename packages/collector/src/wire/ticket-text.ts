/** The rest of the first label that begins with a prefix. */
export function afterPrefix(labels: readonly string[], prefix: string): string | undefined {
  return labels
    .find((label) => label.startsWith(prefix))
    ?.slice(prefix.length)
    .trim()
}

/** What stands behind `name:` on the first line that begins with it, in a text that people wrote. */
export function lineOf(body: string, name: string): string | undefined {
  return body
    .split(/\r?\n/)
    .find((line) => line.toLowerCase().startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim()
    .slice(0, 200)
}

/** So many pages of tickets are looked at that a text names. */
const MOST_LINKS = 50

/** The addresses that a text names, each once, without what a sentence puts behind them. */
export function linksIn(text: string): readonly string[] {
  const found = text.match(/https?:\/\/[^\s"'<>()[\]{}|\\^`]{1,500}/g) ?? []
  return [...new Set(found.map((link) => link.replace(/[#?].*$/, '').replace(/[.,;:!*_/。、]+$/, '')))].slice(
    0,
    MOST_LINKS,
  )
}

/** Whether a label is among those that are looked for, in any case. */
export function hasLabel(labels: readonly string[], sought: readonly string[]): boolean {
  const lower = new Set(sought.map((one) => one.toLowerCase()))
  return labels.some((label) => lower.has(label.toLowerCase()))
}
