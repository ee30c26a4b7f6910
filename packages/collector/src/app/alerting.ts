import { randomUUID } from 'node:crypto'
import type { Level } from '@tabiji/core/journey'
import type { Config } from '../config/config.ts'
import { createAnnotations } from '../jobs/alert/annotations.ts'
import { standingOf } from '../jobs/alert/digest-standing.ts'
import type { EpisodeBook } from '../jobs/alert/episode-book.ts'
import type { Evaluation } from '../jobs/alert/evaluate.ts'
import { type ForeignBook, openForeignBook } from '../jobs/alert/foreign-alerts.ts'
import type { Judge } from '../jobs/budget/budgets.ts'
import type { Patience } from '../jobs/budget/freshness.ts'
import type { Results } from '../jobs/budget/results.ts'
import { type ChangeTelling, createChangeTelling } from '../jobs/delivery/changes.ts'
import { createDelivery, type Delivery } from '../jobs/delivery/deliver.ts'
import { createDigests, type DigestTurns } from '../jobs/delivery/digests.ts'
import { createRenewal, type Renewal } from '../jobs/delivery/renew.ts'
import { createReceivers } from '../jobs/delivery/test-receivers.ts'
import { createTroubles, type Troubles } from '../jobs/delivery/troubles.ts'
import { createBackground } from '../jobs/incident/background.ts'
import type { IncidentBoards } from '../jobs/incident/incident-boards.ts'
import { createRunbookDesk } from '../jobs/incident/runbook-desk.ts'
import type { UpdateReminders } from '../jobs/incident/update-reminders.ts'
import { createDrills, type DrillTurns } from '../jobs/practice/drills.ts'
import type { Acknowledging } from '../ports/acknowledging.ts'
import type { Annotations } from '../ports/annotations.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { Practice } from '../ports/practice.ts'
import type { Receivers } from '../ports/receivers.ts'
import type { RunbookDesk } from '../ports/runbooks.ts'
import type { Work } from '../ports/work.ts'
import { createRunbookFolders } from '../sources/runbook-folder.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { createEpisodes, remindersOf } from './episodes.ts'
import { type Gates, openGates } from './gates.ts'
import { type Incidents, openIncidents } from './incidents.ts'
import { createNotifiers } from './notifiers.ts'
import { openPostmortems, type PostmortemTurns } from './postmortems.ts'
import { openPractice } from './practice.ts'
import { firstResponseOf, openBoards, openUpdates } from './response.ts'
import { openStores, type Stores } from './stores.ts'
import { createTeams, type Teams } from './teams.ts'

/** From a verdict to a person: what rings, who is owed what, and how it gets there. */
export type Alerting = {
  readonly evaluation: Evaluation
  readonly acknowledging: Acknowledging
  readonly delivery: Delivery
  readonly renewal: Renewal
  readonly receivers: Receivers
  readonly annotations: Annotations
  readonly drills: DrillTurns
  readonly digests: DigestTurns
  readonly teams: Teams
  readonly troubles: Troubles
  readonly changes: ChangeTelling
  readonly runbookDesk: RunbookDesk
  readonly practice: Practice
  readonly updates: UpdateReminders
  readonly postmortems: PostmortemTurns
  readonly boards: IncidentBoards
  /** Alerts of others; absent when none are taken. */
  readonly foreign?: ForeignBook
} & Gates &
  Incidents

type Parts = {
  readonly stores: Stores
  readonly book: EpisodeBook
  readonly work: Work
  readonly judge: () => Judge
  readonly patience: Patience
  /** Who may hand counts over. */
  readonly services: ReadonlySet<string>
  readonly results: Results | undefined
  readonly outgoing: Outgoing
  readonly metrics: Metrics
  readonly log: Logger
  readonly now: () => number
}

