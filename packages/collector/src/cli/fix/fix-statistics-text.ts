import { formatDuration } from '@tabiji/core/time'
import { fields, section, table } from '../terminal/table.ts'
import { trackerLines } from '../terminal/tracker-lines.ts'
import { inMinutes, when } from '../terminal/when.ts'
import type { ShownStatistics } from './statistics-answers.ts'

type Share = { readonly numerator: number; readonly denominator: number }
type Burnt = ShownStatistics['debt']['exposed']

/** Every rate stands beside what it was made of: without a denominator there is none. */
function rate({ numerator, denominator }: Share, nothing = 'none'): string {
  if (denominator === 0) return nothing
  return `${numerator} of ${denominator} = ${percent(Math.floor((numerator * 1_000_000) / denominator))}`
}

export function statisticsPage(statistics: ShownStatistics): string {
  const { month, fixes, byPresentDate, waiting, ageing, daysToClear } = statistics
  const { onTime, flow, stock, clearance, postponed } = fixes
  const days = (value: number | undefined) => (value === undefined ? undefined : `${value} days`)
  const facts = fields([
    ['on time', `${rate(onTime.share, 'nothing was due')} by the date that was promised first${still(onTime)}`],
    ['', `${rate(byPresentDate, 'nothing was due')} by the date that was agreed last; ${postponed.moves} put off`],
    ['stock', `${rate(stock)} of what lay on the table`],
    [
      'clearance',
      clearance.denominator === 0 ? 'no new fixes' : `${clearance.numerator} done, ${clearance.denominator} new`,
    ],
    ['flow', flowOf(flow)],
    [
      'age',
      `median ${days(ageing.medianDays) ?? '–'}, p90 ${days(ageing.p90Days) ?? '–'}, oldest ${days(fixes.ageing.oldestDays) ?? '–'}`,
    ],
    ['overdue', `${fixes.ageing.overdue}, ${fixes.ageing.overdueDays} days together`],
    [
      'waiting',
      `${waiting.blocked} blocked, ${waiting.withoutOwner} without owner, ${waiting.withoutDate} without a stated date`,
    ],
    ['to clear', days(daysToClear) ?? 'the debt does not shrink at the pace of three months'],
  ])
  return `Fixes of ${month}, open ones as of ${fixes.asOf}\n${facts}${restated(statistics)}${cohorts(statistics)}${watched(statistics)}${response(statistics)}${trackerLines(statistics.trackers)}`
}

export function debtPage({ month, debt }: ShownStatistics): string {
  const { exposed, repeats, virtual, worth } = debt
  const reasons = reasonsBy(debt.goals)
  const head = `What was owed at the end of ${month}\n`
  const parts = [
    section(
      'Budget burnt by incidents whose fix is open',
      exposed.map((one) => [one.objective, percent(one.budgetPpm)]),
    ),
    section(
      'Came back while a fix was open',
      repeats.map(({ incident, fix, openSince }) => [incident, fix, `open since ${openSince}`]),
    ),
    section(
      'Should have led to a fix',
      virtual.map((one) => [one.incident, one.reasons.map((reason) => reasons[reason] ?? reason).join('; ')]),
    ),
    section(
      'What each open fix would stop',
      worth.map((one) => [one.fix, burntOf(one.burnt), `${one.repeats} repeats`, one.incidents.join(' '), one.title]),
    ),
  ].join('')
  return head + (parts === '' ? '  nothing\n' : parts)
}

function reasonsBy({ detectMs, mitigateMs }: ShownStatistics['debt']['goals']): Readonly<Record<string, string>> {
  return {
    noCauses: 'no causes are recorded',
    slowDetection: `seen later than ${formatDuration(detectMs)}, and no fix to detect it`,
    slowMitigation: `over later than ${formatDuration(mitigateMs)}, and no fix to mitigate it`,
    noFixes: 'a page without any fix, and nobody said why none is needed',
  }
}

const FIGURES: Readonly<Record<string, string>> = {
  onTime: 'on time by the first date',
  byPresentDate: 'on time by the last date',
  openAtStart: 'open at the start',
  created: 'new',
  openAtEnd: 'open at the end',
}

