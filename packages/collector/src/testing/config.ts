import { join } from 'node:path'
import { DEFAULT_INHIBITIONS } from '@tabiji/core/alert'
import { RESPONSE_GOALS } from '@tabiji/core/fix'
import { DEFAULT_CHECKLISTS } from '@tabiji/core/incident'
import { ALWAYS_OPEN } from '@tabiji/core/time'
import type { Config } from '../config/config.ts'

const DOOR = { host: '127.0.0.1', port: 0, tokens: [] }

/** A configuration whose store is in the folder: slots and readings of 15 s, any free ports, nobody to tell. */
export function configIn(folder: string, stated: Partial<Config> = {}): Config {
  return {
    file: join(folder, 'tabiji.yaml'),
    journeysFile: join(folder, 'journeys.yaml'),
    storeFile: join(folder, 'tabiji.db'),
    language: 'en',
    targets: [],
    discovery: [],
    engines: [],
    ledger: { grid: [{ fromAgeSeconds: 0, width: 15 }], clockSkewMs: 5_000 },
    evaluation: { intervalMs: 15_000, graceMs: 0 },
    listen: { api: DOOR, ingest: DOOR },
    hooks: {},
    incidents: { openOn: 'page', joinWithinMs: 30 * 60_000 },
    goals: RESPONSE_GOALS,
    runbooks: [],
    otlp: { services: [], intervalMs: 60_000 },
    metrics: { journeys: true, sloth: true, pyrra: true },
    limits: { maxBytes: 1_000_000, maxSeries: 1_000 },
    probes: { references: [], plans: [] },
    receivers: [],
    trackers: [],
    checklists: () => ({
      1: { items: DEFAULT_CHECKLISTS[1] },
      2: { items: DEFAULT_CHECKLISTS[2] },
      3: { items: DEFAULT_CHECKLISTS[3] },
    }),
    postmortems: { within: { 1: 3, 2: 10 } },
    practice: { members: [], drillEvery: {}, checklist: () => [] },
    updateEvery: { 1: 30 * 60_000 },
    inhibitions: DEFAULT_INHIBITIONS,
    maintenance: [],
    routes: { 1: [], 2: [], 3: [] },
    unanswered: {
      acknowledge: { pageMs: 60 * 60_000 },
      escalation: [],
      reminders: { everyMs: 30 * 60_000, atMost: 0 },
      ticketAfterDays: 3,
    },
    calendar: { desk: () => ALWAYS_OPEN, teams: new Map(), files: [] },
    ...stated,
  }
}
