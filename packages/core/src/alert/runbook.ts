/** A first step that is longer is no step; code points. */
const LONGEST_STEP = 300

/** A runbook that is longer is read so far. */
const MOST_LINES = 2_000

/**
 * The first thing that a runbook in Markdown asks for: its first list item that is more than a link within the page (those are
 * tables of contents), or else the first line of text below its first heading. Emphasis is taken off, links become
 * `text (address)`, so that every chat can show them.
 */
export function firstStepOf(markdown: string): string | undefined {
  const lines = proseOf(markdown.split(/\r?\n/, MOST_LINES))
  const items = lines.flatMap(
    (line) => /^\s{0,8}(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(\S.*)$/.exec(line)?.[1] ?? [],
  )
  const item = items.find((text) => !/^\[[^\]]*\]\(#[^)]*\)\.?$/.test(text.trim()))
  const heading = lines.findIndex((line) => /^#{1,6}\s/.test(line))
  const below = lines
    .slice(heading + 1)
    .find((line) => line.trim() !== '' && !/^(#{1,6}\s|[>|<]|\s*\[[^\]]*\]:)/.test(line))
  const found = plain(item ?? (heading < 0 ? '' : (below ?? '')))
  return found === '' ? undefined : cut(found)
}

/** Without what stands in a front matter, in fences of code and in comments. */
function proseOf(lines: readonly string[]): readonly string[] {
  const end = lines[0]?.trim() === '---' ? lines.findIndex((line, i) => i > 0 && line.trim() === '---') : -1
  let fence: string | undefined
  return lines.slice(end + 1).filter((line) => {
    const [, mark] = /^\s{0,3}(```|~~~)/.exec(line) ?? []
    if (mark !== undefined) {
      fence = fence === undefined ? mark : fence === mark ? undefined : fence
      return false
    }
    return fence === undefined && !/^\s*<!--.*-->\s*$/.test(line)
  })
}

function plain(text: string): string {
  return text
    .replace(/!\[([^\]]*)\]\([^)\s]*\)/g, '$1')
    .replace(/\[([^\]]+)\]\((https?:\/\/[^)\s]+)(?:\s+"[^"]*")?\)/g, '$1 ($2)')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/<(https?:\/\/[^>\s]+)>/g, '$1')
    .replace(/(\*\*|__|`)/g, '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
}

function cut(text: string): string {
  const points = [...text]
  return points.length <= LONGEST_STEP ? text : `${points.slice(0, LONGEST_STEP - 1).join('')}…`
}
