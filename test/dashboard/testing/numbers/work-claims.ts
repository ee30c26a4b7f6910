import type { FixSummary } from '@tabiji/core/fix'
import { target } from '../../../report/testing/written/written.ts'
import type { Claim, Formula, Page } from './claim.ts'
import { MONTHS } from './documents.ts'
import { count, minutes, percent } from './formats.ts'

const INCIDENT = /^\/incidents\/[^/?]+$/
const FIXES = /^\/fixes(\?.*)?$/
const FIX = /^\/fixes\/[^?]+/
const REPORT = /^\/reports/
const DRILLS = /^\/drills/

function incidentOf({ path, documents }: Page) {
  return documents.incidents.find(({ key }) => path === `/incidents/${key}`)
}

const between = (from: string, to: string): string => minutes(Date.parse(to) - Date.parse(from))

const hurt: Formula = (_, page) => {
  const found = incidentOf(page)
  if (found === undefined) return undefined
  const { from, to } = found.parts.impact
  return [between(from, to), String(found.level ?? '')]
}

/** What each objective lost: bad and valid events as a share and as they are, and the part of its budget. */
const impact: Formula = ({ row, column }, page) => {
  const found = incidentOf(page)?.parts.impact.journeys.find(({ objective }) => row[0]?.endsWith(objective))
  if (found === undefined) return undefined
  const { bad, valid, budgetPpm } = found
  const share = valid === 0 ? '' : percent(bad, valid, 2)
  return column === 1 ? `${share} ${count(bad)} ${count(valid)}` : percent(budgetPpm, 1_000_000, 1)
}

const checklist: Formula = (_, page) => {
  const list = incidentOf(page)?.parts.checklist
  return list && `${list.level ?? ''} ${list.done} ${list.items.length}`
}

const overdue = ({ overdueDays }: Pick<FixSummary, 'overdueDays'>): string =>
  overdueDays === 0 ? '' : count(overdueDays)

function fixIn({ documents }: Page, text: string): FixSummary | undefined {
  return documents.fixes.find(({ fix }) => text.includes(fix.key))?.fix
}

const ownFix: Formula = ({ link }, page) => {
  const fix = fixIn(page, link)
  return fix && overdue(fix)
}

const postmortem: Formula = (_, page) => {
  const days = incidentOf(page)?.parts.duty?.overdueDays ?? 0
  return days === 0 ? '' : count(days)
}

function watchedOf({ documents }: Page, key: string) {
  return documents.months.get(MONTHS[1])?.statistics?.watched.find((one) => one.key === key)
}

/** A card says how often it was put off, how late it is, and for how many of the days it is watched already. */
const card: Formula = ({ link }, page) => {
  const fix = fixIn(page, link)
  if (fix === undefined) return undefined
  const watched = watchedOf(page, fix.key)
  const days = watched?.verdict === 'watching' ? `${watched.days} 28` : ''
  return `${fix.postponements === 0 ? '' : fix.postponements} ${overdue(fix)} ${days}`
}

/** The columns of the board in their order. */
const column: Formula = (_, page) => {
  const all = page.documents.fixes.map(({ fix }) => fix)
  const isOpen = ({ state }: FixSummary) => state === 'open'
  const isWatched = ({ key }: FixSummary) => watchedOf(page, key)?.verdict === 'watching'
  const done = all.filter(({ state }) => state === 'done')
  const columns = [
    all.filter((fix) => isOpen(fix) && fix.blocked === undefined),
    all.filter((fix) => isOpen(fix) && fix.blocked !== undefined),
    done.filter(isWatched),
    done.filter((fix) => !isWatched(fix)),
    all.filter(({ state }) => state === 'accepted'),
    all.filter(({ state }) => state === 'dropped' || state === 'merged'),
  ]
  return count(columns[page.nth]?.length ?? 0)
}

/** What the first lines of the month's report say of fixes. */
const standing: Formula = (_, { documents }) => {
  const fixes = documents.months.get(MONTHS[1])?.fixes
  if (fixes === undefined) return undefined
  const { onTime, open, ageing } = fixes
  const { numerator, denominator } = onTime.share
  return `${numerator} ${denominator} ${target(onTime.targetPpm)} ${open.length} ${ageing.overdue} ${ageing.oldestDays}`
}

const listed: Formula = ({ row, column }, page) => {
  const fix = fixIn(page, row[0] ?? '')
  if (fix === undefined) return undefined
  return column === 2 ? overdue(fix) : fix.postponements === 0 ? '' : count(fix.postponements)
}

