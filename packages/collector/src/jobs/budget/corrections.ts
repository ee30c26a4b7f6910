import {
  type Correction,
  type CorrectionRequest,
  correctionKey,
  decideCorrection,
  decideWithdrawal,
  isFor,
  summarizeCorrection,
  unknownCorrection,
} from '@tabiji/core/budget'
import { DAY, isoIn } from '@tabiji/core/time'
import type { CorrectionStore } from '../../ports/correction-store.ts'
import type { CorrectionDetails, Corrections } from '../../ports/corrections.ts'
import type { Result } from '../../ports/work.ts'
import { type Judge, rawSpendingNow, spendingNow } from './budgets.ts'
import { type Exclusions, widestSlot } from './exclusions.ts'

type Desk = {
  readonly store: CorrectionStore
  readonly exclusions: Exclusions
  /** The file in force and its books; a reload may change it between two commands. */
  readonly judge: () => Judge
  /** Milliseconds. */
  readonly now: () => number
}

/** Decides commands on corrections, keeps what was decided, and has the sums of what is excluded follow. */
export function createCorrections(desk: Desk): Corrections {
  const { store, exclusions, judge, now } = desk
  return {
    add: (request, by) => add(desk, request, by),
    preview: (request, by) => preview(desk, request, by),
    withdraw: (key, reason, by) => {
      const all = store.all()
      const decision = decideWithdrawal(find(all, key), reason, {
        now: now(),
        ...(by !== undefined && { by }),
        key,
        keys: keysOf(all),
        zone: judge().definition.timeZone,
      })
      if (!decision.ok) return decision
      for (const withdrawal of decision.events) store.withdraw(key, withdrawal)
      exclusions.changed()
      return read(desk, key)
    },
    list: (state) =>
      store
        .all()
        .map((correction) => summaryOf(desk, correction))
        .filter((summary) => state === 'all' || summary.state === state)
        .reverse(),
    correction: (key) => read(desk, key),
  }
}

function decideBy({ judge, now }: Desk, request: CorrectionRequest, by: string | undefined) {
  const { definition, evaluator } = judge()
  return decideCorrection(request, {
    now: now(),
    ...(by !== undefined && { by }),
    zone: definition.timeZone,
    journeys: definition.journeys.map(({ name }) => name),
    objectives: evaluator.objectives.map(({ id }) => id),
  })
}

/** Decides the same and works out the same, with the correction in memory beside those in the store. */
function preview(desk: Desk, request: CorrectionRequest, by: string | undefined): Result<CorrectionDetails> {
  const { store, judge } = desk
  const decision = decideBy(desk, request, by)
  if (!decision.ok) return decision
  const all = store.all()
  const added = decision.events.map((event) => ({ ...event, key: correctionKey(all.length + 1) }))
  const known = () => [...all, ...added]
  const exclusions = desk.exclusions.tried(known)
  const tried = { ...desk, exclusions, judge: () => ({ ...judge(), exclusions }), store: { ...store, all: known } }
  const details = read(tried, correctionKey(all.length + 1))
  if (!details.ok) return details
  const before = new Map(judge().evaluator.objectives.map((compiled) => [compiled.id, compiled]))
  const objectives = details.value.objectives.map((objective) => {
    const compiled = before.get(objective.id)
    return compiled === undefined ? objective : { ...objective, before: adjustedNow(judge(), compiled, desk.now()) }
  })
  return { ok: true, value: { ...details.value, preview: true, objectives } }
}

function add(desk: Desk, request: CorrectionRequest, by: string | undefined): Result<CorrectionDetails> {
  const { store, exclusions } = desk
  const decision = decideBy(desk, request, by)
  if (!decision.ok) return decision
  const [added] = decision.events.map(store.add)
  if (added === undefined) throw new Error('Expected a decision to add something, got no event')
  exclusions.changed()
  return read(desk, added.key)
}

/** How many stretches are shown; older ones of a recurring correction follow from its rule. */
const SHOWN = 20

/** How far ahead the next stretch of a recurring correction is looked for. */
const AHEAD = 400 * DAY

function read(desk: Desk, key: string): Result<CorrectionDetails> {
  const { store, exclusions, judge, now } = desk
  const all = store.all()
  const correction = find(all, key)
  if (correction === undefined) return { ok: false, problems: [unknownCorrection(key, keysOf(all))] }
  const judging = judge()
  const { evaluator, definition } = judging
  const zone = definition.timeZone
  const { stretches, sums } = exclusions.inside(evaluator, correction, { from: 0, to: now() + AHEAD })
  const coming = stretches.findIndex(({ from }) => from > now())
  const shown = coming < 0 ? stretches : stretches.slice(0, coming + 1)
  const objectives = evaluator.objectives
    .filter(({ id }) => isFor(correction, id))
    .map((compiled) => ({
      id: compiled.id,
      inside: sums.get(compiled.id) ?? { bad: 0, valid: 0 },
      raw: rawSpendingNow(judging, compiled, now()),
      adjusted: adjustedNow(judging, compiled, now()),
    }))
  return {
    ok: true,
    value: {
      correction: summaryOf(desk, correction),
      stretches: shown.slice(-SHOWN).map(({ from, to }) => ({ from: isoIn(from, zone), to: isoIn(to, zone) })),
      objectives,
    },
  }
}

function adjustedNow(judge: Judge, compiled: Parameters<typeof spendingNow>[1], now: number) {
  const { raw: _, ...adjusted } = spendingNow(judge, compiled, now)
  return adjusted
}

function summaryOf({ judge }: Desk, correction: Correction) {
  const { ledger, definition } = judge()
  return summarizeCorrection(correction, widestSlot(ledger.grid), definition.timeZone)
}

const find = (all: readonly Correction[], key: string) => all.find((one) => one.key === key)
const keysOf = (all: readonly Correction[]) => all.map(({ key }) => key)
