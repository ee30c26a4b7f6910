import { dateIn, lastDateOf, MONTHS, plusDays } from '../calendar.ts'
import { hoursOf, type Sheet } from '../naive-events.ts'
import { stateOn, type Work } from '../naive-work.ts'
import { promiseOf } from '../promise.ts'
import { LEFT_OUT, RAISED_AT, TODAY, type Year } from '../year.ts'
import { costOf } from './cost.ts'
import { recountFixes, recountList } from './fixes.ts'
import { factsOfIncident } from './incident.ts'
import { countSteps, coverageOf, recountObjective, recountPolicy } from './objectives.ts'
import { recountAlerts, recountDrills, recountSilences } from './rung.ts'
import { recountSpent } from './spent.ts'
import { recountStatistics } from './statistics.ts'

/** What a month is counted from: lines of the history file, and what the daemon was told beside it. */
type Books = { readonly year: Year; readonly sheet: Sheet; readonly work: Work }

/** Every figure of a month's facts, counted from the lines. Items of lists stand under what they are about. */
export function recountMonth(books: Books, month: string) {
  const { year, work } = books
  return {
    complete: lastDateOf(month) < TODAY,
    definition: { revisions: revisionsOf(year, month) },
    ...correctionsOf(books, month),
    journeys: Object.fromEntries(Object.keys(year.journeys).map((name) => [name, journeyOf(books, name, month)])),
    alerts: recountAlerts(year.rung, work, month),
    incidents: incidentsOf(books, month),
    fixes: recountFixes(work, month, TODAY),
    fixList: recountList(work, month),
    statistics: recountStatistics({ ...books, month }, TODAY),
    silences: recountSilences(year.rung, month),
    drills: recountDrills(year, month),
  }
}

function journeyOf({ year, sheet, work }: Books, journey: string, month: string) {
  const { objectives } = year.journeys[journey] ?? { objectives: {} }
  const counted = Object.fromEntries(
    Object.keys(objectives).map((name) => [name, recountObjective(year, sheet, journey, name, month)]),
  )
  const spending = { year, sheet, work, rung: year.rung }
  return {
    objectives: Object.fromEntries(
      Object.entries(counted).map(([name, one]) => [
        name,
        { ...one, spent: recountSpent(spending, journey, name, month) },
      ]),
    ),
    steps: { go: { counts: countSteps(sheet, journey, month) } },
    coverage: coverageOf(sheet, journey, month, () => false),
    policy: recountPolicy(counted),
  }
}

/** The incidents that were open on a day of the month, practice among them, with what each cost until today. */
function incidentsOf({ year, sheet, work }: Books, month: string) {
  const target = (journey: string, objective: string) => promiseOf(year, journey, objective).targetOn(TODAY)
  const now = Date.parse(`${TODAY}T16:00:00Z`)
  const found: Record<string, object> = {}
  for (const [key, lines] of work.incidents) {
    const incident = factsOfIncident(lines)
    const end = incident.resolved === undefined ? TODAY : dateIn(incident.resolved)
    if (dateIn(incident.began) > lastDateOf(month) || end < `${month}-01`) continue
    const costs = [...costOf(year, sheet, incident, target, now)].filter(([, { bad }]) => bad > 0)
    const fixes = [...work.fixes].filter(
      ([, all]) => all[0]?.command['incident'] === key && stateOn(all, TODAY) !== 'absent',
    )
    found[key] = {
      cost: Object.fromEntries(costs),
      ...(fixes.length > 0 && { fixes: fixes.map(([fix]) => fix).join(' ') }),
    }
  }
  return found
}

/** The file that the year begins with is none that changed. */
function revisionsOf(year: Year, month: string) {
  const raisedOn = dateIn(RAISED_AT)
  if (!raisedOn.startsWith(month) || month === MONTHS[0]) return []
  const { targetOn } = promiseOf(year, 'checkout', 'availability')
  const target = { beforePpm: targetOn(plusDays(raisedOn, -1)), afterPpm: targetOn(raisedOn) }
  return [{ targets: { 'checkout/availability': target } }]
}

function correctionsOf({ year, sheet }: Books, month: string) {
  const { isOut } = promiseOf(year, 'checkout', 'availability')
  const out = hoursOf(month).filter(isOut)
  if (out.length === 0) return {}
  const events = out.reduce((sum, hour) => {
    const [good, slow, error] = sheet.cells.get('checkout')?.get(hour) ?? [0, 0, 0, 0]
    return sum + good + slow + error
  }, 0)
  const seconds = (Date.parse(LEFT_OUT.to) - Date.parse(LEFT_OUT.from)) / 1_000
  return { corrections: { 'COR-0001': { seconds, events } } }
}
