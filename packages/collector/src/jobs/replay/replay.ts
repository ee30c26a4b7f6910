import { type Correction, calendarRange, keepOf, policyOf } from '@tabiji/core/budget'
import type { Definition, Objective, Policy, SimpleAlert } from '@tabiji/core/journey'
import type { Grid } from '@tabiji/core/ledger'
import { TELLING_NOBODY } from '../alert/alert-draft.ts'
import { createEvaluation } from '../alert/evaluate.ts'
import { createJudge, type Judge } from '../budget/budgets.ts'
import { createExclusions, NO_EXCLUSIONS } from '../budget/exclusions.ts'
import type { Patience } from '../budget/freshness.ts'
import { createSlices } from '../budget/slices.ts'
import { createReplayLedger, type ReplayLedger, type ReplaySource } from './replay-ledger.ts'
import { createReplayLog, type ReplayedEpisode } from './replay-log.ts'
import type { BookedEvents, Knowledge } from './replay-rows.ts'

/** The past that is judged again. */
export type ReplayDesk = {
  readonly source: ReplaySource
  /** All of them, withdrawn ones among them. */
  readonly corrections: readonly Correction[]
  readonly grid: Grid
  readonly patience: Patience
  /** Seconds: entries of slots before it were let go. */
  readonly keptFrom: number
  readonly sample: boolean
}

/** Milliseconds. Judged is at each multiple of `everyMs` in [from, to]. */
export type ReplayQuery = {
  readonly from: number
  readonly to: number
  readonly everyMs: number
  readonly knowledge: Knowledge
}

/** A stretch in which pairs or simple rules could not be judged, because their windows are narrower than its slots. Milliseconds. */
type Coarse = {
  readonly from: number
  readonly to: number
  readonly slotMs: number
  /** Short windows that were left out; none when all could be judged. */
  readonly leftOut: readonly number[]
}

export type Replayed = {
  readonly ticks: number
  readonly firstTick: number
  readonly episodes: readonly ReplayedEpisode[]
  /** Events of the stretch, of all that services did themselves. */
  readonly booked: BookedEvents
  /** Stretches in which slots are wider than they were booked, ascending. */
  readonly coarse: readonly Coarse[]
}

/**
 * Judges the stored past by a file, as if that had been in force all the time: the daemon's own evaluation on a ledger that
 * walks through the log. Nothing is told to anybody.
 */
export function replay(definition: Definition, desk: ReplayDesk, query: ReplayQuery): Replayed {
  const first = Math.ceil(query.from / query.everyMs) * query.everyMs
  const ledger = createReplayLedger(desk.source, {
    grid: desk.grid,
    knowledge: query.knowledge,
    countFrom: Math.floor(query.from / 1000),
    from: Math.max(desk.keptFrom, earliestEdge(definition, desk.grid, first)),
  })
  const state = { now: first }
  const exclusions = exclusionsOf(ledger, desk.corrections, query, state)
  const slices = createSlices(ledger, ledger.rows)
  const judges = createJudges((file) => createJudge(file, ledger, [], exclusions.sums, slices), definition)
  const log = createReplayLog()
  const evaluation = createEvaluation(log, rulesOf(definition, desk))
  const coarse: Coarse[] = []
  let ticks = 0
  for (let now = first; now <= query.to; now += query.everyMs) {
    state.now = now
    ledger.advance(now)
    exclusions.look(now)
    const slotMs = ledger.widenedAt(Math.floor(now / 1000)) * 1000
    const { judge, leftOut } = judges(slotMs)
    noteCoarse(coarse, { from: now, to: now + query.everyMs, slotMs, leftOut })
    evaluation.tick(judge, now)
    ticks++
  }
  return { ticks, firstTick: first, episodes: log.episodes(), coarse, booked: ledger.booked() }
}

/** Nobody is told, so nothing is routed and no gate is asked twice. */
function rulesOf(definition: Definition, { patience, sample }: ReplayDesk) {
  return {
    patience,
    ...TELLING_NOBODY,
    letterhead: () => ({ instance: 'replay', timeZone: definition.timeZone, sample }),
    newId: () => '',
  }
}

