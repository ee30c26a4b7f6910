import type { KeptLine } from '@tabiji/core/incident'
import type { Range } from '@tabiji/core/time'
import { maskSecrets } from '../wire/masking.ts'

export { MOST_IMPORTED } from '../wire/incident-lines-request.ts'
export { maskSecrets } from '../wire/masking.ts'
export { MAX_HISTORY_BYTES, readShellHistory, SHELLS, type Shell, shellOf } from '../wire/shell-history.ts'
export { MAX_SLACK_BYTES, readSlackThread } from '../wire/slack-export.ts'

/** More than anybody reads, and than an incident takes. */
const MOST_LINES = 2_000
/** What a line of a timeline may have. */
const LONGEST_TEXT = 2_000

/** The lines of a stretch, without secrets, in the order in which they were written; the rest is counted. */
export async function chooseLines(
  lines: readonly KeptLine[],
  { from, to }: Range,
): Promise<{
  readonly chosen: readonly KeptLine[]
  readonly masked: number
  readonly outside: number
  readonly beyond: number
}> {
  const inside = lines.filter(({ happenedAt }) => happenedAt >= from && happenedAt < to)
  const ordered = inside.toSorted((a, b) => a.happenedAt - b.happenedAt).slice(0, MOST_LINES)
  const chosen: KeptLine[] = []
  let masked = 0
  for (const line of ordered) {
    const text = await maskSecrets(line.text)
    if (text !== line.text) masked++
    chosen.push({ ...line, text: text.slice(0, LONGEST_TEXT) })
  }
  return { chosen, masked, outside: lines.length - inside.length, beyond: inside.length - ordered.length }
}
