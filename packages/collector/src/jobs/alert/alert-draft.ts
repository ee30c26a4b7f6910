import {
  type AlertFacts,
  type Episode,
  episodeId,
  FLAP_WINDOW_MS,
  isAboutAlert,
  isFlapping,
  type MessageKind,
  type NoticeKind,
  planTimers,
  type ReminderRules,
  type Rule,
  type Step,
  type Timer,
  type Transition,
  withdrawEpisode,
} from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import { ALWAYS_OPEN, type Desk } from '@tabiji/core/time'
import type {
  AlertCommit,
  AlertStore,
  EpisodeRecord,
  HeldCondition,
  OutboxRow,
  TimelineDetail,
  TimelineEntry,
} from '../../ports/alert-store.ts'
import { alertFacts, type Evidence, type Letterhead } from './alert-facts.ts'
import type { ForeignEvidence } from './foreign-alerts.ts'
import type { SimpleEvidence } from './simple-facts.ts'

/** How what happened becomes what is owed to whom. */
export type TellingRules = {
  /** Names of the receivers of a level, by the owner of the journey. */
  readonly receiversOf: (level: Level, owner: string | undefined) => readonly string[]
  /** Whether somebody else tells of the rule: then nobody is owed anything by this collector. */
  readonly isToldElsewhere?: (rule: string) => boolean
  /** When the owner of a journey is at work. */
  readonly deskOf: (owner: string | undefined) => Desk
  readonly letterhead: () => Letterhead
  /** Whom a page that nobody takes goes to, and when; absent: nobody is reminded of anything. */
  readonly reminders?: ReminderRules
  /** A fresh id for an owed notification. */
  readonly newId: () => string
}

/** Of what is only played through nobody hears, so no hour is closed. */
export const TELLING_NOBODY = {
  receiversOf: () => [],
  deskOf: () => ALWAYS_OPEN,
} as const satisfies Partial<TellingRules>

/** Everything that one tick will commit, while it is being gathered. */
export type Draft = AlertCommit & {
  begin(rule: Rule, episode: Episode, transitions: readonly Transition[], evidence: AnyEvidence): void
  change(
    rule: Rule,
    known: EpisodeRecord,
    episode: Episode,
    transitions: readonly Transition[],
    evidence: AnyEvidence,
  ): void
  withdraw(known: EpisodeRecord): void
  /** Writes that an episode changed hands, or its level, of which nobody is told by itself. */
  hand(known: EpisodeRecord, step: Step, detail: TimelineDetail): void
  /** Writes what looking at an episode's timers came to: what it is now, and which timers it has from now on. */
  attend(known: EpisodeRecord, step: Step, timers: readonly Timer[], detail: TimelineDetail): void
  /** Lets go of the timers of what is not known any more. */
  forget(episode: string): void
  /** Owes facts to the receivers of their level, or to others. */
  owe(facts: AlertFacts, receivers?: readonly string[]): void
  /** Owes a beginning to whoever of its level's receivers knows of none. */
  oweAgain(facts: AlertFacts): void
  /** Says more in all that is owed of an episode. */
  add(episode: string, more: Partial<AlertFacts>): void
  /** Cancels what was not sent yet. */
  cancel(topic: string, kinds: readonly MessageKind[], reason: string): void
  /** Since when a condition that must last has held; nothing when it holds no more. */
  hold(rule: string, since: number | undefined): void
  /** Whether there is anything to commit. */
  isEmpty(): boolean
}

type AnyEvidence = Evidence | SimpleEvidence | ForeignEvidence

/** Which transitions people are told of, and as what. */
const TOLD: Readonly<Partial<Record<Transition, NoticeKind>>> = {
  fired: 'trigger',
  reopened: 'trigger',
  resolved: 'resolve',
}

/** After these nobody has it yet, or any more. */
const FRESH: readonly Transition[] = ['fired', 'reopened', 'resolved', 'closed']

/** What a message says of the episode beside what its rule saw. */
function marksOf(episode: Episode): Pick<AlertFacts, 'flapping' | 'unreadSince'> {
  const { reopenings, unreadSince } = episode
  return {
    ...(isFlapping(episode) && { flapping: { reopenings, quietMs: FLAP_WINDOW_MS } }),
    ...(unreadSince !== undefined && { unreadSince }),
  }
}

/** An end leads to the page that its beginning led to, by what users met then. */
function begunAs({ felt, runbook, runbookTitle }: AlertFacts): Pick<AlertFacts, 'felt' | 'runbook' | 'runbookTitle'> {
  return {
    ...(felt !== undefined && { felt }),
    ...(runbook !== undefined && { runbook }),
    ...(runbookTitle !== undefined && { runbookTitle }),
  }
}

/** Who has it until it ends. */
function endOf(episode: Episode | undefined): Pick<AlertFacts, 'takenBy'> {
  const by = episode?.ack?.by
  return by === undefined ? {} : { takenBy: by }
}

