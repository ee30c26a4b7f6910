import { ageRanks } from '../fix/index.ts'
import { RESPONSE_MEASURES } from '../incident/index.ts'
import { differing, type Mistake } from './mistake.ts'
import type { MonthFacts } from './month-facts.ts'

type Stored = Required<Pick<MonthFacts, 'statistics'>> & MonthFacts

/** Every figure of the stored statistics that contradicts the facts beside it. */
export function statisticsMistakes(facts: MonthFacts): Mistake[] {
  const { statistics } = facts
  if (statistics === undefined) return []
  const stored = { ...facts, statistics }
  return [
    ...restatementMistakes(stored),
    ...lookBackMistakes(stored),
    ...openMistakes(stored),
    ...debtMistakes(stored),
    ...responseMistakes(stored),
    ...atMost(statistics.byPresentDate, ['statistics', 'byPresentDate']),
  ]
}

/** What a restatement says is now is what the month says. */
function restatementMistakes({ fixes, statistics }: Stored): Mistake[] {
  return statistics.restatements.flatMap((one, i) => {
    const path = ['statistics', 'restatements', i, 'is']
    if (one.figure !== 'onTime' && one.figure !== 'byPresentDate') {
      return differing(path, fixes.flow[one.figure], one.is, `fixes.flow.${one.figure}`)
    }
    const { figure, is } = one
    const told = figure === 'onTime' ? fixes.onTime.share : statistics.byPresentDate
    const source = figure === 'onTime' ? 'fixes.onTime.share' : 'statistics.byPresentDate'
    return (['numerator', 'denominator'] as const).flatMap((part) =>
      differing([...path, part], told[part], is[part], source),
    )
  })
}

/** The last of the months that are looked back on is the month itself, which began with what was open then. */
function lookBackMistakes({ month, fixes, statistics: { rates, ageing } }: Stored): Mistake[] {
  const held = ageing.atStart?.reduce((sum, { open }) => sum + open, 0)
  const atStart = ['statistics', 'ageing', 'atStart']
  const began = held === undefined ? [] : differing(atStart, fixes.flow.openAtStart, held, 'fixes.flow.openAtStart')
  if (rates === undefined) return began
  const i = rates.length - 1
  const path = ['statistics', 'rates', i]
  const { onTime, stock } = rates[i] ?? {}
  const parts = (['numerator', 'denominator'] as const).flatMap((part) => [
    ...differing([...path, 'onTime', part], fixes.onTime.share[part], onTime?.[part], `fixes.onTime.share.${part}`),
    ...differing([...path, 'stock', part], fixes.stock[part], stock?.[part], `fixes.stock.${part}`),
  ])
  return [...began, ...differing([...path, 'month'], month, rates[i]?.month, 'month'), ...parts]
}

/** Everything that is counted over the open fixes. */
function openMistakes({ month, fixes: { open, flow }, statistics }: Stored): Mistake[] {
  const { waiting, ageing, netFlow } = statistics
  const counted = {
    blocked: open.filter(({ blocked }) => blocked !== undefined).length,
    withoutOwner: open.filter(({ owner }) => owner === undefined).length,
    withoutDate: open.filter(({ dueIsDefault }) => dueIsDefault === true).length,
  }
  const ranks = ageRanks(open)
  const held = ageing.bySeverity.flatMap(({ buckets }) => buckets).reduce((sum, bucket) => sum + bucket.open, 0)
  const net = netFlow.find((one) => one.month === month)?.net
  return [
    ...(['blocked', 'withoutOwner', 'withoutDate'] as const).flatMap((field) =>
      differing(['statistics', 'waiting', field], counted[field], waiting[field], 'fixes.open'),
    ),
    ...(['medianDays', 'p90Days'] as const).flatMap((field) =>
      differing(['statistics', 'ageing', field], ranks[field], ageing[field], 'fixes.open'),
    ),
    ...(held === open.length
      ? []
      : [
          {
            path: ['statistics', 'ageing', 'bySeverity'],
            expected: `${open.length} open fixes altogether`,
            found: held,
          },
        ]),
    ...differing(['statistics', 'netFlow'], flow.openAtEnd - flow.openAtStart, net, 'fixes.flow'),
  ]
}

/** Each open fix is weighed once, with the repeats that are listed. */
function debtMistakes({ fixes: { open }, statistics: { debt } }: Stored): Mistake[] {
  const path = ['statistics', 'debt', 'worth']
  const weighed = debt.worth.map(({ fix }) => fix).toSorted()
  const listed = open.map(({ key }) => key).toSorted()
  const repeats = debt.worth.flatMap(({ fix, repeats: told }, i) =>
    differing([...path, i, 'repeats'], debt.repeats.filter((one) => one.fix === fix).length, told, 'debt.repeats'),
  )
  return [...differing(path, listed.join(' '), weighed.join(' '), 'fixes.open'), ...repeats]
}

function responseMistakes({ statistics: { response } }: Stored): Mistake[] {
  const measures = RESPONSE_MEASURES.flatMap((name) => {
    const { count, list, unknown } = response.measures[name]
    const path = ['statistics', 'response', 'measures', name]
    const tooMany = {
      path: [...path, 'count'],
      expected: `at most \`incidents\` (${response.incidents})`,
      found: count,
    }
    return [
      ...(list === undefined ? [] : differing([...path, 'count'], list.length, count, 'list')),
      ...(count + unknown <= response.incidents ? [] : [tooMany]),
    ]
  })
  return [...measures, ...atMost(response.detectedByUs, ['statistics', 'response', 'detectedByUs'])]
}

function atMost(share: { numerator: number; denominator: number }, path: readonly string[]): Mistake[] {
  const { numerator, denominator } = share
  if (numerator <= denominator) return []
  return [{ path: [...path, 'numerator'], expected: `at most \`denominator\` (${denominator})`, found: numerator }]
}
