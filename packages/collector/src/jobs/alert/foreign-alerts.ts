import {
  type AlertFacts,
  type ForeignClaim,
  foreignRuleId,
  foreignSignal,
  laterClaim,
  type Rule,
  type Signal,
} from '@tabiji/core/alert'
import type { Journey } from '@tabiji/core/journey'
import type { EpisodeRecord } from '../../ports/alert-store.ts'
import type { DeliveredClaim, ForeignStore, Taken } from '../../ports/foreign-alerts.ts'
import { type Judge, spendingNow } from '../budget/budgets.ts'
import { type ForeignMapping, mapForeign } from './foreign-mapping.ts'

/** What an alert of somebody else says, with what a message may tell of it. */
type ForeignVerdict = { readonly rule: Rule; readonly signal: Signal; readonly evidence: ForeignEvidence }

export type ForeignEvidence = {
  readonly claim: ForeignClaim
  readonly journey: Journey
  /** How the objective stands that it is about; asked only when somebody is told. */
  readonly promise: () => Pick<AlertFacts, 'objective' | 'budget'>
}

export type ForeignBook = {
  /** @throws RangeError when there would be too many to be looked after */
  take(alerts: readonly DeliveredClaim[], judge: Judge, now: number): Taken
  /** What each of them says now; what is long over and has no episode is let go of. */
  verdicts(judge: Judge, now: number, open: ReadonlyMap<string, EpisodeRecord>): readonly ForeignVerdict[]
  /** Whether the rule is one of them, of a journey that the file still has. */
  knows(rule: string, judge: Judge): boolean
}

/** More than this many alerts at once are a storm that somebody else must group. */
const MOST = 10_000

/** What is over is remembered for so long, so that a late telling of its beginning does not begin it again. */
const KEPT_MS = 24 * 3_600_000

/** The last word about each alert that somebody else evaluates, in memory beside the store. */
export function openForeignBook(store: ForeignStore, mapping: ForeignMapping): ForeignBook {
  const claims = new Map(store.all().map((claim) => [foreignRuleId(claim), claim]))
  return {
    take: (alerts, { definition }, now) => {
      const mapped = alerts.map((alert) => ({
        fingerprint: alert.fingerprint,
        ...mapForeign(alert, mapping, definition, now),
      }))
      const next = new Map<string, ForeignClaim>()
      for (const each of mapped) {
        if (each.kind !== 'claim') continue
        const rule = foreignRuleId(each.claim)
        const before = next.get(rule) ?? claims.get(rule)
        next.set(rule, before === undefined ? each.claim : laterClaim(before, each.claim))
      }
      const added = [...next.keys()].filter((rule) => !claims.has(rule)).length
      if (claims.size + added > MOST) throw new RangeError(`Expected at most ${MOST} alerts of others at once`)
      store.save([...next.values()])
      for (const [rule, claim] of next) claims.set(rule, claim)
      return {
        taken: mapped.flatMap((each) =>
          each.kind === 'claim' ? [{ fingerprint: each.fingerprint, rule: foreignRuleId(each.claim) }] : [],
        ),
        ignored: mapped.flatMap(({ fingerprint, ...each }) =>
          each.kind === 'own' ? [{ fingerprint, why: each.why }] : [],
        ),
        refused: mapped.flatMap(({ fingerprint, ...each }) =>
          each.kind === 'refused' ? [{ fingerprint, why: each.why }] : [],
        ),
        warnings: mapped.flatMap((each) => (each.kind === 'claim' && each.warning !== undefined ? [each.warning] : [])),
      }
    },
    verdicts: (judge, now, open) => {
      const old = [...claims].filter(
        ([rule, claim]) => !claim.isFiring && now - claim.toldAt > KEPT_MS && !open.has(rule),
      )
      if (old.length > 0) store.forget(old.map(([, claim]) => claim))
      for (const [rule] of old) claims.delete(rule)
      return [...claims].flatMap(([id, claim]) => {
        const journey = judge.definition.journeys.find(({ name }) => name === claim.journey)
        // Of one that is over and has no episode there is nothing to say.
        if (journey === undefined || (!claim.isFiring && !open.has(id))) return []
        const rule: Rule = { id, level: claim.level, kind: 'foreign', keepMs: 0 }
        const evidence = { claim, journey, promise: () => promiseOf(claim, judge, now) }
        return [{ rule, signal: foreignSignal(claim, now, mapping.repeatMs), evidence }]
      })
    },
    knows: (rule, { definition }) => {
      const claim = claims.get(rule)
      return claim !== undefined && definition.journeys.some(({ name }) => name === claim.journey)
    },
  }
}

/** How the objective stands by our own books, where the alert says which one it is about. */
function promiseOf(
  { journey, objective }: ForeignClaim,
  judge: Judge,
  now: number,
): ReturnType<ForeignEvidence['promise']> {
  const compiled = judge.evaluator.objectives.find(
    ({ id }) => objective !== undefined && id === `${journey}/${objective}`,
  )
  if (compiled === undefined) return {}
  const { name, indicator, step, targetPpm, window, estimate, budgeting } = compiled.objective
  const { bad, valid, leftPpm } = spendingNow(judge, compiled, now)
  return {
    objective: {
      name,
      indicator,
      targetPpm,
      window,
      ...(step !== undefined && { step }),
      ...(estimate !== undefined && { estimate }),
      ...(budgeting !== undefined && { budgeting }),
    },
    budget: { bad, valid, leftPpm: leftPpm ?? 0 },
  }
}

/** The part of a message that only an alert of somebody else has. */
export function foreignFacts({
  claim,
  journey,
  promise,
}: ForeignEvidence): Partial<AlertFacts> & Pick<AlertFacts, 'cause'> {
  const { name, summary, description, url, startsAt } = claim
  return {
    cause: { kind: 'foreign', name, ...(summary !== undefined && { summary }), ...(url !== undefined && { url }) },
    ...promise(),
    startedAt: startsAt,
    ...(description !== undefined && { note: description }),
    ...(claim.runbook !== undefined
      ? { runbook: claim.runbook, runbookFrom: 'rule' }
      : journey.runbook !== undefined && { runbook: journey.runbook }),
  }
}
