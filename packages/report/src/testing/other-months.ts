import { fixMonth } from '@tabiji/core/fix'
import { judgeObjective, type MonthFacts } from '@tabiji/core/report'
import { DAY, isoIn, monthRange } from '@tabiji/core/time'
import { emptyFacts } from './facts.ts'

/** A month without incidents or fixes, in which one journey kept its promise: the facts that a collector would have. */
export function quietFacts(month: string): MonthFacts {
  const zone = 'Asia/Tokyo'
  const range = monthRange(month, zone)
  const [from, to] = [isoIn(range.from, zone), isoIn(range.to, zone)]
  const later = range.to + 4 * DAY
  const coverage = { readSlots: 44_640, expectedSlots: 44_640 }
  const parts = [{ from, to, targetPpm: 999_000, bad: 962, valid: 4_810_000 }]
  const promised = { name: 'availability', indicator: 'availability', targetPpm: 999_000 } as const
  return {
    ...emptyFacts(),
    month,
    from,
    to,
    generatedAt: isoIn(later, zone),
    dataUntil: to,
    journeys: [
      {
        name: 'measure-feet',
        title: { en: 'Measure feet', ja: '足の計測' },
        tier: 1,
        objectives: [judgeObjective({ ...promised, window: { kind: 'month' } }, parts, coverage)],
        steps: [{ name: 'upload', counts: [4_809_038, 0, 962, 0] }],
        coverage,
      },
    ],
    fixes: fixMonth([], month, zone, later),
  }
}