/** What evaluating needs of a store; a replay keeps its episodes in memory. */
export type AlertLog = Pick<AlertStore, 'openEpisodes' | 'heldConditions' | 'nextEpisodeNumber' | 'commitAlerts'>

export function createDraft(store: Pick<AlertLog, 'nextEpisodeNumber'>, rules: TellingRules, now: number): Draft {
  const episodes: EpisodeRecord[] = []
  const timeline: TimelineEntry[] = []
  const outbox: OutboxRow[] = []
  const held: HeldCondition[] = []
  const again: OutboxRow[] = []
  const timers: { readonly episode: string; readonly timers: readonly Timer[] }[] = []
  const cancelled: { topic: string; kinds: readonly MessageKind[]; reason: string }[] = []
  let number = store.nextEpisodeNumber()
  const receiversFor = ({ level, journey }: AlertFacts) => rules.receiversOf(level, journey.owner)
  const owe = (facts: AlertFacts, receivers = receiversFor(facts), rows = outbox) => {
    if (rules.isToldElsewhere?.(facts.rule) === true) return
    if (receivers.length === 0) return
    for (const receiver of receivers) {
      rows.push({
        id: rules.newId(),
        topic: facts.episode,
        receiver,
        kind: facts.kind,
        level: facts.level,
        facts,
        // The gates are asked once all that happens at this moment is on record.
        verdicts: [],
        createdAt: now,
        notBefore: now,
        state: 'gated',
        attempts: 0,
        ambiguous: false,
        degraded: false,
      })
    }
  }
  const facts = (id: string, kind: NoticeKind, rule: Rule, episode: Episode, evidence: AnyEvidence, was?: Episode) =>
    alertFacts(
      rule,
      { kind, episode: id, startedAt: episode.startedAt, at: now, ...marksOf(episode), ...endOf(was) },
      evidence,
      rules.letterhead(),
    )
  const tell = (id: string, transitions: readonly Transition[], detail: TimelineDetail = {}) => {
    const said = Object.keys(detail).length === 0 ? {} : { detail }
    timeline.push(...transitions.map((transition) => ({ episode: id, at: now, transition, ...said })))
  }
  const plan = ({ id, level }: Pick<EpisodeRecord, 'id' | 'level'>, episode: Episode) => {
    if (rules.reminders === undefined) return
    timers.push({ episode: id, timers: planTimers({ id, level, episode }, now, rules.reminders) })
  }
  return {
    episodes,
    timeline,
    outbox,
    held,
    timers,
    cancelled,
    again,
    hold: (rule, since) => held.push({ rule, ...(since !== undefined && { since }) }),
    isEmpty: () => episodes.length + held.length === 0,
    begin: (rule, episode, transitions, evidence) => {
      const id = episodeId(number++)
      const told = facts(id, 'trigger', rule, episode, evidence)
      tell(id, transitions)
      owe(told)
      episodes.push({ id, rule: rule.id, level: rule.level, episode, facts: told })
      plan({ id, level: rule.level }, episode)
    },
    change: (rule, known, episode, transitions, evidence) => {
      tell(known.id, transitions)
      if (transitions.some((transition) => FRESH.includes(transition))) plan(known, episode)
      const kind = transitions.map((transition) => TOLD[transition]).find((each) => each !== undefined)
      if (kind === undefined) return void episodes.push({ ...known, episode })
      const fresh = facts(known.id, kind, rule, episode, evidence, known.episode)
      const told = kind === 'resolve' ? { ...fresh, ...begunAs(known.facts) } : fresh
      owe(told)
      episodes.push({ ...known, episode, facts: told })
    },
    withdraw: (known) => {
      const facts: AlertFacts = { ...known.facts, kind: 'withdraw', at: now, ...endOf(known.episode) }
      timeline.push({ episode: known.id, at: now, transition: 'withdrawn' })
      // What is resolved has been told already; only its watch over a return ends.
      if (known.episode.state !== 'resolved') owe(facts)
      const episode = withdrawEpisode(known.episode, now)
      episodes.push({ ...known, facts, episode })
      plan(known, episode)
    },
    hand: (known, { episode = known.episode, transitions }, detail) => {
      tell(known.id, transitions, detail)
      episodes.push({ ...known, episode })
      plan(known, episode)
    },
    attend: (known, { episode = known.episode, transitions }, left, detail) => {
      tell(known.id, transitions, detail)
      episodes.push({ ...known, episode })
      timers.push({ episode: known.id, timers: left })
    },
    forget: (episode) => void timers.push({ episode, timers: [] }),
    owe,
    oweAgain: (facts) => owe(facts, receiversFor(facts), again),
    add: (id, more) => {
      for (const [i, row] of outbox.entries()) {
        if (row.topic === id && isAboutAlert(row.facts)) outbox[i] = { ...row, facts: { ...row.facts, ...more } }
      }
    },
    cancel: (topic, kinds, reason) => void cancelled.push({ topic, kinds, reason }),
  }
}
