import { durationsAdded, type StepDurations } from '@tabiji/core/ledger'
import type { DurationCount, DurationStore } from '../../ports/duration-store.ts'
import type { ReadOutcome } from './read.ts'

const DAY_SECONDS = 86_400

/** Longer than any window that advice looks at. */
const KEPT_DAYS = 400

/** Sums of how long events took, beside the books. */
export type Durations = {
  /** Adds what a reading told, when it told of durations. Throws when the store refuses; the next reading tells it again. */
  read(outcome: Pick<ReadOutcome, 'source' | 'result'>): void
}

/**
 * Adds up what histograms grew. Where each process stood is in memory only: after a restart of the daemon a process that was
 * there before gives a baseline, so what it did in between is in no histogram. The books have it; advice says what it is made of.
 *
 * @param since milliseconds; a process that began later is taken whole
 */
export function createDurations(store: DurationStore, now: () => number, since: number): Durations {
  const known = new Map<string, { readonly steps: ReadonlyMap<string, StepDurations>; readonly at: number }>()
  return {
    read: ({ source, result }) => {
      if (!result.ok || result.durations === undefined || result.durations.length === 0) return
      const { id, startedAt } = result.reading.speaker
      const before = known.get(id)
      const isNew = before === undefined && startedAt !== undefined && startedAt > since
      const day = Math.floor(now() / 1000 / DAY_SECONDS) * DAY_SECONDS
      const counts = result.durations.flatMap((told): readonly DurationCount[] => {
        const last = before?.steps.get(nameOf(told))
        if (last === undefined && before === undefined && !isNew) return []
        const { journey, step, edges } = told
        const common = { day, journey, step, service: source.service }
        return durationsAdded(told, last).flatMap((events, i) =>
          events === 0 ? [] : [{ ...common, edge: edges[i] as number, events }],
        )
      })
      if (counts.length > 0) store.add(counts, day - KEPT_DAYS * DAY_SECONDS)
      known.set(id, { steps: new Map(result.durations.map((told) => [nameOf(told), told])), at: now() })
      for (const [process, { at }] of known) if (at < now() - DAY_SECONDS * 1000) known.delete(process)
    },
  }
}

const nameOf = ({ journey, step }: StepDurations) => `${journey}/${step}`
