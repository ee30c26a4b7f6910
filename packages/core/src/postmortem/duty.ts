import { type Incident, POSTMORTEM_STATES } from '../incident/index.ts'
import type { Level } from '../journey/index.ts'
import { addDays, type Desk, dateOf, dayRange, daysBetween, LOOK_AHEAD_DAYS, openingOn } from '../time/index.ts'

/** Within how many business days after its resolution an incident's postmortem is published; of a level without a number, never. */
export type PostmortemWithin = { readonly [level in Level]?: number }

/** How far it is: `missing` where nobody has begun. */
export const DUTY_STATES = ['missing', ...POSTMORTEM_STATES] as const

/** The postmortem that an incident owes. Dates are `YYYY-MM-DD`. */
export type PostmortemDuty = {
  readonly incident: string
  readonly title: string
  readonly level?: Level
  readonly state: (typeof DUTY_STATES)[number]
  /** It is due until the end of that day, in the zone of the team. */
  readonly due: string
  /** Somebody stated the date; else it follows from the policy. */
  readonly dueIsStated?: true
  /** Dates since it was due while it is not published; 0 otherwise. */
  readonly overdueDays: number
  /** Who writes it: as was said, else who led the incident. */
  readonly owner?: string
  readonly file?: string
}

/**
 * What a resolved incident owes, looked at in the instant `now` (milliseconds). Nothing while it is open or once it is part of another; nothing of a drill,
 * unless somebody stated by when or has begun to write.
 *
 * @param desk of the team whose journey was hurt: its business days count, the day of the resolution itself does not
 */
export function postmortemDuty(
  incident: Incident,
  within: PostmortemWithin,
  desk: Desk,
  now: number,
): PostmortemDuty | undefined {
  const { key, title, level, resolvedAt, postmortem, owed, roles } = incident
  if (incident.merged !== undefined || (resolvedAt === undefined && owed === undefined)) return undefined
  if (incident.drill && owed === undefined && postmortem === undefined) return undefined
  const due = owed?.due ?? dueOf(incident, within, desk)
  if (due === undefined) return undefined
  const state = postmortem?.state ?? 'missing'
  const late = state === 'published' ? 0 : Math.max(0, daysBetween(due, dateOf(now, desk.timeZone)))
  const owner = postmortem?.owner ?? owed?.owner ?? roles.lead?.name
  return {
    incident: key,
    title,
    state,
    due,
    overdueDays: late,
    ...(level !== undefined && { level }),
    ...(owed !== undefined && { dueIsStated: true }),
    ...(owner !== undefined && { owner }),
    ...(postmortem?.file !== undefined && { file: postmortem.file }),
  }
}

/** The instant from which it is overdue, milliseconds. */
export function overdueFrom({ due }: Pick<PostmortemDuty, 'due'>, { timeZone }: Desk): number {
  return dayRange(due, timeZone).to
}

/** The order of a list to work through: what is owed first, the most overdue on top, then by due date and key. */
export function compareDuties(a: PostmortemDuty, b: PostmortemDuty): number {
  const closed = Number(a.state === 'published') - Number(b.state === 'published')
  return closed || b.overdueDays - a.overdueDays || compare(a.due, b.due) || compare(a.incident, b.incident)
}

function dueOf({ level, resolvedAt }: Incident, within: PostmortemWithin, desk: Desk): string | undefined {
  const days = level === undefined ? undefined : within[level]
  return days === undefined || resolvedAt === undefined ? undefined : businessDayAfter(resolvedAt, days, desk)
}

/** The date of the nth business day after the day of an instant; nothing where the desk does not open as often. */
function businessDayAfter(at: number, days: number, desk: Desk): string | undefined {
  const today = dateOf(at, desk.timeZone)
  let left = days
  for (let ahead = 1; ahead <= LOOK_AHEAD_DAYS; ahead++) {
    const date = addDays(today, ahead)
    if (openingOn(desk, date) !== undefined) left -= 1
    if (left === 0) return date
  }
  return undefined
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
