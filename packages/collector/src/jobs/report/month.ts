import type { Annotation, SilenceHistory } from '@tabiji/core/alert'
import { type FixHistory, type FixStatistics, fixLines, fixMonth } from '@tabiji/core/fix'
import type { Incident } from '@tabiji/core/incident'
import { type Doubt, estimateDoubt } from '@tabiji/core/ledger'
import { type DefinitionChange, type MonthFacts, type RemarkEvent, withRemarks } from '@tabiji/core/report'
import { addMonths, isoIn, monthRange, type Range } from '@tabiji/core/time'
import type { AlertStore } from '../../ports/alert-store.ts'
import type { ToldDrill } from '../../ports/drills.ts'
import type { LedgerPast, Revision } from '../../ports/ledger-store.ts'
import type { ListTrackers } from '../../ports/tracker.ts'
import type { Judge } from '../budget/budgets.ts'
import { withPoints } from '../budget/points.ts'
import { promisesOther } from '../budget/revision.ts'
import { impactOf } from '../incident/impact.ts'
import { alertMonths } from './month-alerts.ts'
import type { Journeys } from './month-before.ts'
import { correctionMonths } from './month-corrections.ts'
import { incidentMonths } from './month-incidents.ts'
import { journeyMonths } from './month-journeys.ts'
import { judgeOf } from './month-pages.ts'
import { aheadOf, type DrillOwed, drillMonth } from './month-practice.ts'
import { silenceMonths } from './month-quiet.ts'

/** What a month is written from, besides the judge's books. */
export type MonthSources = {
  /** The log; it stays as it is until the month is told. */
  readonly past: LedgerPast
  /** The journeys of a month that the log does not hold any more. */
  readonly kept: (month: string) => Journeys | undefined
  readonly alerts: AlertStore
  readonly incidents: () => readonly Incident[]
  readonly fixes: () => readonly FixHistory[]
  /** What a month says of fixes and of the response, by the judge of the month. */
  readonly statistics?: (judge: Judge, month: string, now: number) => FixStatistics
  readonly doubts: (range: Range) => readonly Doubt[]
  readonly silences?: () => readonly SilenceHistory[]
  readonly drills?: () => readonly ToldDrill[]
  /** When each journey is to be practised next. */
  readonly owedDrills?: () => readonly DrillOwed[]
  /** What was written down about a stretch of time. */
  readonly annotations?: (range: Range) => readonly Annotation[]
  /** How old what is known of each tracker is. */
  readonly trackers?: ListTrackers
  readonly sample: () => boolean
  /** Leaves some of the file's journeys out. */
  readonly narrow?: (judge: Judge) => Judge
  /** What people said for reports. */
  readonly remarks?: () => readonly RemarkEvent[]
  /** How often each probe looks, milliseconds by name. */
  readonly probes?: ReadonlyMap<string, number>
}

/**
 * Everything that a month says, worked out from the ledger: the same month asked again gives the same figures, as long
 * as nothing came in late. It is worked out in steps of some milliseconds, with room for others in between.
 *
 * @param present by books that stay as they are until the last step, such as those of `freezeJudge`
 * @param month `YYYY-MM` in the file's zone; it has begun by `now`
 */
export function* monthFacts(
  present: Judge,
  month: string,
  sources: MonthSources,
  now: number,
): Generator<void, MonthFacts, void> {
  const { narrow = (whole) => whole } = sources
  const judge = narrow(judgeOf(present, month, now))
  const { definition, revisions } = judge
  const zone = definition.timeZone
  const range = monthRange(month, zone)
  const { probes = new Map(), past, alerts } = sources
  const until = Math.min(range.to, now)
  const begun = { from: range.from, to: until }
  const during = { incidents: sources.incidents(), episodes: alerts.episodesSince(range.from) }
  const journeys = yield* journeyMonths(present, judge, month, range, { ...sources, ...during, probes }, now)
  const response = yield* withPoints(present, past, (by) => {
    const [incidents, fixes] = [sources.incidents(), sources.fixes()]
    const impact = (incident: Incident) => impactOf(incident, by, now)
    return {
      incidents,
      fixes,
      months: incidentMonths({ incidents, fixes, impact }, range, zone, now),
      told: sources.statistics?.(narrow(judgeOf(by, month, now)), month, now),
    }
  })
  const { incidents, fixes, told } = response
  const dataUntil = Math.min(until, Math.max(range.from, lastRead(judge)))
  const corrections = correctionMonths(judge, {
    from: range.from,
    to: range.to > now ? slotEnd(judge, until) : range.to,
  })
  const started = revisions.filter(({ at }) => at < until)
  const facts: MonthFacts = {
    schema: 'report/v1',
    month,
    timeZone: zone,
    from: isoIn(range.from, zone),
    to: isoIn(range.to, zone),
    generatedAt: isoIn(now, zone),
    dataUntil: isoIn(dataUntil, zone),
    complete: dataUntil >= range.to,
    sample: sources.sample(),
    definition: {
      fingerprint: started.at(-1)?.fingerprint ?? definition.fingerprint,
      revisions: changesOf(started, range.from, zone),
    },
    ...(corrections.length > 0 && { corrections }),
    journeys,
    alerts: alertMonths(alerts, begun, new Set(incidents.flatMap((one) => one.episodes)), zone),
    incidents: response.months,
    fixes: told?.fixes ?? fixMonth(fixes, month, zone, now),
    fixList: fixLines(fixes, month, zone, now),
    ...statisticsOf(told),
    ...doubtsOf(sources.doubts(begun), begun, zone),
    ...besides(sources, month, journeys, begun, zone),
  }
  return withRemarks(facts, sources.remarks?.() ?? [])
}

