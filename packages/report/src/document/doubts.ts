import type { Context } from './context.ts'
import { durationText } from './duration.ts'

/** What may be missing from the month's figures: an estimate, which is in none of them. */
export function doubtSentence({ words, figures, facts }: Context): string | undefined {
  const { doubts = [] } = facts
  if (doubts.length === 0) return undefined
  const ms = doubts.reduce((sum, { from, to }) => sum + Math.max(0, Date.parse(to) - Date.parse(from)), 0)
  const events = doubts.reduce((sum, { estimate }) => sum + estimate.reduce((all, count) => all + count, 0), 0)
  return words.journeys.doubts(
    doubts.length,
    figures.count(doubts.length),
    durationText(words, ms),
    figures.count(events),
  )
}