/** A year of months: in Japanese they are called by their numbers. */
const monthOfYear: Formula = (_, { nth, documents: { reports } }) => [
  ...['', String(nth + 1)].flatMap((name) => [name, `${name} ${reports[0]?.revision}`]),
]

const state: Formula = (_, page) => {
  const fix = fixIn(page, page.path)
  return fix && overdue(fix)
}

/** A revision is called by its number. */
const revision: Formula = (_, { documents: { reports } }) => {
  const [report] = reports
  return report && String(report.revision)
}

const changes: Formula = ({ column, row }, { documents: { reports } }) => {
  const found = reports[0]?.revisions?.[Number(row[0]?.slice(1)) - 1]
  return found && (column === 4 ? found.sha256.slice(0, 16) : count(found.changes))
}

const held: Formula = ({ row, column }, { documents: { drills, incidents, fixes } }) => {
  const drill = drills.find(({ key }) => row[0]?.startsWith(key))
  if (drill === undefined) return undefined
  const { times, alerts } = drill
  const led = incidents.filter((one) => one.drill && one.episodes.some((id) => alerts.some((each) => each.id === id)))
  const mended = led.map(({ key }) => fixes.filter(({ fix }) => fix.incident === key).length)
  const lengths = [times.rangMs, times.toldMs, times.ackedMs, times.resolvedMs].map(minutes)
  return ['', '', ...lengths, mended.join(' ')][column]
}

/** How often a journey was practised in each quarter. */
const covered: Formula = ({ row, column }, { documents: { coverage, overview } }) => {
  const named = overview.journeys.find(({ title }) => Object.values(title).some((each) => row[0]?.startsWith(each)))
  const found = coverage.journeys.find(({ journey }) => journey === named?.name)
  if (found === undefined) return undefined
  const times = found.held[column - 1] ?? 0
  return column === 0 ? String(found.tier) : times === 0 ? '' : count(times)
}

const strangers: Formula = (_, { documents: { others } }) =>
  others.map(({ incidents, drills }) => `${count(incidents)} ${count(drills)}`).join(' ')

const practised: Formula = ({ row, column, text }, { path, documents: { members, due, overview } }) => {
  const found = members.find(({ name }) => row[0] === name || path.endsWith(`/${name}`))
  if (found !== undefined) {
    const { incidents, drills, checklist } = found
    return column === 3 ? `${checklist.done} ${checklist.of}` : `${count(incidents)} ${count(drills)}`
  }
  const one = due.find(({ journey }) =>
    overview.journeys.some(({ name, title }) => name === journey && Object.values(title).includes(row[0] ?? '')),
  )
  if (one === undefined) return undefined
  return column === 1 ? text.match(one.every)?.[0] : one.overdueDays === 0 ? '' : count(one.overdueDays)
}

export const WORK_CLAIMS: readonly Claim[] = [
  [INCIDENT, 'standing-now', 'li', hurt],
  [INCIDENT, 'impact', 'td', impact],
  [INCIDENT, 'checklist', 'h2', checklist],
  // An incident without a list.
  [INCIDENT, 'content', 'h2', () => '0 0'],
  [INCIDENT, 'fixes', 'li', ownFix],
  [INCIDENT, 'postmortem', 'p', postmortem],
  [FIXES, 'board', 'li', card],
  [FIXES, 'board', 'h2', column],
  [FIXES, 'standing-fixes', 'p', standing],
  [FIXES, 'list', 'td', listed, 2],
  [FIXES, 'list', 'td', listed, 3],
  [FIX, 'state', 'p', state],
  [REPORT, 'year', 'li', monthOfYear],
  // The year that is shown, or what is to be done for a month's report: a list with numbers.
  [REPORT, 'content', 'h2', (_, { left }) => ['2026', ...(left.match(/^\d(?=\.)/) ?? [])]],
  [REPORT, '', '', revision],
  [REPORT, 'content', 'td', changes],
  // The name of the hash.
  [REPORT, 'content', 'th', () => '256', 4],
  [DRILLS, '', 'td', held],
  [DRILLS, 'coverage', '', covered],
  [DRILLS, 'content', 'p', strangers],
  [DRILLS, 'content', '', practised],
  // How long ago is said by the clock that stands still.
  [/^\/settings/, 'health', 'td', () => '0'],
]
