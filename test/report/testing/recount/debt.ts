import { dateIn, daysFrom, lastDateOf, plusDays } from '../calendar.ts'
import type { Sheet } from '../naive-events.ts'
import type { Work } from '../naive-work.ts'
import { promiseOf } from '../promise.ts'
import type { Year } from '../year.ts'
import { costOf } from './cost.ts'
import { EDGES, type Standing, standingOn } from './fix.ts'
import { factsOfIncident, type IncidentFacts } from './incident.ts'

/** An incident that is no practice, by what was recorded until the month was over. */
export type Known = IncidentFacts & { readonly key: string }

/** What is counted of the debt: the books, the date on which the month ends, and the instant after it. */
export type DebtBooks = { readonly year: Year; readonly sheet: Sheet; readonly work: Work; readonly month: string }

const MINUTE = 60_000

export function knownIn(work: Work, end: number): readonly Known[] {
  return [...work.incidents].flatMap(([key, all]) => {
    const lines = all.filter(({ at }) => Date.parse(at) < end)
    return lines.length === 0 ? [] : [{ key, ...factsOfIncident(lines) }].filter(({ drill }) => !drill)
  })
}

/** The first instant after a month: no hour of the day is twice or missing there. */
export function endOf(month: string): number {
  const next = plusDays(lastDateOf(month), 1)
  const noon = Date.parse(`${next}T12:00:00Z`)
  for (let at = noon - 16 * 60 * MINUTE; at < noon; at += 60 * MINUTE) if (dateIn(at) === next) return at
  throw new Error(`Expected ${next} to begin before its noon`)
}

/** Whether an incident asked for a fix: it was added for it, or a cause of the incident names it. */
function hasAskedFor(incident: Known, fix: Pick<Standing, 'key' | 'incident'>): boolean {
  return fix.incident === incident.key || incident.causes.some((cause) => cause.fix === fix.key)
}

/** Whether an incident is of a cause that a fix removes, on a journey that the fix is for. */
export function comesBack(incident: Known, fix: Standing): boolean {
  if (fix.incident === incident.key || !incident.causes.some((cause) => cause.fix === fix.key)) return false
  return fix.journey !== undefined && incident.journeys.includes(fix.journey)
}

export function recountDebt({ year, sheet, work, month }: DebtBooks) {
  const [last, end] = [lastDateOf(month), endOf(month)]
  const incidents = knownIn(work, end)
  const fixes = standingOn(work, last)
  const open = fixes.filter(({ state }) => state === 'open')
  const target = (journey: string, objective: string) => promiseOf(year, journey, objective).targetOn(last)
  const costs = new Map(incidents.map((one) => [one.key, costOf(year, sheet, one, target, end)]))
  const burntBy = (some: readonly Known[]) => {
    const sums: Record<string, { budgetPpm: number }> = {}
    for (const { key } of some) {
      for (const [objective, { budgetPpm }] of costs.get(key) ?? []) {
        if (budgetPpm > 0) sums[objective] = { budgetPpm: (sums[objective]?.budgetPpm ?? 0) + budgetPpm }
      }
    }
    return sums
  }
  const behind = (some: readonly Standing[]) =>
    burntBy(incidents.filter((incident) => some.some((fix) => hasAskedFor(incident, fix))))
  const repeats = repeatsOf(work, incidents, fixes)
  const asOf = plusDays(last, 1)
  return {
    debt: {
      exposed: behind(open),
      repeats: Object.fromEntries(
        repeats.map(({ incident, fix, since }) => [`${incident} ${fix}`, { openSince: since }]),
      ),
      virtual: virtualOf(incidents, fixes),
      worth: Object.fromEntries(
        open.map((fix) => {
          const asked = incidents.filter((incident) => hasAskedFor(incident, fix))
          const back = repeats.filter((one) => one.fix === fix.key).length
          const told = { burnt: burntBy(asked), incidents: asked.map(({ key }) => key).join(' '), repeats: back }
          return [fix.key, told]
        }),
      ),
    },
    weights: Object.fromEntries(
      EDGES.map(([from, to]) => {
        const held = open.filter(({ since }) => daysFrom(since, asOf) >= from && daysFrom(since, asOf) <= to)
        return [from, { burnt: behind(held) }]
      }),
    ),
  }
}

/** What hurt again while its fix was open. */
function repeatsOf(work: Work, incidents: readonly Known[], fixes: readonly Standing[]) {
  return fixes.flatMap((fix) =>
    incidents
      .filter((incident) => comesBack(incident, fix) && isOpenAt(work, fix.key, incident.began))
      .map((incident) => ({ incident: incident.key, fix: fix.key, since: fix.since })),
  )
}

const CLOSING = ['done', 'drop', 'accept', 'merge']
const OPENING = ['add', 'reopen', 'undrop']

/** By the last line of its state before an instant; an acceptance that has run out counts as open. */
function isOpenAt(work: Work, key: string, at: number): boolean {
  const lines = (work.fixes.get(key) ?? []).filter((line) => Date.parse(line.at) < at)
  const last = lines.findLast(({ command }) => [...CLOSING, ...OPENING].includes(command.type))
  if (last?.command.type === 'accept') return String(last.command['until']) < dateIn(at)
  return last !== undefined && OPENING.includes(last.command.type)
}

/** Incidents that are over and lack something, and what. */
function virtualOf(incidents: readonly Known[], fixes: readonly Standing[]) {
  const found: Record<string, { reasons: string }> = {}
  for (const incident of incidents) {
    const { key, level, resolved, impactStarted, detected, mitigated, causes } = incident
    if (resolved === undefined || level === 3) continue
    const asked = fixes.filter((fix) => !['dropped', 'merged'].includes(fix.state) && hasAskedFor(incident, fix))
    const lacks = (kind: string) => asked.every((fix) => fix.kind !== kind)
    const took = (to: number | undefined) => (to === undefined || impactStarted === undefined ? 0 : to - impactStarted)
    const reasons = [
      ...(causes.length === 0 ? ['noCauses'] : []),
      ...(took(detected) > 5 * MINUTE && lacks('detect') ? ['slowDetection'] : []),
      ...(took(mitigated) > 30 * MINUTE && lacks('mitigate') ? ['slowMitigation'] : []),
      ...(level === 1 && asked.length === 0 ? ['noFixes'] : []),
    ]
    if (reasons.length > 0) found[key] = { reasons: reasons.join(' ') }
  }
  return found
}