/** What the month said when it ended, where that is another number now. */
function restated({ month, fixes, restatements }: ShownStatistics): string {
  const figure = (value: number | Share) =>
    typeof value === 'number' ? `${value}` : `${value.numerator} of ${value.denominator}`
  const lines = restatements.map((one) => [
    ...[FIGURES[one.figure] ?? one.figure, `was ${figure(one.was)}`, `is ${figure(one.is)}`],
    one.because
      .map(({ fix, type, recordedAt, reason }) => {
        return `${fix} ${type} ${when(recordedAt)}${reason === undefined ? '' : `: ${reason}`}`
      })
      .join('; '),
  ])
  // Of a month that runs, only what it began with can be another number by now.
  const since = fixes.asOf.startsWith(month) ? 'the month before ended' : 'the month ended'
  return section(`Restated since ${since}`, lines)
}

function still({ accepted, notYetDue, provisionalUntil }: ShownStatistics['fixes']['onTime']): string {
  const notes = [
    ...(accepted > 0 ? [`${accepted} accepted`] : []),
    ...(notYetDue > 0 ? [`${notYetDue} not due yet`] : []),
    ...(provisionalUntil === undefined ? [] : [`provisional through ${provisionalUntil}`]),
  ]
  return notes.length === 0 ? '' : ` (${notes.join(', ')})`
}

function flowOf(flow: ShownStatistics['fixes']['flow']): string {
  const { openAtStart, created, returned, done, dropped, openAtEnd } = flow
  return `${openAtStart} open + ${created} new + ${returned} returned − ${done} done − ${dropped} dropped = ${openAtEnd} open`
}

/** What has not had its days yet stands in brackets, with what it will come to by estimate. */
function cohorts({ fixes, estimates }: ShownStatistics): string {
  if (fixes.cohorts.length === 0) return ''
  const rows = fixes.cohorts.map(({ month, created, within }) => [
    ...[month, `${created}`],
    ...within.map(({ days, share, matured }) => {
      const guess = estimates.find((one) => one.month === month)?.within.find((one) => one.days === days)
      if (matured) return rate(share)
      return `(${rate(share)}${guess === undefined ? '' : `, about ${percent(guess.donePpm)}`})`
    }),
  ])
  const head = ['OWED SINCE', 'FIXES', ...(fixes.cohorts[0]?.within ?? []).map(({ days }) => `DONE IN ${days} DAYS`)]
  return `\n${table(head, rows)}`
}

const VERDICTS: Readonly<Record<string, string>> = {
  watching: 'watched',
  held: 'held',
  recurred: 'CAME BACK',
  notEnoughTraffic: 'too little traffic to tell',
  unjudged: 'cannot be told: no cause or no objective',
}

function watched(statistics: ShownStatistics): string {
  const lines = statistics.watched.map(({ key, doneAt, verdict, days, incidents, title }) => [
    ...[key, `done ${when(doneAt)}`, `${VERDICTS[verdict] ?? verdict} (${days} of 28 days)`],
    ...[incidents.join(' '), title],
  ])
  return section('Did they work?', lines)
}

function response({ response: told }: ShownStatistics): string {
  const { incidents, drills, open, detectedByUs, measures } = told
  const lines = Object.entries(measures).map(([measure, { count, medianMs, p90Ms, unknown, moved }]) => [
    `to ${measure}`,
    `n ${count}`,
    medianMs === undefined ? '–' : `median ${inMinutes(medianMs)}`,
    p90Ms === undefined ? '–' : `p90 ${inMinutes(p90Ms)}`,
    [
      ...(unknown > 0 ? [`${unknown} unknown`] : []),
      ...(moved ? ['changed against the three months before'] : []),
    ].join(', '),
  ])
  const title = `Incidents: ${incidents}, ${open} still open, ${drills} drills left out; ${rate(detectedByUs)} seen by us first`
  return section(title, incidents === 0 ? [] : lines)
}

function burntOf(burnt: Burnt): string {
  return burnt.length === 0
    ? '–'
    : burnt.map(({ objective, budgetPpm }) => `${objective} ${percent(budgetPpm)}`).join(', ')
}

/** Parts per million as a percentage with one place, rounded down. */
function percent(ppm: number): string {
  const tenths = Math.floor(ppm / 1_000)
  return `${Math.floor(tenths / 10)}.${tenths % 10} %`
}
