import { countMonth, type Promised, type Sheet } from './naive-events.ts'
import { LEFT_OUT, type Year } from './year.ts'

const HOUR = 3_600_000
const RAISED_ON = '2026-05-15'
const OUT = { from: Date.parse(LEFT_OUT.from) / HOUR, to: Date.parse(LEFT_OUT.to) / HOUR }

/** What an objective promised in the year, and what a correction leaves out of it. */
export function promiseOf({ journeys }: Year, journey: string, objective: string): Promised {
  const target = Math.round((journeys[journey]?.objectives[objective] ?? 0) * 10_000)
  const isRaised = journey === 'checkout' && objective === 'availability'
  return {
    ...{ journey, indicator: objective },
    targetOn: (date) => (isRaised && date < RAISED_ON ? 995_000 : target),
    isOut: (hour) => journey === 'checkout' && hour >= OUT.from && hour < OUT.to,
  }
}

/** Whether each objective of a month was met, counted by hand. */
export function verdictsOf(year: Year, sheet: Sheet, month: string) {
  return Object.entries(year.journeys).flatMap(([journey, { objectives }]) =>
    Object.keys(objectives).map((objective) => {
      const counted = countMonth(sheet, promiseOf(year, journey, objective), month)
      return { journey, met: 'met' in counted ? counted.met : undefined }
    }),
  )
}
