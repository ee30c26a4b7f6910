import { unitOf } from '@tabiji/core/budget'
import {
  answerTimes,
  burnDown,
  type IncidentMonth,
  type JourneyMonth,
  type MonthFacts,
  type ObjectiveMonth,
  type ReportIssue,
} from '@tabiji/core/report'
import { CSV_COLUMNS, CSV_LABELS, type CsvFile } from '../words/csv.ts'
import type { Language } from '../words/language.ts'
import { csvText, type Row, ratio } from './csv-text.ts'

export type CsvOptions = {
  readonly issue?: ReportIssue
  /** A second line with what people call the columns. @default none */
  readonly labels?: Language
}

/** The month as flat tables for spreadsheets and programs: every line repeats the month and the zone. */
export function csvOf(
  months: readonly MonthFacts[],
  { issue, labels }: CsvOptions = {},
): Readonly<Record<CsvFile, string>> {
  const written = (file: CsvFile, rowsOf: (facts: MonthFacts) => readonly Row[]) => {
    const columns = CSV_COLUMNS[file]
    const named = labels === undefined ? [] : [columns.map((column) => CSV_LABELS[labels][column])]
    const rows = months.flatMap((facts) => {
      const common = [facts.month, facts.timeZone, issue?.revision]
      return rowsOf(facts).map((row) => [...common, ...row])
    })
    return csvText([columns, ...named, ...rows])
  }
  return {
    journeys: written('journeys', ({ journeys }) => journeys.flatMap(journeyRows)),
    incidents: written('incidents', ({ incidents }) => incidents.map(incidentRow)),
    fixes: written('fixes', fixRows),
    daily: written('daily', ({ journeys }) => journeys.flatMap(dailyRows)),
  }
}

function journeyRows({ name, title, owner, tier, objectives, policy, comment }: JourneyMonth): readonly Row[] {
  return objectives.map((objective) => {
    const { bad, valid, allowedMillionths, unjudged, met, state, indicator, targetPpm } = objective
    const unit = unitOf(objective)
    const isJudged = unjudged === undefined
    return [
      ...[name, title.en, title.ja, owner, tier, objective.name, indicator, ratio(targetPpm, 1_000_000)],
      ...[decimal(valid, unit), decimal(bad, unit), ratio(allowedMillionths, 1_000_000 * unit)],
      isJudged ? ratio(BigInt(bad) * 1_000_000n, allowedMillionths) : undefined,
      isJudged ? ratio(valid - bad, valid) : undefined,
      ...[state, met === undefined ? undefined : String(met), unjudged, policy?.step, comment?.text],
    ]
  })
}

function incidentRow(incident: IncidentMonth): Row {
  const { key, title, level, drill, journeys, impactStartedAt, detectedAt, acknowledgedAt, mitigatedAt, resolvedAt } =
    incident
  const { detectMs, acknowledgeMs, mitigateMs } = answerTimes(incident)
  const [worst] = (incident.cost ?? []).toSorted((a, b) => b.budgetPpm - a.budgetPpm)
  return [
    ...[key, title, level, String(drill), impactStartedAt, detectedAt, acknowledgedAt, mitigatedAt, resolvedAt],
    ...[detectMs, acknowledgeMs, mitigateMs].map(minutesOf),
    journeys.join(' '),
    worst?.objective,
    worst?.bad,
    worst === undefined ? undefined : ratio(worst.budgetPpm, 1_000_000),
    incident.fixes?.join(' '),
  ]
}

/** Every fix that the month counts; of older facts, which have no such list, those that are open. */
function fixRows({ fixes: { open }, fixList, statistics }: MonthFacts): readonly Row[] {
  const listed = fixList ?? open.map((fix) => ({ ...fix, state: 'open', done: undefined }))
  const standing = new Map(open.map((fix) => [fix.key, fix]))
  return listed.map((fix) => {
    const { ageDays, overdueDays } = standing.get(fix.key) ?? {}
    const burnt = statistics?.debt.worth.find((one) => one.fix === fix.key)?.burnt ?? []
    const [most] = burnt.toSorted((a, b) => b.budgetPpm - a.budgetPpm)
    return [
      ...[fix.key, fix.title, fix.journey, fix.incident, fix.kind, fix.owner, fix.created, fix.firstDue, fix.due],
      ...[fix.postponements, ageDays, overdueDays, String(fix.blocked !== undefined), fix.ticket?.url],
      ...[fix.state, fix.done, most?.objective],
      most === undefined ? undefined : ratio(most.budgetPpm, 1_000_000),
    ]
  })
}

function dailyRows({ name, objectives }: JourneyMonth): readonly Row[] {
  return objectives.flatMap((objective: ObjectiveMonth) => {
    const unit = unitOf(objective)
    const left = burnDown(objective)
    return (objective.days ?? []).map(({ date, bad, valid, allowedMillionths }, i) => {
      const leftPpm = left[i]?.leftPpm
      return [
        ...[name, objective.name, date, decimal(bad, unit), decimal(valid, unit)],
        ratio(allowedMillionths, 1_000_000 * unit),
        leftPpm === undefined ? undefined : ratio(leftPpm, 1_000_000),
      ]
    })
  })
}

/** Begun minutes, as the report's own texts count them. */
function minutesOf(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.ceil(ms / 60_000)
}

/** A count that is whole unless it is made of parts of slices. */
function decimal(count: number, unit: number): string {
  return unit === 1 ? String(count) : ratio(count, unit)
}
