import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMonths } from '../time/index.ts'
import { RESPONSE_GOALS } from './debt.ts'
import { fixMonth, monthsUpTo } from './month.ts'
import { fixStatistics } from './statistics.ts'
import { END, MONTHS, world, ZONE } from './testing/world.ts'

test('what is told of an earlier month is what that month says of itself, by the same knowledge', () => {
  fc.assert(
    fc.property(world, fc.constantFrom(...MONTHS), (histories, month) => {
      const input = { histories, incidents: [], costly: [], goals: RESPONSE_GOALS, eventsOf: () => undefined }
      const { rates, ageing } = fixStatistics(input, month, ZONE, END)
      const itself = monthsUpTo(month).map((one) => {
        const { onTime, stock } = fixMonth(histories, one, ZONE, END)
        return { month: one, onTime: onTime.share, stock }
      })
      expect(rates).toEqual(itself)
      expect(ageing.atStart).toEqual(fixMonth(histories, addMonths(month, -1), ZONE, END).ageing.buckets)
    }),
    { numRuns: 30 },
  )
})
