import type { JourneyMonth, MonthFacts, ObjectiveMonth } from '@tabiji/core/report'
import { wholeFacts } from './whole.ts'

/**
 * October with so many journeys of two objectives each, every one with its days, the first with the months before;
 * each fifth journey missed its target and says where its budget went, and why.
 */
export function largeFacts(count: number): MonthFacts {
  const facts = wholeFacts()
  const pattern = facts.journeys.find(({ name }) => name === 'measure-feet')
  const [missed, watched] = pattern?.objectives ?? []
  const [first] = facts.fixes.open
  if (pattern === undefined || missed === undefined || watched === undefined || first === undefined) {
    throw new Error('October has this journey')
  }
  const { before: _, ...calm } = watched
  const well: ObjectiveMonth = { ...calm, ...(missed.days && { days: missed.days }) }
  const journeys = Array.from({ length: count }, (__, i): JourneyMonth => {
    const worst = i % 5 === 0 ? missed : well
    const { comment: _, ...silent } = pattern
    return {
      ...(worst === missed ? pattern : silent),
      name: `journey-${i}`,
      objectives: [
        { ...worst, name: 'availability', ...(missed.before && { before: missed.before }) },
        { ...well, name: 'upload.latency' },
      ],
    }
  })
  return { ...facts, journeys }
}
