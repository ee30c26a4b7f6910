import type { FixEvent, FixHistory } from '@tabiji/core/fix'

/**
 * The month of fixes counted a second time, as somebody would with a wall calendar: one cell for each hour from September to
 * December 2026 in Tokyo (which has no clock changes), filled in event by event. Slow, and nothing of it comes from core.
 */

const HOUR = 3_600_000
export const START = Date.UTC(2026, 7, 31, 15)
const DAYS = { '2026-09': 30, '2026-10': 31, '2026-11': 30, '2026-12': 31 }
type Month = keyof typeof DAYS
export const MONTHS = Object.keys(DAYS) as readonly Month[]
export const HOURS = 24 * (30 + 31 + 30 + 31)

type Cell = 'absent' | 'open' | 'done' | 'dropped' | 'accepted' | 'merged'

/** The date of an hour: the 8th of September is the number 7. */
const dayOf = (hour: number) => Math.floor(hour / 24)
/** The number of a date that is written out. */
function dayNumber(date: string): number {
  return (Date.parse(`${date}T00:00:00Z`) - Date.UTC(2026, 8, 1)) / (24 * HOUR)
}
function firstHourOf(month: Month): number {
  return 24 * MONTHS.slice(0, MONTHS.indexOf(month)).reduce((days, one) => days + DAYS[one], 0)
}

/** The hour in which each event counts: when it happened, but never before the line above it in the log. */
function hoursOf(events: readonly FixEvent[]): readonly number[] {
  const hours: number[] = []
  for (const { at, happenedAt } of events) {
    const said = happenedAt !== undefined && happenedAt < at ? happenedAt : at
    const hour = (said - START) / HOUR
    const above = hours[hours.length - 1]
    hours.push(above !== undefined && above > hour ? above : hour)
  }
  return hours
}

const TURNS: { readonly [type in FixEvent['type']]?: Cell } = {
  ...{ added: 'open', done: 'done', reopened: 'open', undropped: 'open' },
  ...{ dropped: 'dropped', accepted: 'accepted', merged: 'merged' },
}

/** What stands in each hour at its end. */
function rowOf({ events }: FixHistory): readonly Cell[] {
  const hours = hoursOf(events)
  const row: Cell[] = []
  let cell: Cell = 'absent'
  let lastAcceptedDay = 0
  for (let hour = 0; hour < HOURS; hour++) {
    if (cell === 'accepted' && dayOf(hour) > lastAcceptedDay) cell = 'open'
    for (const [i, event] of events.entries()) {
      if (hours[i] !== hour) continue
      cell = TURNS[event.type] ?? cell
      if (event.type === 'accepted') lastAcceptedDay = dayNumber(event.until)
      if (cell === 'accepted' && dayOf(hour) > lastAcceptedDay) cell = 'open'
    }
    row.push(cell)
  }
  return row
}

const away = (cell: Cell | undefined) => cell === 'dropped' || cell === 'accepted' || cell === 'merged'

/** The six numbers of a month, each by its own question to each row. */
export function countFlow(histories: readonly FixHistory[], month: Month) {
  const first = firstHourOf(month)
  const edges = histories.map(rowOf).map((row) => ({
    before: first === 0 ? 'absent' : (row[first - 1] ?? 'absent'),
    after: row[first + 24 * DAYS[month] - 1] ?? 'absent',
  }))
  const count = (holds: (edge: (typeof edges)[number]) => boolean) => edges.filter(holds).length
  return {
    openAtStart: count(({ before }) => before === 'open'),
    created: count(({ before, after }) => before === 'absent' && after !== 'absent'),
    returned: count(({ before, after }) => (before === 'done' && after !== 'done') || (away(before) && !away(after))),
    done: count(({ before, after }) => before !== 'done' && after === 'done'),
    dropped: count(({ before, after }) => !away(before) && away(after)),
    openAtEnd: count(({ after }) => after === 'open'),
  }
}

/** Of what was due in the month by the date that was promised first, how many were done in the last hour of that date. */
export function countOnTime(histories: readonly FixHistory[], month: Month) {
  let [numerator, denominator] = [0, 0]
  for (const history of histories) {
    const [added] = history.events
    const row = rowOf(history)
    if (added?.type !== 'added' || !added.due.startsWith(month) || row[HOURS - 1] === 'merged') continue
    const lastHour = 24 * dayNumber(added.due) + 23
    const cell = row[lastHour]
    if (cell === 'accepted') continue
    denominator++
    if (cell === 'done' && !cameBack(history, lastHour)) numerator++
  }
  return { numerator, denominator }
}

/** Whether it was opened again on one of the thirty dates after it was done last before an hour. */
function cameBack({ events }: FixHistory, before: number): boolean {
  const hours = hoursOf(events)
  let doneHour = 0
  for (const [i, { type }] of events.entries()) {
    const hour = hours[i] ?? 0
    if (type === 'done' && hour <= before) doneHour = hour
  }
  return events.some(({ type }, i) => {
    const hour = hours[i] ?? 0
    return type === 'reopened' && hour >= doneHour && dayOf(hour) - dayOf(doneHour) <= 30
  })
}
