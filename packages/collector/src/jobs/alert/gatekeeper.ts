import {
  type AlertFacts,
  activeAt,
  askGates,
  askGrouping,
  askRateBudget,
  type Inhibition,
  isAboutAlert,
  isBudgeted,
  isDeferred,
  isEnd,
  isGrouped,
  isOpen,
  type Maintenance,
  type RateBudget,
  type Standing,
  standingOf,
  type Verdict,
} from '@tabiji/core/alert'
import type { AlertStore, EpisodeRecord, OutboxRow } from '../../ports/alert-store.ts'
import type { Decision, GatedStore } from '../../ports/gated-store.ts'
import type { SilenceDesk } from './silences.ts'

type Parts = {
  readonly store: GatedStore & Pick<AlertStore, 'openEpisodes'>
  readonly silences: Pick<SilenceDesk, 'active' | 'endIdle'>
  readonly maintenance: () => readonly Maintenance[]
  readonly inhibitions: readonly Inhibition[]
  /** End of the time after start in which targets are still being read for the first time. */
  readonly graceUntil: number
  /** When the owner of a journey is at work. */
  readonly deskOf: Standing['deskOf']
  /** Whether a receiver is a chat, where notices of one trouble are told together. */
  readonly groups: (receiver: string) => boolean
  /** How many messages a receiver takes at most; absent: as many as there are. */
  readonly budgetOf: (receiver: string) => RateBudget | undefined
  /** Whether anybody is told of alerts such as this one. */
  readonly isTold: (facts: AlertFacts) => boolean
}

/** Stands between what rings and who is told: everything about an alert is owed only once all gates let it go. */
export type Gatekeeper = {
  /**
   * Asks the gates about everything that they hold back, as things stand now, and writes what has changed. What is let go is
   * owed from then on, and never called back. Twice at the same time changes nothing the second time.
   *
   * @returns whether anything was let go
   */
  look(now: number): boolean
  /** When to look again though nothing happens, milliseconds; absent when only an event can change anything. */
  nextLookAt(): number | undefined
  /** Says that something has changed that gates ask about: the next look is due at once. */
  changed(): void
}

export function createGatekeeper(parts: Parts): Gatekeeper {
  const { store, silences } = parts
  let next: number | undefined = 0
  return {
    look: (now) => {
      const episodes = store.openEpisodes()
      const open = episodes.filter(({ episode }) => isOpen(episode)).map(({ facts }) => facts)
      silences.endIdle(open, now)
      const rows = store.gated()
      const standing = rows.length === 0 ? undefined : standingAt(open, parts, now)
      const known = new Map(episodes.map((record) => [record.id, record]))
      const since = groupsOf(rows, parts.groups)
      const asked =
        standing === undefined
          ? []
          : rows.map((row) => decide(row, known.get(row.topic), standing, since.get(groupOf(row, parts.groups))))
      const decisions = withinBudgets(rows, asked, parts, now)
      const news = decisions.filter((each, i) => isNews(each, rows[i]))
      if (news.length > 0) store.decide(news)
      const waits = decisions.flatMap(({ outcome, verdicts }) => (outcome === 'held' ? untilsOf(verdicts) : []))
      next = waits.length === 0 ? undefined : Math.min(...waits)
      return news.some(({ outcome }) => outcome === 'let_go')
    },
    nextLookAt: () => next,
    changed: () => {
      next = 0
    },
  }
}

function standingAt(open: readonly AlertFacts[], parts: Parts, now: number): Standing {
  const { silences, maintenance, inhibitions, graceUntil, deskOf, isTold } = parts
  return standingOf({
    now,
    graceUntil,
    inhibitions,
    deskOf,
    open: open.filter(isTold),
    silences: silences.active(now),
    maintenance: activeAt(maintenance(), now),
  })
}

