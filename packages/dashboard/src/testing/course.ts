import type { CoursePoint } from '@tabiji/core/budget'
import type { CourseView } from '../view/course.ts'
import { AROUND } from './around.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const END = Date.parse(AROUND.now) - (Date.parse(AROUND.now) % MINUTE)

/** Six hours of a minute each: a fault of ten minutes, and twenty minutes that nobody read. */
export function courseView(more: Partial<CourseView> = {}, course: Partial<CourseView['course']> = {}): CourseView {
  const points = Array.from({ length: 360 }, (_, i): CoursePoint => {
    const isFault = i >= 100 && i < 110
    const [bad, valid] = [isFault ? 20 : 0, 100]
    const burnMilli = isFault ? 18_290 : 400
    return {
      ...{ at: END - 6 * HOUR + (i + 1) * MINUTE, read: i < 200 || i >= 220 },
      ...{ counts: [valid - bad - 5, 5, bad, 0], bad, valid },
      burns: [
        { bad, valid, burnMilli },
        { bad, valid, burnMilli: 1_500 },
      ],
    }
  })
  return {
    course: {
      ...{ journey: 'pay', objective: 'availability', indicator: 'availability', targetPpm: 990_000 },
      ...{ from: END - 6 * HOUR, to: END, stepMs: MINUTE, windowsMs: [HOUR, 6 * HOUR], excluded: [], points },
      ...course,
    },
    ...{ range: '6h', incidents: [], deploys: [] },
    ...more,
  }
}
