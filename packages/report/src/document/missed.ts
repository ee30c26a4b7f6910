import {
  type JourneyMonth,
  largestSpent,
  type ObjectiveMonth,
  type SpentSum,
  sortObjectives,
} from '@tabiji/core/report'
import { HOUR } from '@tabiji/core/time'
import type { Context } from './context.ts'
import { durationText } from './duration.ts'
import { objectiveText } from './objective.ts'

/** That a journey missed the target of its worst objective, by how much, and where most of that budget went if that is known. */
export function missedSentence(context: Context, journey: JourneyMonth, how?: 'briefly'): string | undefined {
  const [worst] = sortObjectives(journey.objectives)
  if (worst?.met !== false) return undefined
  const { summary, language } = context.words
  const { result, target } = objectiveText(context, worst)
  const name = journey.title[language]
  const cause = how === undefined ? causeSentence(context, name, worst) : undefined
  return cause ?? summary.missed(name, result, target)
}

function causeSentence(context: Context, name: string, objective: ObjectiveMonth): string | undefined {
  const cause = largestSpent(objective)
  if (cause === undefined) return undefined
  const { words, figures } = context
  const { missedBy } = words.summary
  const { result, target } = objectiveText(context, objective)
  const share = shareOfBudget(context, objective, cause.bad)
  const [part] = cause.parts
  switch (cause.on) {
    case 'incident':
    case 'alert': {
      const lasted = lengthOf(cause)
      if (part?.key === undefined || lasted === undefined) return undefined
      return missedBy[cause.on](name, result, target, share, part.key, durationText(words, lasted))
    }
    case 'unexplained': {
      const hours = Math.ceil((lengthOf(cause) ?? 0) / HOUR)
      return hours === 0 ? undefined : missedBy.unexplained(hours, name, result, target, share, figures.count(hours))
    }
    case 'drip': {
      const days = part?.days ?? 0
      return days === 0 ? undefined : missedBy.drip(days, name, result, target, share, figures.count(days))
    }
  }
}

/** How much of the whole budget so many bad events are; a budget that is overspent has more than 100 %. */
export function shareOfBudget(
  { figures }: Context,
  { allowedMillionths }: Pick<ObjectiveMonth, 'allowedMillionths'>,
  bad: number,
  decimals = 0,
): string {
  return allowedMillionths === 0 ? '' : figures.percent(BigInt(bad) * 1_000_000n, allowedMillionths, decimals)
}

/** How long all stretches of a cause are, in milliseconds; nothing when one of them is not stated. */
function lengthOf({ parts }: SpentSum): number | undefined {
  let sum = 0
  for (const { from, to } of parts) {
    if (from === undefined || to === undefined) return undefined
    sum += Date.parse(to) - Date.parse(from)
  }
  return sum
}