/** What is told together: of one journey, to one chat; nothing for what is told by itself. */
function groupOf({ facts, receiver }: OutboxRow, groups: Parts['groups']): string {
  return isGrouped(facts) && groups(receiver) ? `${receiver} ${facts.journey.name}` : ''
}

/** When the first of each group was owed that still waits, milliseconds. */
function groupsOf(rows: readonly OutboxRow[], groups: Parts['groups']): ReadonlyMap<string, number> {
  const first = new Map<string, number>()
  for (const row of rows) {
    const group = groupOf(row, groups)
    if (group !== '') first.set(group, Math.min(first.get(group) ?? row.createdAt, row.createdAt))
  }
  return first
}

/** @param since when the first of its group was owed; absent when it is told by itself */
function decide(
  row: OutboxRow,
  episode: EpisodeRecord | undefined,
  standing: Standing,
  since: number | undefined,
): Decision {
  const said = { outbox: row.id, at: standing.now }
  if (!isAboutAlert(row.facts)) return { ...said, outcome: 'let_go', verdicts: row.verdicts }
  const reason = isEnd(row.kind) ? undefined : staleness(row, episode)
  if (reason !== undefined) return { ...said, outcome: 'dropped', verdicts: row.verdicts, reason }
  const verdicts = [...askGates(row.facts, standing), askGrouping(since, standing.now)]
  // A digest has its hour itself.
  const asked = waitsForDigest(row.facts) ? verdicts.filter(({ gate }) => gate !== 'hours') : verdicts
  return { ...said, outcome: isDeferred(asked) ? 'held' : 'let_go', verdicts }
}

/** What all other gates let go is asked for last by the budget of its receiver. */
function withinBudgets(
  rows: readonly OutboxRow[],
  asked: readonly Decision[],
  { store, groups, budgetOf }: Parts,
  now: number,
): readonly Decision[] {
  const ready = rows.filter(({ facts }, i) => asked[i]?.outcome === 'let_go' && isBudgeted(facts))
  const verdicts = new Map<string, Verdict>()
  for (const receiver of new Set(ready.map((row) => row.receiver))) {
    const budget = budgetOf(receiver)
    if (budget === undefined) continue
    const waiting = ready
      .filter((row) => row.receiver === receiver)
      .map(({ id, facts }) => ({ id, journey: ofJourney(facts), alone: !isGrouped(facts) }))
    const told = store.letGo(receiver, now - budget.perMs)
    for (const [id, verdict] of askRateBudget(waiting, told, budget, groups(receiver), now)) verdicts.set(id, verdict)
  }
  return asked.map((decision) => {
    const verdict = verdicts.get(decision.outbox)
    if (verdict === undefined) return decision
    const outcome = verdict.verdict === 'pass' ? decision.outcome : 'held'
    return { ...decision, outcome, verdicts: [...decision.verdicts, verdict] }
  })
}

function ofJourney(facts: OutboxRow['facts']): string {
  return isAboutAlert(facts) ? facts.journey.name : ''
}

/** Level 2 is told together; practice and what asks for an answer are told by themselves. */
function waitsForDigest({ level, kind, drill }: AlertFacts): boolean {
  return level === 2 && kind !== 'reminder' && drill === undefined
}

/** Why a beginning is not worth telling any more, if so. Its end, when one was owed, has gone with it. */
function staleness({ level }: OutboxRow, episode: EpisodeRecord | undefined): string | undefined {
  if (episode === undefined || !isOpen(episode.episode)) return 'it was over before the gates let it go'
  return episode.level < level ? `it has become a level ${episode.level}, which is told instead` : undefined
}

function isNews({ outcome, verdicts }: Decision, row: OutboxRow | undefined): boolean {
  return outcome !== 'held' || JSON.stringify(verdicts) !== JSON.stringify(row?.verdicts)
}

function untilsOf(verdicts: readonly Verdict[]): readonly number[] {
  return verdicts.flatMap((each) => (each.verdict === 'defer' && each.until !== undefined ? [each.until] : []))
}
