import type { Definition } from '@tabiji/core/journey'
import type { Question } from '@tabiji/core/openslo'
import type { Problem } from '@tabiji/core/problem'
import { MINUTE } from '@tabiji/core/time'
import type { Config } from '../config/config.ts'
import type { Rotated } from '../config/rotation.ts'
import { openEpisodeBook, readByBook } from '../jobs/alert/episode-book.ts'
import { silencedPages } from '../jobs/alert/silenced.ts'
import { withResults } from '../jobs/budget/beside.ts'
import { createJudge, type Judge } from '../jobs/budget/budgets.ts'
import { createCorrections } from '../jobs/budget/corrections.ts'
import { createExclusions } from '../jobs/budget/exclusions.ts'
import { type Patience, patienceWith } from '../jobs/budget/freshness.ts'
import type { Results } from '../jobs/budget/results.ts'
import { recordRevision } from '../jobs/budget/revision.ts'
import { createSlices } from '../jobs/budget/slices.ts'
import { overview } from '../jobs/budget/status.ts'
import { rulesWithoutData } from '../jobs/budget/unread-rules.ts'
import { createImpact } from '../jobs/incident/impact.ts'
import { createIncidentTimelines } from '../jobs/incident/incident-timeline.ts'
import { createWork } from '../jobs/incident/work.ts'
import type { CatchUp } from '../jobs/ledger/catch-up.ts'
import { createDoubts, type Doubts } from '../jobs/ledger/doubts.ts'
import { createDurations } from '../jobs/ledger/durations.ts'
import { createHealth, type Health } from '../jobs/ledger/health.ts'
import { createIngest, type Ingest } from '../jobs/ledger/ingest.ts'
import { keepBooks } from '../jobs/ledger/keep.ts'
import { type Ledger, openLedger } from '../jobs/ledger/ledger.ts'
import type { Probes } from '../jobs/ledger/probes.ts'
import { createPushes, type Pushes, refusedIn } from '../jobs/ledger/push.ts'
import { createReader, type Reader } from '../jobs/ledger/read.ts'
import { type ClockWatch, watchClock } from '../jobs/loop/clock.ts'
import { createMovements } from '../jobs/loop/movements.ts'
import type { Overview } from '../ports/api.ts'
import type { Corrections } from '../ports/corrections.ts'
import type { Courses } from '../ports/courses.ts'
import type { Examined } from '../ports/doctor.ts'
import type { IncidentTimelines } from '../ports/incident-timeline.ts'
import type { Mover } from '../ports/movements.ts'
import type { Work } from '../ports/work.ts'
import { createScrapeSource } from '../sources/scrape.ts'
import type { Logger } from '../telemetry/log.ts'
import { createMetrics, type Metrics } from '../telemetry/metrics.ts'
import { createOutgoing, type Outgoing } from '../wire/outgoing.ts'
import { type Alerting, createAlerting } from './alerting.ts'
import { openCourses } from './courses.ts'
import { createTargets, type Targets } from './discovery.ts'
import { createCatchUps, reachOf, scrapedServices, tellCatchUp } from './engines.ts'
import { askedServices, openIndicators } from './indicators.ts'
import { type Months, openMonths } from './months.ts'
import { openProbes, probed } from './probing.ts'
import { rulesOf } from './response.ts'
import { openResults, ruledPart } from './ruler.ts'
import { openStores, type Stores } from './stores.ts'
import { keepRules } from './upkeep.ts'
import { gaugesOf, note, placeOf, watchedBy } from './watch.ts'

/** What the app takes from the world; a test moves the clock. */
export type Surroundings = {
  readonly now: () => number
  readonly log: Logger
  /** Milliseconds that nobody sets, to notice when the clock jumps. */
  readonly monotonic?: () => number
  /** Reads the journeys file again, when somebody asks for a reload. */
  readonly loadDefinition: () =>
    | { readonly ok: true; readonly definition: Definition; readonly questions?: readonly Question[] }
    | { readonly ok: false; readonly problems: readonly Problem[] }
  /** Looks at the services that run, as `tabiji doctor` does; absent where nobody can. */
  readonly examine?: (inForce: Definition) => Promise<Examined>
  /** Reads the files of secrets, certificates, calendars and checklists again; absent when they never change. */
  readonly rotate?: () => Rotated
}

