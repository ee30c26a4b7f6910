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
  const known = new Map<string, { readonly steps: readonly StepDurations[]; readonly at: number }>()
  return {
    read: ({ source, result }) => {
      if (!result.ok || result.durations === undefined || result.durations.length === 0) return
      const { id, startedAt } = result.reading.speaker
      const before = known.get(id)
      const isNew = before === undefined && startedAt !== undefined && startedAt > since
      const day = Math.floor(now() / 1000 / DAY_SECONDS) * DAY_SECONDS
      const lastOf = finderIn(before?.steps ?? [])
      const counts = result.durations.flatMap((told, i): readonly DurationCount[] => {
        const last = lastOf(told, i)
        if (last === undefined && before === undefined && !isNew) return []
        const { journey, step, edges } = told
        const common = { day, journey, step, service: source.service }
        return durationsAdded(told, last).flatMap((events, bucket) =>
          events === 0 ? [] : [{ ...common, edge: edges[bucket] as number, events }],
        )
      })
      if (counts.length > 0) store.add(counts, day - KEPT_DAYS * DAY_SECONDS)
      known.set(id, { steps: result.durations, at: now() })
      for (const [process, { at }] of known) if (at < now() - DAY_SECONDS * 1000) known.delete(process)
    },
  }
}

/** Finds a step among those told before: nearly always it stands in the same place, so that nothing is laid out for it. */
function finderIn(steps: readonly StepDurations[]): (step: StepDurations, place: number) => StepDurations | undefined {
  let byName: ReadonlyMap<string, StepDurations> | undefined
  return (step, place) => {
    const there = steps[place]
    if (there?.journey === step.journey && there.step === step.step) return there
    byName ??= new Map(steps.map((each) => [nameOf(each), each]))
    return byName.get(nameOf(step))
  }
}

const nameOf = ({ journey, step }: StepDurations) => `${journey}/${step}`