/** Seconds: where the longest window of the first tick begins, in whole slots of the widest kind. */
function earliestEdge({ journeys, timeZone }: Definition, grid: Grid, first: number): number {
  const widest = Math.max(...grid.map(({ width }) => width))
  const begins = journeys.flatMap(({ objectives, alerts = [] }) => [
    ...alerts.flatMap(({ condition }) => (condition.kind === 'absent' ? [] : [first - condition.windowMs])),
    ...objectives.flatMap((objective) => {
      const { window } = objective
      const budget = window.kind === 'rolling' ? first - window.ms : calendarRange(window, first, timeZone).from
      return [budget, ...policyOf(objective).pairs.map(({ longMs }) => first - longMs)]
    }),
  ])
  return (Math.floor(Math.min(first, ...begins) / 1000 / widest) - 1) * widest
}

/** Corrections as they are known at the replay's present. */
function exclusionsOf(
  ledger: ReplayLedger,
  all: readonly Correction[],
  { knowledge }: ReplayQuery,
  state: { readonly now: number },
) {
  const present = all.filter(({ withdrawn }) => withdrawn === undefined)
  if (knowledge === 'now') {
    const sums = present.length === 0 ? NO_EXCLUSIONS : createExclusions(ledger, ledger.rows, () => present)
    return { sums, look: () => undefined }
  }
  if (all.length === 0) return { sums: NO_EXCLUSIONS, look: () => undefined }
  const changes = all.flatMap(({ createdAt, withdrawn }) => [createdAt, ...(withdrawn ? [withdrawn.at] : [])])
  const waiting = changes.sort((a, b) => a - b)
  const sums = createExclusions(ledger, ledger.rows, () =>
    all.flatMap((correction) => {
      const { withdrawn, ...active } = correction
      if (correction.createdAt > state.now) return []
      return withdrawn !== undefined && withdrawn.at > state.now ? [active] : [correction]
    }),
  )
  return {
    sums,
    look: (now: number) => {
      const next = waiting.findIndex((at) => at > now)
      if (waiting.splice(0, next === -1 ? waiting.length : next).length > 0) sums.changed()
    },
  }
}

type Judging = { readonly judge: Judge; readonly leftOut: readonly number[] }

/** The judge for slots of a width: without the pairs and simple rules whose (short) window is narrower than one. */
function createJudges(judgeBy: (file: Definition) => Judge, definition: Definition): (slotMs: number) => Judging {
  const shorts = definition.journeys.flatMap(({ objectives, alerts = [] }) => [
    ...objectives.flatMap((objective) => policyOf(objective).pairs.map(({ shortMs }) => shortMs)),
    ...alerts.flatMap(({ condition }) => (condition.kind === 'absent' ? [] : [condition.windowMs])),
  ])
  const known = new Map<string, Judging>()
  return (slotMs) => {
    const leftOut = [...new Set(shorts.filter((shortMs) => shortMs < slotMs))].sort((a, b) => a - b)
    const key = leftOut.join(' ')
    const judging = known.get(key) ?? {
      judge: judgeBy(leftOut.length === 0 ? definition : withoutPairs(definition, slotMs)),
      leftOut,
    }
    known.set(key, judging)
    return judging
  }
}

/** Objectives that shared a policy share the shortened one. */
function withoutPairs(definition: Definition, slotMs: number): Definition {
  const policies = new Map<Policy, Policy>()
  const shortened = (objective: Objective): Objective => {
    const policy = policyOf(objective)
    const pairs = policy.pairs.filter(({ shortMs }) => shortMs >= slotMs)
    const made = policies.get(policy) ?? { ...policy, pairs, keepMs: keepOf(policy) }
    policies.set(policy, made)
    return { ...objective, policy: made }
  }
  const isWideEnough = ({ condition }: SimpleAlert) => condition.kind === 'absent' || condition.windowMs >= slotMs
  const journeys = definition.journeys.map((journey) => ({
    ...journey,
    objectives: journey.objectives.map(shortened),
    alerts: (journey.alerts ?? []).filter(isWideEnough),
  }))
  return { ...definition, journeys }
}

function noteCoarse(coarse: Coarse[], next: Coarse): void {
  if (next.slotMs === 0) return
  const last = coarse.at(-1)
  if (last !== undefined && last.to === next.from && last.slotMs === next.slotMs) {
    coarse[coarse.length - 1] = { ...last, to: next.to }
  } else coarse.push(next)
}
