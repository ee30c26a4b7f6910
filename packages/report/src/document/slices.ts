import type { ObjectiveMonth } from '@tabiji/core/report'
import { formatDuration, HOUR, MINUTE } from '@tabiji/core/time'
import type { Context } from './context.ts'

/** How an objective is kept that counts slices of time, and what became of the time that nobody read. */
export function sliceSentences({ words, figures }: Context, objective: ObjectiveMonth): readonly string[] {
  const { name, budgeting, noData } = objective
  if (budgeting === undefined) return []
  const { timeslices, ratioTimeslices, countedAs, noData: unread } = words.journeys
  const slice = lengthOf(words, budgeting.sliceMs)
  const how =
    budgeting.method === 'timeslices'
      ? timeslices(name, slice, figures.target(budgeting.sliceTargetPpm))
      : ratioTimeslices(name, slice)
  if (noData === undefined) return [how]
  return [how, unread(name, lengthOf(words, noData.seconds * 1000), countedAs[noData.countedAs])]
}

function lengthOf({ duration }: Context['words'], ms: number): string {
  if (ms % MINUTE !== 0) return formatDuration(ms)
  return duration(Math.floor(ms / HOUR), (ms % HOUR) / MINUTE)
}
