import { type Episode, judgeMilestone, type Rule, type Signal, stepEpisode } from '@tabiji/core/alert'
import { type CompiledObjective, holdsAt, isCalmAt, judge, policyOf, unitOf } from '@tabiji/core/budget'
import type { EpisodeRecord, TimelineEntry } from '../../ports/alert-store.ts'
import { type AdjustedSpending, type Judge, spendingNow, windowRows } from '../budget/budgets.ts'
import { isFresh, type Patience } from '../budget/freshness.ts'
import { createSimpleRules, type SimpleRules } from '../budget/simple-rules.ts'
import { createSweeper, type Sweeper } from '../budget/sweep.ts'
import { type AlertLog, createDraft, type Draft, type TellingRules } from './alert-draft.ts'
import type { Evidence } from './alert-facts.ts'
import { type EpisodeBook, openEpisodeBook } from './episode-book.ts'
import type { ForeignBook, ForeignEvidence } from './foreign-alerts.ts'
import { passOnLevels } from './level-changes.ts'
import type { SimpleEvidence } from './simple-facts.ts'

export type EvaluationRules = TellingRules & {
  readonly patience: Patience
  /** Alerts that somebody else evaluates; absent: none are taken. */
  readonly foreign?: ForeignBook
}

export type Evaluation = {
  /**
   * Judges every objective and commits what changed, with everything that it owes, in one transaction. Evaluating twice
   * at the same time changes nothing the second time.
   *
   * @returns the transitions that happened; they are on disk.
   */
  tick(judge: Judge, now: number): readonly TimelineEntry[]
}

/**
 * Evaluation at work: remembers which conditions have begun to hold.
 *
 * @param book the open episodes, where somebody else changes them as well
 */
export function createEvaluation(
  store: AlertLog,
  rules: EvaluationRules,
  book: EpisodeBook = openEpisodeBook(store),
): Evaluation {
  const { open } = book
  const held = new Map(store.heldConditions())
  let sweeper: Sweeper | undefined
  let simple: SimpleRules | undefined
  return {
    tick: (judging, now) => {
      if (sweeper?.judge !== judging || simple === undefined) {
        sweeper = createSweeper(judging)
        simple = createSimpleRules(judging)
      }
      const { knows, pick } = sweeper
      const draft = createDraft(store, rules, now)
      const windows = windowRows(judging, now)
      const scratch = new Float64Array(windows.length * 2)
      for (const picked of pick(now, windows, open.keys())) {
        const { compiled } = picked
        const verdict = judge(compiled, judging.ledger.books.total.rows, windows, scratch)
        const spending = spendingNow(judging, compiled, now)
        const evidence = { compiled, ledger: judging.ledger, windows, spending }
        const fresh = isFresh(compiled, judging.ledger, rules.patience, now)
        for (const rule of picked.rules) {
          const signal = signalOf(rule, compiled, verdict, spending, fresh, now)
          stepRule(rule, open.get(rule.id), signal, evidence, draft)
        }
      }
      for (const verdict of simple.verdicts(now, rules.patience, [...open.keys(), ...held.keys()], held)) {
        const { rule } = verdict.compiled
        if (verdict.heldSince !== held.get(rule.id)) draft.hold(rule.id, verdict.heldSince)
        stepRule(rule, open.get(rule.id), verdict.signal, { verdict, ledger: judging.ledger }, draft)
      }
      for (const { rule, signal, evidence } of rules.foreign?.verdicts(judging, now, open) ?? []) {
        stepRule(rule, open.get(rule.id), signal, evidence, draft)
      }
      for (const rule of held.keys()) if (!simple.knows(rule)) draft.hold(rule, undefined)
      for (const record of open.values()) {
        const isKnown =
          knows(record.rule) || simple.knows(record.rule) || rules.foreign?.knows(record.rule, judging) === true
        if (!isKnown) draft.withdraw(record)
      }
      passOnLevels(draft, open, (owner) => rules.receiversOf(1, owner).length > 0, now)
      // Only what is on disk is remembered: after a failed commit the next tick finds the same transitions again.
      if (!draft.isEmpty()) book.commit(draft)
      for (const { rule, since } of draft.held ?? []) since === undefined ? held.delete(rule) : held.set(rule, since)
      return draft.timeline
    },
  }
}

/**
 * What the rule says now. Counts are never more than the truth, so a condition that holds is believed although a part
 * could not be read; that all is well is believed only when everything was read.
 *
 * Corrections move milestones and nothing else: whoever rings because it burns rings by all that was booked. A stretch is
 * often excluded only afterwards, and to be quiet during maintenance is a gate's decision.
 */
function signalOf(
  rule: Rule,
  { objective }: CompiledObjective,
  verdict: number,
  spending: AdjustedSpending,
  fresh: boolean,
  now: number,
): Signal {
  const { holds, calm } =
    rule.percent === undefined
      ? { holds: holdsAt(verdict, rule.level), calm: isCalmAt(verdict, rule.level) }
      : milestone(rule.percent, spending, policyOf(objective).guard.badEvents * unitOf(objective))
  return fresh || holds ? { read: true, holds, calm, now, keepMs: rule.keepMs } : { read: false, now }
}

/** A burn is proven by its long window already; of a budget of which little is known, a few failures say nothing. */
function milestone(percent: number, spending: AdjustedSpending, badEvents: number) {
  const { holds, calm } = judgeMilestone(percent, spending)
  return { holds: holds && spending.bad >= badEvents, calm }
}

function stepRule(
  rule: Rule,
  known: EpisodeRecord | undefined,
  signal: Signal,
  evidence: Evidence | SimpleEvidence | ForeignEvidence,
  draft: Draft,
): void {
  const { episode, transitions } = stepEpisode(known?.episode, signal)
  if (episode === undefined) return
  if (known === undefined) {
    draft.begin(rule, episode, transitions, evidence)
  } else if (transitions.includes('fired')) {
    // The old problem is over for good and a new one begins in the same tick: two episodes.
    const ending = transitions.filter((transition) => transition !== 'fired')
    draft.change(rule, known, { ...known.episode, state: 'closed' }, ending, evidence)
    draft.begin(rule, episode, ['fired'], evidence)
  } else if (transitions.length > 0 || !sameEpisode(known.episode, episode)) {
    draft.change(rule, known, episode, transitions, evidence)
  }
}

function sameEpisode(a: Episode, b: Episode): boolean {
  return a.state === b.state && a.calmSince === b.calmSince && a.unreadSince === b.unreadSince
}