export function createAlerting(config: Config, parts: Parts): Alerting {
  const { stores, book, judge, patience, services, results, metrics, log, now } = parts
  const notifiers = createNotifiers(config, parts.outgoing)
  const zone = () => judge().definition.timeZone
  const runbooks = createRunbookFolders(config.runbooks)
  const background = createBackground({
    annotations: stores.annotations,
    corrections: stores.corrections.all,
    runbooks,
    judge,
  })
  const letterhead = () => ({
    instance: String(stores.ledger.birth),
    timeZone: zone(),
    sample: stores.ledger.isSample(),
    background,
    ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
  })
  const { selfTest } = config.calendar
  const teams = createTeams(config, () => judge().definition)
  const elsewhere = results === undefined ? {} : { isToldElsewhere: results.rings }
  const telling = {
    ...teams,
    ...elsewhere,
    letterhead,
    reminders: remindersOf(config, teams),
    newId: randomUUID,
  }
  const { alertmanager } = config.hooks
  const foreign = alertmanager === undefined ? {} : { foreign: openForeignBook(stores.foreign, alertmanager) }
  const rules = { ...telling, ...foreign, patience }
  const troubles = createTroubles({
    store: stores.troubles,
    alerts: stores.alerts,
    tellers: [...new Set([...(config.fallback === undefined ? [] : [config.fallback]), ...config.routes[1]])],
    letterhead: () => ({ timeZone: zone(), sample: stores.ledger.isSample() }),
    newId: randomUUID,
    now,
  })
  const incidents = openIncidents(config, { stores, work: parts.work, book, judge, now })
  const beside = {
    heldBy: (id: string) => stores.gated.decisionsOf(id).findLast(({ outcome }) => outcome === 'held')?.verdicts ?? [],
    toDos: firstResponseOf(config, stores, zone, now).toDos,
  }
  const boards = openBoards(config, { stores, teams, judge, impact: incidents.impact, now })
  return {
    teams,
    boards,
    troubles,
    changes: createChangeTelling({
      annotations: stores.annotations,
      alerts: stores.alerts,
      receivers: config.receivers.flatMap((one) => (one.kind === 'pagerduty' && one.changes ? [one.name] : [])),
      letterhead: () => ({ timeZone: zone(), sample: stores.ledger.isSample() }),
      now,
    }),
    runbookDesk: createRunbookDesk({
      runbooks,
      alerts: stores.alerts,
      work: stores.work,
      definition: () => judge().definition,
      changeIncident: parts.work.changeIncident,
    }),
    postmortems: openPostmortems(config, { stores, teams, judge, now }),
    practice: openPractice(config, { stores, runbooks, judge, now }),
    updates: openUpdates(config, { stores, teams, judge, impact: incidents.impact }),
    ...openGates(config, { stores, judge, teams, groups: chatsOf(notifiers), ...elsewhere, now }),
    ...incidents,
    ...foreign,
    ...createEpisodes(config, { store: stores.alerts, book, rules, now }),
    drills: createDrills({
      store: stores.drills,
      alerts: stores.alerts,
      book,
      sources: { definition: () => judge().definition, ...stores, work: parts.work, now },
      telling,
      rules: config.ledger,
      open: (bornAt) => openStores(':memory:', bornAt),
      now,
    }),
    digests: createDigests({
      store: stores.digests,
      alerts: stores.alerts,
      teams: teams.digests,
      ...(config.calendar.weekly !== undefined && { weekly: config.calendar.weekly }),
      standing: (record) => standingOf(judge(), record, now()),
      isSample: stores.ledger.isSample,
      graceUntil: now() + config.evaluation.graceMs,
      newId: randomUUID,
      now,
    }),
    delivery: createDelivery({
      store: stores.alerts,
      notifiers,
      ...(config.fallback !== undefined && { fallback: config.fallback }),
      ...beside,
      now,
      random: Math.random,
      onAttempt: (attempt) => {
        const { row, result } = attempt
        troubles.attempted(attempt)
        if (result.kind === 'delivered') boards.told(row)
        metrics.notified(row.receiver, result.kind === 'delivered' ? 'delivered' : result.failure)
        if (result.kind !== 'delivered') log.warn({ receiver: row.receiver, topic: row.topic }, result.message)
      },
    }),
    annotations: createAnnotations({
      store: stores.annotations,
      definition: () => judge().definition,
      services: () => [...new Set([...services, ...judge().ledger.books.accounts.map(({ service }) => service)])],
      now,
    }),
    renewal: createRenewal({
      store: stores.alerts,
      notifiers,
      ...beside,
      now,
      onRenewed: (receiver, result) => {
        if (result.message !== undefined) log.warn({ receiver }, `telling again what holds: ${result.message}`)
      },
    }),
    receivers: createReceivers({
      receivers: receiversOf(config),
      notifiers,
      store: stores.alerts,
      letterhead: () => ({ timeZone: judge().definition.timeZone, sample: stores.ledger.isSample() }),
      ...(selfTest !== undefined && { weekly: { time: selfTest, desk: () => teams.deskOf(undefined) } }),
      newId: randomUUID,
      now,
    }),
  }
}

function chatsOf(notifiers: readonly Notifier[]): ReadonlySet<string> {
  return new Set(notifiers.flatMap(({ name, groups }) => (groups === true ? [name] : [])))
}

function receiversOf({ receivers, routes, fallback, calendar }: Config) {
  const levels: readonly Level[] = [1, 2, 3]
  return receivers.map(({ name, kind }) => ({
    name,
    kind,
    levels: levels.filter((level) =>
      [routes, ...[...calendar.teams.values()].map((team) => team.routes)].some((told) => told[level]?.includes(name)),
    ),
    isFallback: name === fallback,
  }))
}