/** Every part of the collector, wired and at rest: nothing is listening or running. */
export type House = Surroundings &
  Alerting & {
    readonly config: Config
    readonly stores: Stores
    readonly ledger: Ledger
    /** The file in force, ready for judging. */
    judge(): Judge
    /** Puts another file in force and remembers since when. */
    enforce(definition: Definition, questions?: readonly Question[]): void
    overview(): Overview
    readonly months: Months
    readonly courses: Courses
    /** Keeps old entries in wider slots and lets go of the oldest, step by step. */
    keepBooks(): ReturnType<typeof keepBooks>
    readonly patience: Patience
    readonly health: Health
    /** Absent when somebody moves the clock by hand. */
    readonly clock?: ClockWatch
    readonly metrics: Metrics
    readonly work: Work
    readonly timelines: IncidentTimelines
    readonly corrections: Corrections
    readonly ingest: Ingest
    readonly pushes: Pushes
    /** Times in which processes may have counted what nobody was told. */
    readonly doubts: Doubts
    /** Doubts processes whose pushes are missing. */
    lookForSilence(): void
    /** Who may hand counts over: everybody who is, or was, read or awaited. */
    readonly services: ReadonlySet<string>
    readonly targets: Targets
    readonly reader: Reader
    /** Asks the engine of the OpenSLO files. */
    ask(signal: AbortSignal): Promise<void>
    /** One for each engine. */
    readonly catchUps: readonly CatchUp[]
    readonly probes: Probes
    readonly outgoing: Outgoing
    readonly movements: Mover
    /** What a ruler says, when the configuration has one. */
    readonly results?: Results
  }

