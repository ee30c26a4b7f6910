import { dateIn, daysFrom, lastDateOf, plusDays } from './calendar.ts'
import { byKey, type Line, type WorkLine } from './lines.ts'

/** Fixes and incidents of the year counted a second time, with a wall calendar and a pencil. */
export type Work = {
  readonly fixes: ReadonlyMap<string, readonly WorkLine[]>
  readonly incidents: ReadonlyMap<string, readonly WorkLine[]>
}

export function workIn(lines: readonly Line[]): Work {
  const told = { fixes: byKey(lines, 'fix'), incidents: byKey(lines, 'incident') }
  return { ...told, fixes: withReturns(told) }
}

/** A fix that was done is open again as soon as somebody writes that an incident of the 30 days after it has the cause that it removes. */
function withReturns({ fixes, incidents }: Work): Work['fixes'] {
  const all = new Map(fixes)
  for (const [incident, lines] of incidents) {
    const began = Date.parse(
      String(lines.find(({ command }) => command['moment'] === 'impactStarted')?.command['value']),
    )
    for (const { at, command } of lines) {
      const key = command.type === 'addCause' ? String(command['fix']) : ''
      const before = all.get(key)?.filter((line) => line.at < at) ?? []
      const last = before.findLast((line) => TURNS[line.command.type] !== undefined)
      if (last?.command.type !== 'done') continue
      const since = began - Date.parse(last.at)
      if (since < 0 || since > 30 * 86_400_000) continue
      const returned: WorkLine = { kind: 'fix', key, at, command: { type: 'reopen', incident } }
      const after = all.get(key)?.filter((line) => line.at >= at) ?? []
      all.set(key, [...before, returned, ...after])
    }
  }
  return all
}

export const dayOf = ({ at }: WorkLine) => dateIn(Date.parse(at))
const TURNS: Readonly<Record<string, string>> = {
  ...{
    add: 'open',
    done: 'done',
    reopen: 'open',
    drop: 'dropped',
    undrop: 'open',
    accept: 'accepted',
    merge: 'merged',
  },
}

/** What a fix is when a date is over. */
export function stateOn(lines: readonly WorkLine[], date: string): string {
  let [state, until] = ['absent', '']
  for (const line of lines) {
    if (dayOf(line) > date) break
    state = TURNS[line.command.type] ?? state
    if (line.command.type === 'accept') until = String(line.command['until'])
  }
  return state === 'accepted' && until < date ? 'open' : state
}

/** Since when a fix is owed, as it is known on a date: a part since the whole, and one that took another in since the older. */
export function sinceOn(work: Work, key: string, date: string): string {
  const [added] = work.fixes.get(key) ?? []
  if (added === undefined) return date
  const whole = added.command['splitFrom']
  let since = typeof whole === 'string' ? sinceOn(work, whole, dayOf(added)) : dayOf(added)
  for (const [other, lines] of work.fixes) {
    const merged = lines.find(({ command }) => command.type === 'merge' && command['into'] === key)
    if (merged === undefined || dayOf(merged) > date) continue
    const theirs = sinceOn(work, other, dayOf(merged))
    if (theirs < since) since = theirs
  }
  return since
}

export function firstDue(work: Work, [added]: readonly WorkLine[]): string {
  if (added === undefined) return ''
  const { due, incident } = added.command
  if (typeof due === 'string') return due
  const opened = work.incidents.get(String(incident))?.[0]
  const days = { 1: 15, 2: 30, 3: 60 }[Number(opened?.command['level'] ?? 2)]
  return plusDays(dayOf(added), days ?? 30)
}

export function dueOn(work: Work, lines: readonly WorkLine[], date: string): string {
  const moved = lines.filter((line) => line.command.type === 'move' && dayOf(line) <= date).at(-1)
  return moved === undefined ? firstDue(work, lines) : String(moved.command['due'])
}

const earlierOf = (a: string, b: string) => (a < b ? a : b)

const isAway = (state: string) => ['dropped', 'accepted', 'merged'].includes(state)

