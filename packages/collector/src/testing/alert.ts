import { type AlertFacts, isAboutAlert, type NoticeKind } from '@tabiji/core/alert'
import type { AlertCommit, EpisodeRecord, OutboxRow } from '../ports/alert-store.ts'

const MINUTE = 60_000
export const STARTED_AT = Date.parse('2026-10-20T13:39:00+09:00')

/** A level 1 that burns at 18.2 times the budget's pace. */
export const FACTS: AlertFacts = {
  kind: 'trigger',
  episode: 'A-0042',
  dedupKey: 'd41d8cd98f00b204e9800998ecf8427e',
  rule: 'measure-feet/availability/level-1',
  level: 1,
  journey: { name: 'measure-feet', title: { en: 'Foot measurement', ja: '足の計測' }, owner: 'fit-team', tier: 1 },
  objective: {
    name: 'availability',
    indicator: 'availability',
    targetPpm: 999_000,
    window: { kind: 'rolling', ms: 30 * 24 * 60 * MINUTE },
  },
  cause: {
    kind: 'burn',
    factorMilli: 14_400,
    long: { ms: 60 * MINUTE, bad: 182, valid: 10_000 },
    short: { ms: 5 * MINUTE, bad: 21, valid: 1_000 },
  },
  budget: { bad: 1_296, valid: 1_200_000, leftPpm: -80_500 },
  worstStep: { name: 'upload', bad: 120, ofBad: 182 },
  startedAt: STARTED_AT,
  at: STARTED_AT,
  timeZone: 'Asia/Tokyo',
  runbook: 'https://wiki.example/runbooks/measure-feet',
  link: 'https://tabiji.example/alerts/A-0042',
  sample: false,
}

/** The same episode when it is over. */
export const OVER: AlertFacts = { ...FACTS, kind: 'resolve', at: STARTED_AT + 38 * MINUTE }

/** A row that is owed from its creation on. */
export function rowOf(kind: NoticeKind, receiver: string, changes: Partial<OutboxRow> = {}): OutboxRow {
  const facts = { ...(kind === 'trigger' ? FACTS : OVER), kind, level: changes.level ?? 1 }
  return {
    id: `n-${receiver}-${kind}`,
    topic: facts.episode,
    receiver,
    kind,
    level: facts.level,
    facts,
    verdicts: [],
    createdAt: facts.at,
    notBefore: facts.at,
    state: 'waiting',
    attempts: 0,
    ambiguous: false,
    degraded: false,
    ...changes,
  }
}

/** A transition of the rows' episodes that owes them. */
export function commitOf(...outbox: readonly OutboxRow[]): AlertCommit {
  const episodes = new Map(outbox.map((row) => [row.topic, episodeOf(row)]))
  return { episodes: [...episodes.values()], timeline: [], outbox }
}

function episodeOf({ topic: id, kind, level, facts }: OutboxRow): EpisodeRecord {
  if (!isAboutAlert(facts)) throw new Error('Expected a row about an alert')
  const state = kind === 'trigger' ? 'firing' : 'closed'
  return {
    id,
    rule: `${facts.rule} ${id}`,
    level,
    facts,
    episode: { state, startedAt: facts.startedAt, reopenings: 0 },
  }
}