export function buildHouse(
  config: Config,
  definition: Definition,
  surroundings: Surroundings,
  questions: readonly Question[] = [],
): House {
  const { now, log } = surroundings
  const startedAt = now()
  const opened = openStores(config.storeFile, startedAt)
  const book = openEpisodeBook(opened.alerts)
  const stores: Stores = { ...opened, alerts: readByBook(opened.alerts, book) }
  if (stores.copiedTo !== undefined) {
    log.info({ copy: stores.copiedTo }, 'the store was copied before it was brought to the present layout')
  }
  const ledger = openLedger(stores.ledger, config.ledger)
  const exclusions = createExclusions(ledger, stores.ledger.rows, stores.corrections.all)
  const slices = createSlices(ledger, stores.ledger.rows)
  const judgeBy = (file: Definition) =>
    createJudge(file, ledger, recordRevision(stores.ledger, file, now()), exclusions, slices)
  let judge = judgeBy(definition)

  const pushing = config.otlp.services.map((service) => ({ service, intervalMs: config.otlp.intervalMs }))
  const known = [...config.targets, ...pushing, ...scrapedServices(config), ...askedServices(config)]
  const awaited = [...known, ...probed(config)]
  const slotWidth = config.ledger.grid[0].width
  const patience = new Map(patienceWith(awaited, slotWidth))
  const doubts = createDoubts(stores.doubts, ledger, config.targets.map(placeOf), config.otlp.intervalMs, now)
  const durations = createDurations(stores.durations, now, now())
  const outgoing = createOutgoing()
  let ruled = ruledPart(definition, questions)
  const results = openResults(config, () => ruled, outgoing, now, log)
  const status = (): Overview => {
    const told = statusOfBooks()
    return results === undefined ? told : withResults(told, judge.evaluator.objectives, results, 'prometheus')
  }
  const statusOfBooks = (): Overview => ({
    ...overview(judge, stores.alerts, patience, doubts.recent(), stores.ledger.isSample(), now()),
    refused: refusedIn(pushes.counts()),
    silenced: silencedPages(stores.gated, judge.definition.timeZone),
  })
  const metrics = createMetrics({
    ...gaugesOf(stores, doubts, now),
    lagSeconds: () => (now() - (health.evaluatedAt() || startedAt)) / 1000,
    rulesWithoutData: () => rulesWithoutData(judge, patience, now()),
    points: () => pushes.counts(),
    certificates: () => probes.certificates(),
  })
  metrics.reloaded(true, now())
  const months = openMonths({ config, stores, ledger, doubts, judge: () => judge, results })
  const health = createHealth(stores.alerts, config.evaluation.intervalMs)
  const ingest = createIngest(watchedBy(health, ledger), now, (notes) => {
    for (const note of notes) {
      metrics.noted(note.kind)
      log.info(note, 'there is something to say about a reading')
    }
  })
  const pushes = createPushes(ledger, ingest, (reading) => note(log, () => doubts.pushed(reading)))
  const indicatorsOf = (asked: readonly Question[]) =>
    openIndicators(config, asked, { health, metrics, log, ingest, outgoing, now, ledger })
  let indicators = indicatorsOf(questions)
  const fixed = config.targets.map((target) => createScrapeSource(target, outgoing, config.limits, now))
  const reader = createReader(fixed, ingest, now, (outcome) => {
    const { source, result, booked } = outcome
    health.read(outcome)
    note(log, () => doubts.read(outcome))
    note(log, () => durations.read(outcome), 'how long events took')
    metrics.read(source.name, !result.ok ? result.failure : booked ? 'ok' : 'not_booked')
    if (!result.ok) log.warn({ source: source.name, failure: result.failure }, result.message)
    else for (const warning of result.warnings) log.warn({ source: source.name }, warning)
  })
  const services = new Set([...known, ...config.listen.ingest.tokens].map(({ service }) => service))
  const targets = createTargets({
    config,
    fixed,
    outgoing,
    now,
    log,
    health,
    metrics,
    doubts,
    reader,
    onChange: (sources) => {
      patience.clear()
      for (const [service, wait] of patienceWith([...awaited, ...sources], slotWidth)) patience.set(service, wait)
      // A service that is on no list any more may still have its last word to say.
      for (const { service } of sources) services.add(service)
    },
  })
  const probes = openProbes(config, { ...surroundings, ingest, metrics, definition: () => judge.definition })
  const work = createWork({
    store: stores.work,
    response: () => rulesOf(config),
    definition: () => judge.definition,
    recorded: (key, events) => alerting.boards.changed(key, events),
    now,
    impactOf: createImpact({ store: stores.work, judge: () => judge, now }).of,
  })
  const alerting = createAlerting(config, {
    stores,
    book,
    work,
    judge: () => judge,
    patience,
    services,
    results,
    outgoing,
    metrics,
    log,
    now,
  })
  return {
    ...surroundings,
    config,
    stores,
    ledger,
    judge: () => judge,
    enforce: (file, asked = []) => {
      judge = judgeBy(file)
      ruled = ruledPart(file, asked)
      indicators = indicatorsOf(asked)
    },
    ask: async (signal) => indicators?.turn(signal),
    overview: status,
    months,
    courses: openCourses({ store: stores.ledger, ledger, judge: () => judge, patience, now }),
    keepBooks: () =>
      keepBooks(
        keepRules(config, stores, ledger, () => judge, months.steps),
        now(),
      ),
    patience,
    health,
    ...(surroundings.monotonic !== undefined && { clock: watchClock(now, surroundings.monotonic) }),
    metrics,
    work,
    timelines: createIncidentTimelines({ stores, work, judge: () => judge, now }),
    corrections: createCorrections({ store: stores.corrections, exclusions, judge: () => judge, now }),
    ...alerting,
    ingest,
    pushes,
    doubts,
    lookForSilence: () => note(log, doubts.look),
    services,
    targets,
    reader,
    catchUps: createCatchUps(
      config,
      outgoing,
      {
        ledger,
        ingest,
        store: stores.past,
        now,
        reachMs: () => reachOf(judge.definition),
        onBooked: (reading) => {
          // What is long past says nothing about who lives.
          if (reading.at > now() - LIVELY_MS) note(log, () => doubts.pushed(reading))
        },
      },
      (outcome) => tellCatchUp(outcome, log, health, metrics),
    ),
    probes,
    outgoing,
    movements: createMovements(),
    ...(results !== undefined && { results }),
  }
}

/** An engine tells of a process that lives within this time. */
const LIVELY_MS = 3 * MINUTE
