import { type MonthFacts, type MonthMark, type ObjectiveMonth, policyOf, type SpentPart } from '@tabiji/core/report'
import { addMonths } from '@tabiji/core/time'
import { octoberFacts } from './facts.ts'

/** Where the budget of the measurement of feet went; together all 5,197 bad events. */
const SPENT: readonly SpentPart[] = [
  { on: 'incident', key: 'INC-0007', bad: 3_465, from: '2026-10-20T13:02:00+09:00', to: '2026-10-20T13:40:00+09:00' },
  { on: 'alert', key: 'A-0009', bad: 700, from: '2026-10-06T02:10:00+09:00', to: '2026-10-06T03:25:00+09:00' },
  { on: 'unexplained', bad: 300, from: '2026-10-13T19:00:00+09:00', to: '2026-10-13T20:00:00+09:00' },
  { on: 'drip', bad: 732, days: 29 },
]

/** Nine months in which nothing happened, one that was missed, one that could not be judged, and September. */
function before(objective: ObjectiveMonth, september: number): readonly MonthMark[] {
  const { valid, allowedMillionths } = objective
  return Array.from({ length: 12 }, (_, i): MonthMark => {
    const common = { month: addMonths('2025-10', i), valid, allowedMillionths }
    if (i === 4) return { ...common, bad: 2, valid: 100, allowedMillionths: 100_000, state: 'unjudged' }
    if (i === 6) return { ...common, bad: valid, state: 'spent', met: false }
    return { ...common, bad: i === 11 ? september : 0, state: 'healthy', met: true }
  })
}

/** October with everything that a collector can tell of it: causes, months before, comments, policy, and what is asked. */
export function toldFacts(): MonthFacts {
  const october = octoberFacts()
  return {
    ...october,
    journeys: october.journeys.map((journey) => {
      const objectives = journey.objectives.map((one): ObjectiveMonth => {
        const marked = { ...one, before: before(one, journey.name === 'measure-feet' ? 1_203 : 2) }
        return one.days === undefined ? marked : { ...marked, spent: SPENT }
      })
      const policy = policyOf({ objectives })
      if (journey.name !== 'measure-feet') return { ...journey, objectives, policy }
      const at = '2026-11-03T09:30:00+09:00'
      return {
        ...journey,
        objectives,
        comment: { text: 'The queue of scans had no bound.', by: 'suzuki', at },
        policy: { ...policy, exceptions: [{ reason: 'fix of the queue', by: 'tanaka', at, until: '2026-11-10' }] },
      }
    }),
    asks: [
      {
        key: 'ASK-0002',
        month: '2026-09',
        text: 'pay for a second line',
        state: 'agreed',
        answer: { text: 'from January', by: 'tanaka', at: '2026-10-08T10:00:00+09:00' },
      },
      {
        key: 'ASK-0003',
        month: '2026-10',
        text: 'keep scanner releases behind the canary until FIX-0107 is done',
        why: 'one release caused most of the harm',
        journey: 'measure-feet',
        owner: 'suzuki',
        due: '2026-11-13',
        state: 'open',
      },
    ],
  }
}
