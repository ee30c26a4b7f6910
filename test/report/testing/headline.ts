import { DECISIONS } from './calendar.ts'
import { countIncidents, countOnTime, countStock, type Work } from './naive-work.ts'

/** The twelve numbers that a manager reads first. What a month does not have is `undefined`, and no format may show it. */
export type Headline = {
  readonly met: number
  readonly judged: number
  readonly unjudged: number
  readonly onTime: readonly [done: number, due: number]
  readonly stock: readonly [done: number, onTable: number]
  readonly overdue: number
  readonly oldestDays: number | undefined
  readonly incidents: number
  /** Whole minutes, begun ones counted. */
  readonly medianMinutes: number | undefined
  readonly asked: number
}

type Verdicts = readonly { readonly journey: string; readonly met: boolean | undefined }[]

/** A journey is judged when one of its objectives is, and misses when one does. */
export function countJourneys(verdicts: Verdicts): Pick<Headline, 'met' | 'judged' | 'unjudged'> {
  const names = [...new Set(verdicts.map(({ journey }) => journey))]
  const judged = names.filter((name) => verdicts.some(({ journey, met }) => journey === name && met !== undefined))
  const missed = judged.filter((name) => verdicts.some(({ journey, met }) => journey === name && met === false))
  return { met: judged.length - missed.length, judged: judged.length, unjudged: names.length - judged.length }
}

/** The headline of a month, from what was counted by hand. */
export function countHeadline(verdicts: Verdicts, work: Work, month: string, today: string): Headline {
  const { flow, overdue, oldest } = countStock(work, month)
  const { numerator, denominator } = countOnTime(work, month, today)
  const { count, median } = countIncidents(work, month)
  return {
    ...countJourneys(verdicts),
    onTime: [numerator, denominator],
    stock: [flow.done, flow.openAtStart + flow.created + flow.returned - flow.dropped],
    overdue,
    oldestDays: oldest,
    incidents: count,
    medianMinutes: median === undefined ? undefined : Math.ceil(median),
    asked: DECISIONS[month] ?? 0,
  }
}

/** The numbers that have to be read on a page, each as often as it stands there. */
export function numbersOf({ met, judged, unjudged, onTime, stock, medianMinutes, ...rest }: Headline): string[] {
  const { overdue, oldestDays, incidents, asked } = rest
  const told = [
    ...(judged === 0 ? [] : [met, judged]),
    ...(unjudged === 0 ? [] : [unjudged]),
    ...(onTime[1] === 0 ? [] : onTime),
    ...(stock[1] === 0 ? [] : stock),
    ...(overdue === 0 ? [] : [overdue]),
    ...(overdue === 0 || oldestDays === undefined ? [] : [oldestDays]),
    ...(incidents === 0 ? [] : [incidents]),
    ...hoursAndMinutes(medianMinutes),
    ...(asked === 0 ? [] : [asked]),
  ]
  return told.map(String)
}

function hoursAndMinutes(minutes: number | undefined): number[] {
  if (minutes === undefined) return []
  return [Math.floor(minutes / 60), minutes % 60].filter((part) => part > 0)
}

/** All numbers of a text in ascending order: thousands without marks, decimals whole. */
export function numbersIn(text: string): string[] {
  const found = text.replace(/(?<=\d),(?=\d{3})/g, '').match(/\d+(\.\d+)?/g)
  return (found ?? []).sort()
}

/** Those of the expected numbers that a text does not have often enough. */
export function missingIn(text: string, expected: readonly string[]): string[] {
  const left = numbersIn(text)
  return expected.filter((number) => {
    const place = left.indexOf(number)
    if (place !== -1) left.splice(place, 1)
    return place === -1
  })
}
