import {
  type AlertFacts,
  askGates,
  type Episode,
  episodeId,
  type GateRules,
  type NoticeKind,
  notBefore,
  type Rule,
  type Transition,
  withdrawEpisode,
} from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import type {
  AlertCommit,
  AlertStore,
  EpisodeRecord,
  HeldCondition,
  OutboxRow,
  TimelineEntry,
} from '../ports/alert-store.ts'
import { alertFacts, type Evidence, type Letterhead } from './alert-facts.ts'
import type { SimpleEvidence } from './simple-facts.ts'

/** How what happened becomes what is owed to whom. */
export type TellingRules = {
  /** Names of the receivers of each level. */
  readonly routes: Readonly<Record<Level, readonly string[]>>
  /** Whether somebody else tells of the rule: then nobody is owed anything by this collector. */
  readonly isToldElsewhere?: (rule: string) => boolean
  readonly gates: Pick<GateRules, 'graceUntil' | 'hours'>
  readonly letterhead: () => Letterhead
  /** A fresh id for an owed notification. */
  readonly newId: () => string
}

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
  /** Since when a condition that must last has held; nothing when it holds no more. */
  hold(rule: string, since: number | undefined): void
  /** Whether there is anything to commit. */
  isEmpty(): boolean
}

type AnyEvidence = Evidence | SimpleEvidence

/** Which transitions people are told of, and as what. */
const TOLD: Readonly<Partial<Record<Transition, NoticeKind>>> = {
  fired: 'trigger',
  reopened: 'trigger',
  resolved: 'resolve',
}

/** What evaluating needs of a store; a replay keeps its episodes in memory. */
export type AlertLog = Pick<AlertStore, 'openEpisodes' | 'heldConditions' | 'nextEpisodeNumber' | 'commitAlerts'>

export function createDraft(store: Pick<AlertLog, 'nextEpisodeNumber'>, rules: TellingRules, now: number): Draft {
  const episodes: EpisodeRecord[] = []
  const timeline: TimelineEntry[] = []
  const outbox: OutboxRow[] = []
  const held: HeldCondition[] = []
  let number = store.nextEpisodeNumber()
  const owe = (facts: AlertFacts) => {
    if (rules.isToldElsewhere?.(facts.rule) === true) return
    const verdicts = askGates(facts.level, { ...rules.gates, timeZone: facts.timeZone, now })
    for (const receiver of rules.routes[facts.level]) {
      outbox.push({
        id: rules.newId(),
        topic: facts.episode,
        receiver,
        kind: facts.kind,
        level: facts.level,
        facts,
        verdicts,
        createdAt: now,
        notBefore: notBefore(verdicts, now),
        state: 'waiting',
        attempts: 0,
        ambiguous: false,
        degraded: false,
      })
    }
  }
  const facts = (id: string, kind: NoticeKind, rule: Rule, episode: Episode, evidence: AnyEvidence) =>
    alertFacts(rule, { kind, episode: id, startedAt: episode.startedAt, at: now }, evidence, rules.letterhead())
  const tell = (id: string, transitions: readonly Transition[]) =>
    timeline.push(...transitions.map((transition) => ({ episode: id, at: now, transition })))
  return {
    episodes,
    timeline,
    outbox,
    held,
    hold: (rule, since) => held.push({ rule, ...(since !== undefined && { since }) }),
    isEmpty: () => episodes.length + held.length === 0,
    begin: (rule, episode, transitions, evidence) => {
      const id = episodeId(number++)
      const told = facts(id, 'trigger', rule, episode, evidence)
      tell(id, transitions)
      owe(told)
      episodes.push({ id, rule: rule.id, level: rule.level, episode, facts: told })
    },
    change: (rule, known, episode, transitions, evidence) => {
      tell(known.id, transitions)
      const kind = transitions.map((transition) => TOLD[transition]).find((each) => each !== undefined)
      if (kind === undefined) return void episodes.push({ ...known, episode })
      const told = facts(known.id, kind, rule, episode, evidence)
      owe(told)
      episodes.push({ ...known, episode, facts: told })
    },
    withdraw: (known) => {
      const facts: AlertFacts = { ...known.facts, kind: 'withdraw', at: now }
      timeline.push({ episode: known.id, at: now, transition: 'withdrawn' })
      // What is resolved has been told already; only its watch over a return ends.
      if (known.episode.state !== 'resolved') owe(facts)
      episodes.push({ ...known, facts, episode: withdrawEpisode(known.episode, now) })
    },
  }
}
