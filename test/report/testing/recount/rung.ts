import { dateIn, lastDateOf, plusDays } from '../calendar.ts'
import type { Work } from '../naive-work.ts'
import type { Rung } from '../rung.ts'
import { PRACTISED_AT, SILENCED, type Year } from '../year.ts'
import { endOf } from './debt.ts'
import { factsOfIncident } from './incident.ts'

const HOUR = 3_600_000

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', hour: '2-digit', hourCycle: 'h23' })

/** What rang at each level but in practice, whether anybody did something about it, and whether it woke somebody. */
export function recountAlerts(all: readonly Rung[], work: Work, month: string) {
  const end = endOf(month)
  const [before, inIncidents] = [endOf(monthBefore(month)), episodesOf(work)]
  return Object.fromEntries(
    [1, 2, 3].map((level) => {
      const some = all.filter((one) => one.level === level && !one.drill)
      const lines = some.flatMap(({ id, lines: own }) => own.map((line) => ({ id, ...line })))
      const during = lines.filter(({ at }) => at >= before && at < end)
      const fired = during.filter(({ transition }) => transition === 'fired')
      const isTaken = (id: string) =>
        lines.some((line) => line.id === id && line.at < end && ['acked', 'noted'].includes(line.transition))
      const isNoise = (id: string) =>
        lines.findLast((line) => line.id === id && line.at < end && line.transition.endsWith('noise'))?.transition ===
        'noise'
      return [
        level,
        {
          fired: fired.length,
          resolved: during.filter(({ transition }) => transition === 'resolved').length,
          stillOpen: some.filter((one) => isOpenAt(one, end)).length,
          actedOn: fired.filter(({ id }) => !isNoise(id) && (isTaken(id) || inIncidents.has(id))).length,
          judgedNoise: fired.filter(({ id }) => isNoise(id)).length,
          atNight: fired.filter(({ at }) => isNight(at)).length,
        },
      ]
    }),
  )
}

function monthBefore(month: string): string {
  return plusDays(`${month}-01`, -1).slice(0, 7)
}

function episodesOf(work: Work): ReadonlySet<string> {
  return new Set([...work.incidents.values()].flatMap((lines) => factsOfIncident(lines).episodes))
}

function isOpenAt({ lines }: Rung, end: number): boolean {
  const last = lines.findLast(
    ({ at, transition }) => at < end && ['fired', 'reopened', 'resolved', 'withdrawn'].includes(transition),
  )
  return last !== undefined && ['fired', 'reopened'].includes(last.transition)
}

/** From ten in the evening to seven in the morning, by the clocks of the place. */
function isNight(at: number): boolean {
  const hour = Number(clock.format(at))
  return hour >= 22 || hour < 7
}

/** The one silence of the year, and what of its journey rang meanwhile. */
export function recountSilences(all: readonly Rung[], month: string) {
  const { from, hours, journey, reason } = SILENCED
  if (!dateIn(from).startsWith(month)) return {}
  const to = from + hours * HOUR
  const rang = all.filter((one) => one.journey === journey && one.from < to && (one.to ?? to) >= from)
  return { [reason]: { silences: 1, seconds: hours * 3_600, alerts: rang.length } }
}

/** The one drill of the year. The clock stood while it was held, so whatever of it is known took no time. */
export function recountDrills({ journeys, rung }: Year, month: string) {
  const tierOne = Object.values(journeys).filter(({ tier }) => tier === 1).length
  const end = endOf(month)
  const isFresh = PRACTISED_AT >= end - 90 * 24 * HOUR && PRACTISED_AT < end
  const isHeld = dateIn(PRACTISED_AT) <= lastDateOf(month) && dateIn(PRACTISED_AT).startsWith(month)
  const rang = rung.filter(({ drill }) => drill)
  const times = { ...(rang.length > 0 && { rangMs: 0 }) }
  return { tierOne: { journeys: tierOne, practised: isFresh ? 1 : 0 }, held: isHeld ? { 'D-0001': times } : {} }
}
