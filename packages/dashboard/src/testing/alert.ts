import type { BoardAlert } from '../view/alerts.ts'
import { AROUND } from './around.ts'

const MINUTE = 60_000
const NOW = Date.parse(AROUND.now)

/** A level 1 that has burned for six minutes at 18.2 times the budget's pace, and that nobody has. */
export function alert(
  id: string,
  more: Partial<BoardAlert> = {},
  facts: Partial<BoardAlert['facts']> = {},
): BoardAlert {
  const level = more.level ?? 1
  const rule = 'pay/availability/page'
  return {
    ...{ id, rule, level },
    episode: { state: 'firing', startedAt: NOW - 6 * MINUTE, reopenings: 0 },
    facts: {
      ...{ kind: 'trigger', episode: id, dedupKey: id, rule, level },
      journey: { name: 'pay', title: { en: 'Pay', ja: '支払う' }, tier: 1 },
      cause: {
        ...{ kind: 'burn', factorMilli: 14_400 },
        long: { ms: 60 * MINUTE, bad: 182, valid: 10_000 },
        short: { ms: 5 * MINUTE, bad: 21, valid: 1_000 },
      },
      budget: { bad: 5_197, valid: 4_812_000, leftPpm: -80_000 },
      ...{ startedAt: NOW - 6 * MINUTE, at: NOW, timeZone: 'Asia/Tokyo', changes: [], sample: false },
      ...facts,
    },
    ...more,
  }
}
