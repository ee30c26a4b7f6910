import { patternOf } from './leaves.ts'

/** What is stated in a month's facts and not counted, and by whom. Everything else has to be counted a second time. */
const STATED: readonly (readonly [pattern: string, why: string])[] = [
  ['sample', 'the import says that the data are made up'],
  ['journeys.*.tier', 'written in the journeys file'],
  ['journeys.*.objectives.*.window.ms', 'written in the journeys file: the window that rings, not the month'],
  ['alerts.*.level', 'the name of the row'],
  ['incidents.*.level', 'said by who opened the incident'],
  ['incidents.*.drill', 'said by who opened the incident'],
  ['fixes.onTime.targetPpm', 'the policy: 80 %'],
  ['fixes.cohorts.*.within.*.days', 'how long each curve looks: 30, 60 and 90 days'],
  ['fixes.ageing.buckets.*.fromDays', 'an edge of a bucket'],
  ['fixes.ageing.buckets.*.toDays', 'an edge of a bucket'],
  ['statistics.estimates.*.within.*.days', 'how long each curve looks: 30, 60 and 90 days'],
  ['statistics.ageing.**.fromDays', 'an edge of a bucket'],
  ['statistics.ageing.**.toDays', 'an edge of a bucket'],
  ['statistics.ageing.bySeverity.*.level', 'the name of the row'],
  ['statistics.debt.goals.*', 'written in the configuration: how soon an incident should be seen and stopped'],
  ['drills.held.*.level', 'said by who began the drill'],
]

const patterns = STATED.map(([pattern]) => patternOf(pattern))

export function isStated(path: string): boolean {
  return patterns.some((pattern) => pattern.test(path))
}

/** Figures that may be nothing in every month of the year, so that their recount was never tried, and why. */
export const NEVER_MORE: Readonly<Record<string, string>> = {
  'alerts.*.judgedNoise': 'nobody judged an alert of the year to be noise',
  'incidents.*.drill': 'the one that is practice is of January',
  'statistics.response.drills': 'the one that is practice is of January',
  'fixes.onTime.notYetDue': 'all months are over',
  'fixes.onTime.met': 'the people of the year are late',
  'statistics.response.detectedByUs.numerator': 'people stated when they noticed, and a statement is theirs',
  'statistics.response.measures.detect.unknown': 'every incident says when it began and was noticed',
  'statistics.response.measures.resolve.unknown': 'every incident says when it began',
  'statistics.response.measures.detect.moved': 'all were noticed after four minutes',
  'statistics.response.measures.notify.moved': 'of few nothing is said',
  'statistics.response.measures.acknowledge.moved': 'of few nothing is said',
  'statistics.response.measures.mitigate.moved': 'of few nothing is said',
  'statistics.response.measures.resolve.moved': 'of few nothing is said',
}

/** Allowances that no figure needs. */
export function unneeded(paths: Iterable<string>): readonly string[] {
  const all = [...paths]
  return STATED.map(([pattern]) => pattern).filter((pattern) => !all.some((path) => patternOf(pattern).test(path)))
}
