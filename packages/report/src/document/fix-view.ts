import type { TrackerMonth } from '@tabiji/core/report'
import type { Context } from './context.ts'

/** How old what is known of each tracker is: a rate over tickets that nobody could read is one of the day before. */
export function viewSentences(context: Context): readonly string[] {
  return (context.facts.trackers ?? []).map((tracker) => viewSentence(context, tracker))
}

function viewSentence({ words, figures }: Context, { name, readAt, failingSince }: TrackerMonth): string {
  const { view, viewFailing, viewNever } = words.fixTrend
  if (readAt === undefined) return viewNever(name)
  const stamp = figures.stamp(readAt)
  return failingSince === undefined ? view(name, stamp) : viewFailing(name, stamp, figures.stamp(failingSince))
}
