import { spendingOf } from '../budget/index.ts'
import { ageingOf } from '../fix/index.ts'
import type { Path } from '../problem/index.ts'
import { daysBetween } from '../time/index.ts'
import { correctionMistakes } from './correction-sums.ts'
import { dayMistakes } from './day-sums.ts'
import { isMet, judgeObjective } from './judge.ts'
import { differing, type Mistake } from './mistake.ts'
import type { JourneyMonth, MonthFacts, ObjectiveMonth } from './month-facts.ts'
import { statisticsMistakes } from './statistics-sums.ts'

/**
 * Every figure of month facts that does not follow from those it is made of: such a file was edited, cut, or written by
 * something that counts differently, and a report of it would contradict itself.
 */
export function sumMistakes(facts: MonthFacts): Mistake[] {
  const objectives = facts.journeys.flatMap((journey, j) =>
    journey.objectives.flatMap((objective, o) =>
      objectiveMistakes(objective, journey.coverage, ['journeys', j, 'objectives', o]),
    ),
  )
  return [
    ...objectives,
    ...dayMistakes(facts),
    ...correctionMistakes(facts),
    ...flowMistakes(facts),
    ...rateMistakes(facts),
    ...openMistakes(facts),
    ...listMistakes(facts),
    ...statisticsMistakes(facts),
  ]
}

function objectiveMistakes(objective: ObjectiveMonth, coverage: JourneyMonth['coverage'], path: Path): Mistake[] {
  const { parts } = objective
  const spending = spendingOf(parts)
  const judged = judgeObjective(objective, parts, objective.coverage ?? coverage)
  const sums = (['bad', 'valid', 'allowedMillionths', 'leftPpm'] as const).flatMap((field) =>
    differing([...path, field], spending[field], objective[field], 'parts'),
  )
  const verdict = (['state', 'unjudged'] as const).flatMap((field) =>
    differing([...path, field], judged[field], objective[field], 'parts` and `coverage'),
  )
  const met = objective.state === 'unjudged' ? undefined : isMet(spending)
  const tooMany = parts.flatMap(({ bad, valid }, i) =>
    bad <= valid ? [] : [{ path: [...path, 'parts', i, 'bad'], expected: `at most \`valid\` (${valid})`, found: bad }],
  )
  return [...sums, ...differing([...path, 'met'], met, objective.met, 'parts'), ...verdict, ...tooMany]
}

function flowMistakes({ fixes: { flow, open } }: MonthFacts): Mistake[] {
  const { openAtStart, created, returned, done, dropped, openAtEnd } = flow
  const end = openAtStart + created + returned - done - dropped
  const path = ['fixes', 'flow', 'openAtEnd']
  const mistakes: Mistake[] = []
  if (openAtEnd !== end) {
    const expected = `${end}: open at start + new + returned − done − dropped`
    mistakes.push({ path, expected, found: openAtEnd })
  }
  if (openAtEnd !== open.length) {
    mistakes.push({ path, expected: `${open.length}, the number of open fixes listed`, found: openAtEnd })
  }
  return mistakes
}

/** Both rates beside the headline are parts of the flow; of the headline itself only its verdict can be checked. */
function rateMistakes({ fixes: { flow, stock, clearance, onTime } }: MonthFacts): Mistake[] {
  const onTable = flow.openAtStart + flow.created + flow.returned - flow.dropped
  const { share, targetPpm } = onTime
  const met = share.denominator === 0 ? undefined : share.numerator * 1_000_000 >= share.denominator * targetPpm
  return [
    ...differing(['fixes', 'stock', 'numerator'], flow.done, stock.numerator, 'fixes.flow'),
    ...differing(['fixes', 'stock', 'denominator'], onTable, stock.denominator, 'fixes.flow'),
    ...differing(['fixes', 'clearance', 'numerator'], flow.done, clearance.numerator, 'fixes.flow'),
    ...differing(['fixes', 'clearance', 'denominator'], flow.created, clearance.denominator, 'fixes.flow'),
    ...differing(['fixes', 'onTime', 'met'], met, onTime.met, 'fixes.onTime.share'),
    ...(share.numerator <= share.denominator
      ? []
      : [
          {
            path: ['fixes', 'onTime', 'share', 'numerator'],
            expected: `at most \`denominator\` (${share.denominator})`,
            found: share.numerator,
          },
        ]),
  ]
}

/** Ages and lateness follow from the dates of the open fixes, and the sums over them from the list. */
function openMistakes({ fixes: { asOf, open, ageing } }: MonthFacts): Mistake[] {
  const ages = open.flatMap((fix, i) => [
    ...differing(['fixes', 'open', i, 'ageDays'], daysBetween(fix.created, asOf), fix.ageDays, 'fixes.asOf'),
    ...differing(
      ['fixes', 'open', i, 'overdueDays'],
      Math.max(0, daysBetween(fix.due, asOf)),
      fix.overdueDays,
      'fixes.asOf',
    ),
  ])
  const expected = ageingOf(open, asOf)
  const sums = (['overdue', 'overdueDays', 'pastFirstDue', 'oldestDays'] as const).flatMap((field) =>
    differing(['fixes', 'ageing', field], expected[field], ageing[field], 'fixes.open'),
  )
  const buckets = (['open', 'overdue'] as const).flatMap((field) => {
    const all = ageing.buckets.reduce((sum, bucket) => sum + bucket[field], 0)
    const listed = field === 'open' ? open.length : expected.overdue
    return all === listed
      ? []
      : [{ path: ['fixes', 'ageing', 'buckets'], expected: `${listed} ${field} fixes altogether`, found: all }]
  })
  return [...ages, ...sums, ...buckets]
}

/** The fixes that the list has open are those that are listed as open. */
function listMistakes({ fixes: { open }, fixList }: MonthFacts): Mistake[] {
  if (fixList === undefined) return []
  const listed = fixList.filter(({ state }) => state === 'open').map(({ key }) => key)
  const expected = open.map(({ key }) => key)
  return differing(['fixList'], expected.toSorted().join(' '), listed.toSorted().join(' '), 'fixes.open')
}
