import type { ProbeOutcome } from '@tabiji/core/probe'
import { SERIES } from '@tabiji/core/series'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { AskFailure } from '../ports/engine.ts'
import type { Beat } from '../ports/heartbeat.ts'
import type { PointCount } from '../ports/intake.ts'
import type { DeliveryFailure } from '../ports/notifier.ts'

/** What the collector says about itself. One registry for each collector, so that several fit into one process. */
export type Metrics = {
  readonly registry: Registry
  /** A target was read or an engine asked, or why it was not. */
  read(source: string, result: 'ok' | 'not_booked' | AskFailure): void
  /** Up to where the books hold what an engine kept, milliseconds. */
  caughtUp(source: string, until: number): void
  /** A list of targets was looked at; so many of its targets are read now. */
  listed(discovery: string, result: 'ok' | 'failed', targets: number): void
  notified(receiver: string, result: 'delivered' | DeliveryFailure): void
  evaluated(at: number, tookSeconds: number): void
  noted(kind: string): void
  /** Whoever watches us was told that all is well, or was not. */
  beaten(result: Beat): void
  reloaded(ok: boolean, at: number): void
  /** A probe ran. @param at when it ended, milliseconds */
  probed(probe: string, outcome: ProbeOutcome, at: number): void
}

/** What is looked up at the moment of a scrape. */
export type Gauges = {
  readonly owedSeconds: (level: 1 | 2 | 3) => number
  readonly openAlerts: (level: 1 | 2 | 3) => number
  /** Seconds since all rules were last evaluated. */
  readonly lagSeconds: () => number
  readonly rulesWithoutData: () => number
  /** Unsettled doubts of the last 30 days. */
  readonly doubts: () => readonly { readonly service: string }[]
  /** What became of the data points of pushes since the start. */
  readonly points: () => readonly PointCount[]
  /** Ends of the certificates that probes were shown last, milliseconds. */
  readonly certificates: () => readonly { readonly probe: string; readonly host: string; readonly expiresAt: number }[]
}

const LEVELS = [1, 2, 3] as const

export function createMetrics(gauges: Gauges): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const reads = new Counter({
    name: 'tabiji_source_reads_total',
    help: 'Readings of targets by result.',
    labelNames: ['source', 'result'],
    registers,
  })
  const notifications = new Counter({
    name: 'tabiji_notifications_total',
    help: 'Attempts to deliver a notification by result.',
    labelNames: ['receiver', 'result'],
    registers,
  })
  const notes = new Counter({
    name: 'tabiji_ledger_notes_total',
    help: 'Readings about which there was something to say, such as a baseline or a reset.',
    labelNames: ['kind'],
    registers,
  })
  const beats = new Counter({
    name: 'tabiji_heartbeats_total',
    help: 'Turns at which whoever watches the collector was told that all is well (sent), could not be (failed), or was not because it is not (withheld).',
    labelNames: ['result'],
    registers,
  })
  const evaluation = new Histogram({
    name: 'tabiji_evaluation_duration_seconds',
    help: 'Time that one evaluation of all objectives took.',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
    registers,
  })
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers })
  const evaluatedAt = gauge('tabiji_evaluation_last_timestamp_seconds', 'When all objectives were last evaluated.')
  const reloadOk = gauge('tabiji_reload_last_successful', '1 when the newest journeys file was taken, 0 when refused.')
  const reloadAt = gauge('tabiji_reload_last_timestamp_seconds', 'When a journeys file was last loaded or refused.')
  const lists = new Counter({
    name: 'tabiji_discovery_reads_total',
    help: 'Looks at lists of targets by result.',
    labelNames: ['discovery', 'result'],
    registers,
  })
  const listed = gauge('tabiji_discovery_targets', 'Targets of a list that are read at present.', ['discovery'])
  const caughtUp = gauge('tabiji_engine_booked_timestamp_seconds', 'Until when the samples of an engine are booked.', [
    'source',
  ])
  const runs = new Counter({
    name: 'tabiji_probe_runs_total',
    help: 'Runs of a probe by outcome; those that are inconclusive are no events.',
    labelNames: ['probe', 'outcome'],
    registers,
  })
  const ranAt = gauge('tabiji_probe_last_run_timestamp_seconds', 'When a probe last ran.', ['probe'])
  registerGauges(gauges, registers)
  return {
    registry,
    read: (source, result) => reads.inc({ source, result }),
    listed: (discovery, result, targets) => {
      lists.inc({ discovery, result })
      listed.set({ discovery }, targets)
    },
    caughtUp: (source, until) => caughtUp.set({ source }, until / 1000),
    notified: (receiver, result) => notifications.inc({ receiver, result }),
    noted: (kind) => notes.inc({ kind }),
    beaten: (result) => beats.inc({ result }),
    evaluated: (at, tookSeconds) => {
      evaluation.observe(tookSeconds)
      evaluatedAt.set(at / 1000)
    },
    probed: (probe, outcome, at) => {
      runs.inc({ probe, outcome })
      ranAt.set({ probe }, at / 1000)
    },
    reloaded: (ok, at) => {
      reloadOk.set(Number(ok))
      reloadAt.set(at / 1000)
    },
  }
}

/** Gauges, and a counter, that are read when they are scraped: no timer keeps them up to date. */
function registerGauges(
  { owedSeconds, openAlerts, lagSeconds, rulesWithoutData, doubts, points, certificates }: Gauges,
  registers: Registry[],
): void {
  new Gauge({
    name: 'tabiji_outbox_oldest_seconds',
    help: 'Age of the oldest notification that is due and not delivered.',
    labelNames: ['level'],
    registers,
    collect() {
      for (const level of LEVELS) this.set({ level }, owedSeconds(level))
    },
  })
  new Gauge({
    name: 'tabiji_evaluation_lag_seconds',
    help: 'Time since all rules were last evaluated.',
    registers,
    collect() {
      this.set(lagSeconds())
    },
  })
  new Gauge({
    name: 'tabiji_rules_no_data',
    help: 'Rules that cannot say that all is well, because a service that feeds them is unread.',
    registers,
    collect() {
      this.set(rulesWithoutData())
    },
  })
  new Gauge({
    name: 'tabiji_alerts_open',
    help: 'Alerts that fire now.',
    labelNames: ['level'],
    registers,
    collect() {
      for (const level of LEVELS) this.set({ level }, openAlerts(level))
    },
  })
  new Gauge({
    name: SERIES.doubts,
    help: 'Processes of the last 30 days that are gone or unread without having handed over their final counters.',
    labelNames: ['service'],
    registers,
    collect() {
      this.reset()
      for (const { service } of doubts()) this.inc({ service })
    },
  })
  new Gauge({
    name: 'tabiji_probe_certificate_expiry_timestamp_seconds',
    help: 'When the certificate that a probe was last shown by a host ends.',
    labelNames: ['probe', 'host'],
    registers,
    collect() {
      this.reset()
      for (const { probe, host, expiresAt } of certificates()) this.set({ probe, host }, expiresAt / 1000)
    },
  })
  new Counter({
    name: 'tabiji_otlp_points_total',
    help: 'Data points of pushes by what became of them: taken, repeated, ignored, or why they were refused.',
    labelNames: ['service', 'result'],
    registers,
    collect() {
      this.reset()
      for (const { service, result, points: n } of points()) this.inc({ service, result }, n)
    },
  })
}
