import {
  assembleTimeline,
  type Incident,
  impactStart,
  type LinesCommand,
  lineFrom,
  sparkLine,
  type TimelineLine,
  timelineText,
  turningPoints,
} from '@tabiji/core/incident'
import { hintFor, refusal } from '@tabiji/core/problem'
import { DAY, HOUR, isoIn, type Range } from '@tabiji/core/time'
import type { AlertStore } from '../../ports/alert-store.ts'
import type { AnnotationStore } from '../../ports/annotations.ts'
import type { CorrectionStore } from '../../ports/correction-store.ts'
import type { IncidentTimelines, ToldLine, ToldSeries } from '../../ports/incident-timeline.ts'
import type { LedgerStore } from '../../ports/ledger-store.ts'
import type { Work } from '../../ports/work.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import type { Judge } from '../budget/budgets.ts'
import { impactSeries } from './incident-series.ts'
import { alertLines, changeLines, fixLines } from './incident-sources.ts'
import { incidentIn } from './incidents.ts'

type Desk = {
  readonly stores: {
    readonly work: WorkStore
    readonly alerts: AlertStore
    readonly annotations: AnnotationStore
    readonly corrections: CorrectionStore
    readonly ledger: Pick<LedgerStore, 'rows'>
  }
  readonly work: Pick<Work, 'changeIncident'>
  readonly judge: () => Judge
  readonly now: () => number
}

/** How long after the end is still looked at: whether it is quiet, and what was said last. */
const AFTER_MS = HOUR / 2
/** An incident that nobody closed does not make us read the whole log. */
const LONGEST_MS = 31 * DAY
const DEFAULT_BEFORE_MS = HOUR

/** Puts timelines together, and writes on them. */
export function createIncidentTimelines(desk: Desk): IncidentTimelines {
  const { stores, work } = desk
  const timeline: IncidentTimelines['timeline'] = (key, beforeMs) => {
    const seen = look(desk, key, beforeMs)
    if (!seen.ok) return seen
    const { stretch, lines, series } = seen.value
    const zone = desk.judge().definition.timeZone
    const told = { incident: key, from: isoIn(stretch.from, zone), to: isoIn(stretch.to, zone) }
    return {
      ok: true,
      value: { ...told, lines: lines.map((line) => tellLine(line, zone)), series: tellSeries(series, zone) },
    }
  }
  return {
    timeline,
    lines: (key, beforeMs) => {
      const seen = look(desk, key, beforeMs)
      return seen.ok ? { ok: true, value: seen.value.lines } : seen
    },
    write: (key, command, by) =>
      stores.work.transact(() => {
        const problems = checkLine(desk, key, command)
        if (problems.length > 0) return { ok: false, problems }
        const written = work.changeIncident(key, command, by)
        return written.ok ? timeline(key, DEFAULT_BEFORE_MS) : written
      }),
  }
}

/** A mark is put on a line that is there, whatever its source. */
function checkLine(desk: Desk, key: string, command: LinesCommand) {
  if (command.type !== 'star' && command.type !== 'unstar') return []
  const seen = look(desk, key, LONGEST_MS)
  if (!seen.ok) return seen.problems
  const ids = seen.value.lines.map(({ id }) => id)
  if (ids.includes(command.line)) return []
  return [refusal('LINE_UNKNOWN', `There is no line ${command.line} of ${key}`, hintFor(command.line, ids), ['line'])]
}

function look({ stores, judge, now }: Desk, key: string, beforeMs: number) {
  const found = incidentIn(stores.work, key)
  if (!found.ok) return found
  const incident = found.value
  const present = judge()
  const stretch = stretchOf(incident, beforeMs, now())
  const series = impactSeries(present, stores.ledger, incident.journeys, stretch, now())
  const { accounts } = present.ledger.books
  const feeds = (journey: string, service: string) =>
    accounts.some((account) => account.journey === journey && account.service === service)
  const others = [
    ...series.flatMap((each) => turningPoints(each, impactFrom(incident) - TOLERANCE_MS)),
    ...alertLines(stores.alerts, incident.episodes),
    ...changeLines(stores.annotations, stores.corrections, incident.journeys, feeds, stretch),
    ...fixLines(stores.work, incident, now(), present.definition.timeZone),
    ...(incident.absorbed ?? []).flatMap((other) => linesOfAbsorbed(stores.work, other)),
  ]
  return {
    ok: true,
    value: { stretch, series, lines: assembleTimeline(key, stores.work.incidentHistory(key).events, others) },
  } as const
}

/** What was recorded of an incident that is part of this one now; its alerts are this one's and told with them. */
function linesOfAbsorbed(store: Pick<WorkStore, 'incidentHistory'>, key: string): readonly TimelineLine[] {
  return assembleTimeline(key, store.incidentHistory(key).events, []).map((line) => ({
    ...line,
    id: lineFrom(key, line.id),
  }))
}

/** The books may show that it began a little before the time that people or alerts gave. */
const TOLERANCE_MS = HOUR / 2

function impactFrom(incident: Incident): number {
  return Math.min(impactStart(incident), incident.openedAt)
}

function stretchOf(incident: Incident, beforeMs: number, now: number): Range {
  const from = Math.max(0, impactFrom(incident) - Math.min(beforeMs, LONGEST_MS))
  const ended = incident.resolvedAt === undefined ? now : Math.min(now, incident.resolvedAt + AFTER_MS)
  return { from, to: Math.max(from + 60_000, Math.min(ended, from + LONGEST_MS)) }
}

function tellLine(line: TimelineLine, zone: string): ToldLine {
  const { id, at, source, by, starred, struck, facts } = line
  return {
    id,
    at: isoIn(at, zone),
    kind: facts.kind,
    source,
    ...(by !== undefined && { by }),
    text: { en: timelineText(line, 'en', zone), ja: timelineText(line, 'ja', zone) },
    starred,
    ...(struck !== undefined && { struck: { ...struck, at: isoIn(struck.at, zone) } }),
  }
}

function tellSeries(series: ReturnType<typeof impactSeries>, zone: string): readonly ToldSeries[] {
  return series.map((one) => ({
    objective: one.objective,
    targetPpm: one.targetPpm,
    slotSeconds: one.widthMs / 1000,
    spark: sparkLine(one),
    slots: one.slots.map(({ at, bad, valid }) => ({
      at: isoIn(at, zone),
      bad,
      valid,
      ...(valid > 0 && { badPpm: Math.floor((bad * 1_000_000) / valid) }),
    })),
  }))
}
