import { type CompiledObjective, refreshAccounts } from '@tabiji/core/budget'
import { type FixHistory, fixMonth } from '@tabiji/core/fix'
import { type Incident, incidentsDuring } from '@tabiji/core/incident'
import type { Counts, Level } from '@tabiji/core/journey'
import { cell, coveredSeconds, type Doubt, type Edge, estimateDoubt } from '@tabiji/core/ledger'
import { type AlertMonth, type JourneyMonth, judgeObjective, type MonthFacts } from '@tabiji/core/report'
import { isoIn, monthRange, type Range } from '@tabiji/core/time'
import type { AlertStore } from '../ports/alert-store.ts'
import type { Revision } from '../ports/ledger-store.ts'
import { calendarParts, createJudge, type Judge, rawOf } from './budgets.ts'
import type { ExcludedCoverage } from './exclusion-coverage.ts'
import type { Sums } from './exclusion-scan.ts'
import { correctionMonths } from './month-corrections.ts'
import { definitionAt, promisesOther } from './revision.ts'
import { noDataOf, unreadOf } from './sliced-budget.ts'

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

const LEVELS: readonly Level[] = [1, 2, 3]

/** The two cumulative points that a month lies between, and the way to any point and any exclusion inside it. */
type Pages = {
  readonly start: Edge
  readonly end: Edge
  readonly range: Range
  readonly pointAt: (at: number) => Edge
  readonly excluded: (from: number, to: number) => Sums
  /** What corrections leave out of the stretch for an objective; nothing when none does. */
  readonly left: (objective: string) => ExcludedCoverage | undefined
  readonly probes: ReadonlyMap<string, number>
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

function journeyMonth(
  judge: Judge,
  objectives: readonly CompiledObjective[],
  name: string,
  pages: Pages,
): JourneyMonth {
  const journey = judge.definition.journeys.find((each) => each.name === name)
  if (journey === undefined) throw new Error(`Expected the file to have the journey ${name}`)
  const accounts = ownAccounts(judge, name)
  const coverage = coverageOf(judge, accounts, pages)
  return {
    name,
    title: journey.title,
    ...(journey.owner !== undefined && { owner: journey.owner }),
    tier: journey.tier,
    objectives: objectives.map((compiled) => {
      const left = pages.left(compiled.id)
      // Who watched from outside is another one than who was read.
      const isProbed = compiled.objective.of === 'probe'
      const fed = isProbed ? compiled.accounts : accounts
      const own = left === undefined && !isProbed ? undefined : coverageOf(judge, fed, pages, left)
      return { ...objectiveMonth(judge, compiled, own ?? coverage, pages), ...(own !== undefined && { coverage: own }) }
    }),
    ...(journey.composites !== undefined && { composites: journey.composites }),
    steps: journey.steps.map((step) => ({
      name: step.name,
      counts: countsBetween(
        accounts.filter((number) => judge.ledger.books.accounts[number]?.step === step.name),
        pages,
      ),
    })),
    coverage,
  }
}

function objectiveMonth(
  judge: Judge,
  compiled: CompiledObjective,
  coverage: JourneyMonth['coverage'],
  { end, range, pointAt, excluded }: Pages,
) {
  const { name, indicator, step, targetPpm, window, estimate, budgeting } = compiled.objective
  const zone = judge.definition.timeZone
  const seconds = (at: number) => Math.floor(at / 1000)
  const until = Number.isFinite(end.at) ? end.at : Number.MAX_SAFE_INTEGER
  const parts = calendarParts(judge, compiled, range.from, range.to, pointAt, end, (at, next) => {
    const sums = excluded(seconds(at), next === undefined ? until : seconds(next))
    return sums.get(compiled.id) ?? { bad: 0, valid: 0 }
  })
  const promised = {
    name,
    indicator,
    ...(step !== undefined && { step }),
    targetPpm: parts.at(-1)?.targetPpm ?? targetPpm,
    window,
    ...(estimate !== undefined && { estimate }),
    ...(budgeting !== undefined && { budgeting }),
    ...noDataOf(compiled, unreadOf(parts).unread),
  }
  const told = parts.map(({ from, to, excluded: _, unread: __, ...rest }) => ({
    from: isoIn(from, zone),
    to: isoIn(to, zone),
    ...rest,
  }))
  return judgeObjective(promised, told, coverage, rawOf(parts))
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

function ownAccounts({ ledger }: Judge, journey: string): readonly number[] {
  return ledger.books.accounts.flatMap((account, number) =>
    account.role === 'own' && account.journey === journey ? [number] : [],
  )
}

function countsBetween(accounts: readonly number[], { start, end }: Pages): Counts {
  const sum = (column: number) =>
    accounts.reduce((total, number) => total + cell(end, number, column) - cell(start, number, column), 0)
  return [sum(0), sum(1), sum(2), sum(3)]
}

/**
 * Slots in which the journey's worst read service was read, of all that the stretch holds. A service is read as a whole,
 * so a step that is new in the month is covered by the steps that were there before it.
 *
 * A probe looks into one slot of each of its intervals, and what it saw there stands for the interval.
 *
 * @param left what is left out of the stretch: its slots are not expected, and those that were read do not count
 */
function coverageOf(
  { ledger }: Judge,
  accounts: readonly number[],
  { start, end, range, probes }: Pages,
  left: ExcludedCoverage = { seconds: 0, read: new Map() },
) {
  const width = ledger.grid[0].width
  const seconds = (range.to - range.from) / 1000 - left.seconds
  const expectedSlots = Math.max(0, Math.floor(seconds / width))
  const byService = new Map<string, number>()
  for (const number of accounts) {
    const service = ledger.books.accounts[number]?.service ?? ''
    const read = coveredSeconds(start, end, number) - (left.read.get(number) ?? 0)
    const standsFor = Math.max(width, (probes.get(service) ?? 0) / 1000)
    const slots = Math.floor((read * standsFor) / width / width)
    byService.set(service, Math.max(slots, byService.get(service) ?? 0))
  }
  return { readSlots: byService.size === 0 ? 0 : Math.min(expectedSlots, ...byService.values()), expectedSlots }
}

/** The end of the newest slot that was read of anything that feeds an objective, milliseconds. */
function lastRead({ ledger }: Judge): number {
  const ends = ledger.books.accounts.map(({ role }, number) =>
    role === 'own' ? (ledger.books.coveredUntil[number] ?? 0) * 1000 : 0,
  )
  return Math.max(0, ...ends)
}

function alertMonths(alerts: AlertStore, { from, to }: Range): readonly AlertMonth[] {
  const lines = alerts.transitionsBetween(0, to)
  return LEVELS.map((level) => {
    const ofLevel = lines.filter((line) => line.level === level)
    const during = ofLevel.filter(({ at }) => at >= from)
    const count = (transition: string) => during.filter((line) => line.transition === transition).length
    const open = new Set<string>()
    for (const { episode, transition } of ofLevel) {
      if (transition === 'fired' || transition === 'reopened') open.add(episode)
      if (transition === 'resolved' || transition === 'withdrawn') open.delete(episode)
    }
    return { level, fired: count('fired'), resolved: count('resolved'), stillOpen: open.size }
  })
}
