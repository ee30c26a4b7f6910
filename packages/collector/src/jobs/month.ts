import { refreshAccounts } from '@tabiji/core/budget'
import { type FixHistory, fixMonth } from '@tabiji/core/fix'
import { type Incident, incidentsDuring } from '@tabiji/core/incident'
import { type Doubt, estimateDoubt } from '@tabiji/core/ledger'
import type { MonthFacts } from '@tabiji/core/report'
import { isoIn, monthRange, type Range } from '@tabiji/core/time'
import type { AlertStore } from '../ports/alert-store.ts'
import type { Revision } from '../ports/ledger-store.ts'
import { createJudge, type Judge } from './budgets.ts'
import type { Sums } from './exclusion-scan.ts'
import { alertMonths } from './month-alerts.ts'
import { correctionMonths } from './month-corrections.ts'
import { journeyMonth, type Pages } from './month-journey.ts'
import { definitionAt, promisesOther } from './revision.ts'

/** What a month is written from, besides the judge's books. */
export type MonthSources = {
  readonly alerts: AlertStore
  readonly incidents: () => readonly Incident[]
  readonly fixes: () => readonly FixHistory[]
  readonly doubts: (range: Range) => readonly Doubt[]
  readonly sample: () => boolean
  /** How often each probe looks, milliseconds by name. */
  readonly probes?: ReadonlyMap<string, number>
}

/**
 * Everything that a month says, worked out from the ledger: the same month asked again gives the same figures, as long
 * as nothing came in late.
 *
 * @param month `YYYY-MM` in the file's zone; it has begun by `now`
 */
export function monthFacts(present: Judge, month: string, sources: MonthSources, now: number): MonthFacts {
  const judge = judgeOf(present, month, now)
  const { definition, ledger, revisions, evaluator } = judge
  refreshAccounts(evaluator, ledger.books)
  const zone = definition.timeZone
  const range = monthRange(month, zone)
  const until = Math.min(range.to, now)
  const pointAt = (at: number) => ledger.pointAt(Math.floor(at / 1000))
  const end = range.to > now ? ledger.books.total : pointAt(range.to)
  const excluded = remembering((from, to) => judge.exclusions.between(evaluator, from, to, now))
  const within = { from: Math.floor(range.from / 1000), to: Math.floor(until / 1000) }
  const left = (objective: string) => judge.exclusions.covered(evaluator, objective, within, now)
  const { probes = new Map() } = sources
  const stretch = { from: range.from, to: until }
  const pages = { start: pointAt(range.from), end, range: stretch, pointAt, excluded, left, probes }
  const dataUntil = Math.min(until, Math.max(range.from, lastRead(judge)))
  const corrections = correctionMonths(judge, {
    from: range.from,
    to: range.to > now ? slotEnd(judge, until) : range.to,
  })
  const started = revisions.filter(({ at }) => at < until)
  return {
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
      revisions: started
        .filter((revision, i) => revision.at >= range.from && isChange(started[i - 1], revision))
        .map(({ at, fingerprint }) => ({ at: isoIn(at, zone), fingerprint })),
    },
    ...(corrections.length > 0 && { corrections }),
    journeys: definition.journeys.map(({ name }) =>
      journeyMonth(
        judge,
        evaluator.objectives.filter(({ journey }) => journey.name === name),
        name,
        pages,
      ),
    ),
    alerts: alertMonths(sources.alerts, { from: range.from, to: until }),
    incidents: incidentsDuring(sources.incidents(), range, zone),
    fixes: fixMonth(sources.fixes(), month, zone, now),
    ...doubtsOf(sources.doubts(pages.range), pages.range, zone),
  }
}

/** A month that is over is told by the file that was in force when it ended: what changed since does not change it. */
function judgeOf(present: Judge, month: string, now: number): Judge {
  const { definition, ledger, revisions, exclusions, slices } = present
  const { to } = monthRange(month, definition.timeZone)
  const then = to <= now ? definitionAt(revisions, to) : undefined
  if (then === undefined || revisions.at(-1)?.definition === then) return present
  return createJudge(then, ledger, revisions, exclusions.tried(), slices)
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

const isChange = (before: Revision | undefined, after: Revision): boolean =>
  before === undefined || promisesOther(before, after)

/** Almost all objectives ask for the whole month, and one walk through the log answers them all. */
function remembering(between: (from: number, to: number) => Sums): Pages['excluded'] {
  const known = new Map<string, Sums>()
  return (from, to) => {
    const sums = known.get(`${from} ${to}`) ?? between(from, to)
    known.set(`${from} ${to}`, sums)
    return sums
  }
}

/** The end of the newest slot that was read of anything that feeds an objective, milliseconds. */
function lastRead({ ledger }: Judge): number {
  const ends = ledger.books.accounts.map(({ role }, number) =>
    role === 'own' ? (ledger.books.coveredUntil[number] ?? 0) * 1000 : 0,
  )
  return Math.max(0, ...ends)
}
