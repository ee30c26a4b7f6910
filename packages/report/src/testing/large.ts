import type { JourneyMonth, MonthFacts, ObjectiveMonth } from '@tabiji/core/report'
import { objective } from './facts.ts'
import { wholeFacts } from './whole.ts'

/**
 * October with so many journeys of two objectives each, every one with its days, the first with the months before; each fifth
 * journey missed its target and says where its budget went, and why.
 */
export function largeFacts(count: number): MonthFacts {
  const { corrections: _, ...facts } = wholeFacts()
  const pattern = facts.journeys.find(({ name }) => name === 'measure-feet')
  const [missed] = pattern?.objectives ?? []
  if (pattern === undefined || missed?.days === undefined) throw new Error('October has this journey, and its days')
  const daily = 32
  const well: ObjectiveMonth = {
    ...objective({ name: 'upload' }, daily * missed.days.length, missed.valid),
    days: missed.days.map((day) => ({ ...day, bad: daily })),
  }
  const { comment: __, composites: ___, ...silent } = pattern
  const journeys = Array.from({ length: count }, (____, i): JourneyMonth => {
    const first = i % 5 === 0 ? missed : { ...well, name: missed.name, ...(missed.before && { before: missed.before }) }
    return {
      ...silent,
      ...(first === missed && pattern.comment && { comment: pattern.comment }),
      name: `journey-${i}`,
      objectives: [first, well],
    }
  })
  return { ...facts, journeys }
}