/** The flow of a month, its stock rate and what was open at its end. */
export function countStock(work: Work, month: string) {
  const [before, last] = [plusDays(`${month}-01`, -1), lastDateOf(month)]
  const asOf = plusDays(last, 1)
  const edges = [...work.fixes.values()].map((lines) => [stateOn(lines, before), stateOn(lines, last)] as const)
  const count = (holds: (then: string, now: string) => boolean) =>
    edges.filter(([then, now]) => holds(then, now)).length
  const open = [...work.fixes].filter(([, lines]) => stateOn(lines, last) === 'open')
  const ages = open.map(([key]) => daysFrom(sinceOn(work, key, last), asOf))
  const late = open.map(([, lines]) => Math.max(0, daysFrom(dueOn(work, lines, last), asOf)))
  return {
    flow: {
      openAtStart: count((then) => then === 'open'),
      created: count((then, now) => then === 'absent' && now !== 'absent'),
      returned: count((then, now) => (then === 'done' && now !== 'done') || (isAway(then) && !isAway(now))),
      done: count((then, now) => then !== 'done' && now === 'done'),
      dropped: count((then, now) => !isAway(then) && isAway(now)),
      openAtEnd: open.length,
    },
    buckets: [
      [0, 14],
      [15, 30],
      [31, 60],
      [61, 90],
      [91, 9_999],
    ].map(([from = 0, to = 0]) => ages.filter((age) => age >= from && age <= to).length),
    overdue: late.filter((days) => days > 0).length,
    overdueDays: late.reduce((sum, days) => sum + days, 0),
    oldest: ages.length === 0 ? undefined : Math.max(...ages),
  }
}

/** What had become of a fix when a date was over; what came back within 30 dates was not done. */
export function verdictOn(lines: readonly WorkLine[], date: string): string {
  const state = stateOn(lines, date)
  if (state !== 'done') return state
  const done = lines.filter((line) => line.command.type === 'done' && dayOf(line) <= date).at(-1)
  if (done === undefined) return state
  const back = lines.some(
    (line) => line.command.type === 'reopen' && line.at > done.at && daysFrom(dayOf(done), dayOf(line)) <= 30,
  )
  return back ? 'came back' : 'done'
}

/** Done in time ÷ due in the month by the first date. @param today by what is known on that date */
export function countOnTime(work: Work, month: string, today: string) {
  const due = [...work.fixes.values()].filter(
    (lines) => firstDue(work, lines).startsWith(month) && stateOn(lines, today) !== 'merged',
  )
  const verdicts = due.map((lines) => verdictOn(lines, firstDue(work, lines))).filter((one) => one !== 'accepted')
  return { numerator: verdicts.filter((one) => one === 'done').length, denominator: verdicts.length }
}

/** Of the fixes that are owed since a month, those done within so many days. */
export function countCohort(work: Work, month: string, days: number, today: string) {
  const members = [...work.fixes].filter(
    ([key, lines]) =>
      sinceOn(work, key, today).startsWith(month) && !['merged', 'absent'].includes(stateOn(lines, today)),
  )
  const verdicts = members
    .map(([key, lines]) => verdictOn(lines, earlierOf(plusDays(sinceOn(work, key, today), days), today)))
    .filter((one) => one !== 'accepted')
  return { numerator: verdicts.filter((one) => one === 'done').length, denominator: verdicts.length }
}

/** The incidents that were open in a month, drills left out, and how long their harm lasted: minutes, ascending. */
export function countIncidents({ incidents }: Work, month: string) {
  const during = [...incidents.values()].filter((lines) => {
    const [opened] = lines
    const resolved = lines.find(({ command }) => command.type === 'resolve')
    if (opened === undefined || opened.command['drill'] === true || dayOf(opened) > lastDateOf(month)) return false
    return resolved === undefined || dayOf(resolved) >= `${month}-01`
  })
  const moment = (lines: readonly WorkLine[], name: string) =>
    Date.parse(String(lines.find(({ command }) => command['moment'] === name)?.command['value']))
  const minutes = during
    .map((lines) => (moment(lines, 'mitigated') - moment(lines, 'impactStarted')) / 60_000)
    .filter((length) => !Number.isNaN(length))
    .sort((a, b) => a - b)
  return { count: during.length, minutes, median: minutes[Math.ceil(minutes.length / 2) - 1] }
}