/** What was kept quiet, what was practised, and what lies ahead; each only of those who keep books of it. */
function besides(
  { silences, drills, owedDrills, annotations, alerts, trackers }: MonthSources,
  month: string,
  journeys: MonthFacts['journeys'],
  range: Range,
  zone: string,
): Pick<MonthFacts, 'silences' | 'drills' | 'ahead' | 'trackers'> {
  const next = monthRange(addMonths(month, 1), zone)
  const views = trackers?.() ?? []
  return {
    ...(silences !== undefined && { silences: silenceMonths(silences(), alerts.episodesSince(range.from), range) }),
    ...(drills !== undefined && { drills: drillMonth(drills(), journeys, range) }),
    ...(annotations !== undefined && { ahead: aheadOf(annotations(next), owedDrills?.() ?? [], next, zone) }),
    ...(views.length > 0 && { trackers: views.map(({ why: _, aside: __, ...view }) => view) }),
  }
}

/** Fixes of the month stand in the facts already. */
function statisticsOf(told: FixStatistics | undefined): Pick<MonthFacts, 'statistics'> {
  if (told === undefined) return {}
  const { month: _, fixes: __, ...statistics } = told
  return { statistics }
}

/** The key is left out when there is nothing to doubt, so that such a month reads as it always did. */
function doubtsOf(doubts: readonly Doubt[], range: Range, zone: string): Pick<MonthFacts, 'doubts'> {
  if (doubts.length === 0) return {}
  return {
    doubts: doubts.map((doubt) => ({
      service: doubt.service,
      from: isoIn(Math.max(doubt.from, range.from), zone),
      to: isoIn(Math.min(doubt.to ?? range.to, range.to), zone),
      estimate: estimateDoubt(doubt, range.to, range),
    })),
  }
}

/** The end of the slot that is not over at the time: what came of it already is in the total, and is excluded as a whole. */
function slotEnd({ ledger }: Judge, at: number): number {
  const width = ledger.grid[0].width * 1000
  return Math.ceil((at + 1) / width) * width
}

/** The files that took effect from a moment on and promise something else than the one before, and what that is. */
function changesOf(revisions: readonly Revision[], from: number, zone: string): readonly DefinitionChange[] {
  return revisions.flatMap((revision, i) => {
    const before = revisions[i - 1]
    if (revision.at < from || (before !== undefined && !promisesOther(before, revision))) return []
    const { at, fingerprint } = revision
    const targets = before === undefined ? undefined : otherTargets(before, revision)
    return [{ at: isoIn(at, zone), fingerprint, ...(targets !== undefined && { targets }) }]
  })
}

function otherTargets(before: Revision, after: Revision): NonNullable<DefinitionChange['targets']> {
  const names = [...new Set([...Object.keys(before.targets), ...Object.keys(after.targets)])].sort()
  return names.flatMap((objective) => {
    const [beforePpm, afterPpm] = [before.targets[objective], after.targets[objective]]
    if (beforePpm === afterPpm) return []
    return [{ objective, ...(beforePpm !== undefined && { beforePpm }), ...(afterPpm !== undefined && { afterPpm }) }]
  })
}

/** The end of the newest slot that was read of anything that feeds an objective, milliseconds. */
function lastRead({ ledger }: Judge): number {
  const ends = ledger.books.accounts.map(({ role }, number) =>
    role === 'own' ? (ledger.books.coveredUntil[number] ?? 0) * 1000 : 0,
  )
  return Math.max(0, ...ends)
}
