import { drillKey, isOpen, longestRecovery, shadowDefinition } from '@tabiji/core/alert'
import type { Definition } from '@tabiji/core/journey'
import { type Problem, refusal } from '@tabiji/core/problem'
import { formatDuration } from '@tabiji/core/time'
import type { AlertStore, TimelineEntry } from '../../ports/alert-store.ts'
import type { DrillEnding, DrillRecord, DrillStore } from '../../ports/drill-store.ts'
import type { DrillRequest, Drills } from '../../ports/drills.ts'
import type { Result } from '../../ports/work.ts'
import type { TellingRules } from '../alert/alert-draft.ts'
import type { EpisodeBook } from '../alert/episode-book.ts'
import { createEvaluation, type Evaluation } from '../alert/evaluate.ts'
import { createJudge } from '../budget/budgets.ts'
import type { LedgerRules } from '../ledger/ledger.ts'
import { type PlanSources, planDrill } from './drill-plan.ts'
import { rehearse } from './drill-rehearsal.ts'
import { type OpenShadowBooks, openShadow, type Shadow } from './drill-shadow.ts'
import { tellDrill } from './drill-times.ts'

type Parts = {
  readonly store: DrillStore
  readonly alerts: AlertStore
  /** The open episodes, which people may take while a drill is on. */
  readonly book: EpisodeBook
  readonly sources: PlanSources
  /** How the real evaluation tells; a drill goes the same way and says that it is one. */
  readonly telling: TellingRules
  readonly rules: LedgerRules
  readonly open: OpenShadowBooks
  readonly now: () => number
}

/** Drills at work: each has books and an evaluation of its own, and shares the alerts, the gates and the outbox. */
export type DrillTurns = Drills & {
  /** Advances every drill that is on. @returns the transitions that happened; they are on disk */
  tick(now: number): readonly TimelineEntry[]
  /** Gives the books of drills free. */
  close(): void
}

type Active = { readonly record: DrillRecord; readonly shadow: Shadow; readonly evaluation: Evaluation }

export function createDrills(parts: Parts): DrillTurns {
  const { store, sources, now } = parts
  const active = new Map<string, Active>()
  // A drill goes on after a restart where it would be by then: its books follow from its plan.
  for (const record of store.list()) {
    if (record.ended === undefined) active.set(record.key, begin(record, parts))
  }
  const zone = () => sources.definition().timeZone
  const told = (record: DrillRecord) => tellDrill(record, store.episodesOf(record.key), parts.alerts, zone())
  const end = (key: string, how: DrillEnding, by?: string): readonly TimelineEntry[] => {
    const drill = active.get(key)
    if (drill === undefined) return []
    const lines = withdrawAll(drill, now())
    store.end(key, { at: now(), how, ...(by !== undefined && { by }) })
    drill.shadow.close()
    active.delete(key)
    return lines
  }
  const find = (key: string): Result<DrillRecord> => {
    const record = store.list().find((each) => each.key === key.toUpperCase())
    if (record !== undefined) return { ok: true, value: record }
    return { ok: false, problems: [refusal('DRILL_UNKNOWN', `There is no drill ${key}`, 'tabiji drill list')] }
  }
  return {
    start: (request, by) => {
      const ready = prepare(request, [...active.values()], parts)
      if (!ready.ok) return ready
      const { ringsAfterMs, ...planned } = ready.value
      const key = drillKey(store.nextNumber())
      const record = { key, ...planned, level: request.level, startedAt: now(), ...(by !== undefined && { by }) }
      store.save(record)
      active.set(key, begin(record, parts))
      return { ok: true, value: { ...told(record), ringsAfterMs } }
    },
    stop: (key, by) => {
      const found = find(key)
      if (!found.ok) return found
      if (found.value.ended !== undefined) {
        return { ok: false, problems: [refusal('DRILL_ENDED', `${found.value.key} is over already`)] }
      }
      end(found.value.key, 'stopped', by)
      const ended = find(key)
      return ended.ok ? { ok: true, value: told(ended.value) } : ended
    },
    list: () => store.list().map(told),
    drill: (key) => {
      const found = find(key)
      return found.ok ? { ok: true, value: told(found.value) } : found
    },
    tick: (at) =>
      [...active.entries()].flatMap(([key, drill]) => {
        drill.shadow.advance(at)
        const lines = drill.evaluation.tick(drill.shadow.judge, at)
        const since = at - drill.record.startedAt - drill.record.plan.lengthMs
        if (since < 0) return lines
        const rings = [...parts.book.of(key).open.values()].some(({ episode }) => isOpen(episode))
        if (!rings) return [...lines, ...end(key, 'over')]
        return since < longestRecovery(drill.shadow.judge.definition) ? lines : [...lines, ...end(key, 'timed_out')]
      }),
    close: () => {
      for (const { shadow } of active.values()) shadow.close()
      active.clear()
    },
  }
}

/** Plans a drill and goes through it in no time, so that only one that will ring is begun. */
function prepare(request: DrillRequest, active: readonly Active[], { sources, rules, open, now }: Parts) {
  const planned = planDrill(request, sources)
  if (!planned.ok) return planned
  const { journey, what, plan } = planned.value
  const busy = active.find(({ record }) => record.plan.journey === journey.name)
  const refused = (problem: Problem) => ({ ok: false as const, problems: [problem] })
  if (busy !== undefined) {
    const { key } = busy.record
    return refused(refusal('DRILL_BUSY', `${journey.name} is in the drill ${key} already`, `tabiji drill stop ${key}`))
  }
  const shadow = shadowDefinition(sources.definition(), journey, request.level)
  if (shadow.journeys[0]?.objectives.length === 0) {
    const message = `No objective of ${journey.name} rings at level ${request.level}`
    return refused(refusal('DRILL_NO_RULE', message, 'practise another level, or another journey', ['level']))
  }
  const ringsAfterMs = rehearse(plan, now(), shadow, rules, open)
  if (ringsAfterMs === undefined) {
    const message = `Nothing would ring within ${formatDuration(plan.lengthMs)}: ${what}`
    const hint = 'take a larger share, more events per minute, or a longer trouble'
    return refused(refusal('DRILL_SILENT', message, hint))
  }
  return { ok: true as const, value: { what, plan, ringsAfterMs } }
}

function begin(record: DrillRecord, { sources, telling, alerts, book, rules, open }: Parts): Active {
  const file = shadowOf(record, sources.definition())
  const shadow = openShadow(record.plan, record.startedAt, file, rules, open)
  const { isToldElsewhere: _, ...own } = telling
  const letterhead = () => ({ ...telling.letterhead(), drill: record.key })
  return {
    record,
    shadow,
    evaluation: createEvaluation(withoutHeld(alerts), { ...own, ...shadow, letterhead }, book.of(record.key)),
  }
}

/** A journey that is gone from the file since has nothing to be judged by: the drill ends as withdrawn. */
function shadowOf({ plan, level }: DrillRecord, definition: Definition): Definition {
  const journey = definition.journeys.find(({ name }) => name === plan.journey)
  return journey === undefined ? { ...definition, journeys: [] } : shadowDefinition(definition, journey, level)
}

/** What must last before it rings belongs to the real rules. */
function withoutHeld(alerts: AlertStore): AlertStore {
  return { ...alerts, heldConditions: () => new Map() }
}

/** Evaluates with no rule at all: whatever is still open ends, and whoever was told is told so. */
function withdrawAll({ shadow, evaluation }: Active, now: number): readonly TimelineEntry[] {
  const { definition, ledger } = shadow.judge
  return evaluation.tick(createJudge({ ...definition, journeys: [] }, ledger, []), now)
}
