import { LABEL, OUTCOMES } from '../journey/index.ts'
import type { Family } from './family.ts'
import { SERIES } from './names.ts'
import type { StepStanding } from './standing.ts'

/** What happened at every step, and the time that it is promised in. */
export const STEP_FAMILIES: readonly Family[] = [
  {
    name: SERIES.events,
    help: 'Events of a step in the books of all services, by outcome.',
    type: 'counter',
    *samples({ steps }) {
      for (const standing of steps) {
        for (const [i, outcome] of OUTCOMES.entries()) {
          yield { labels: { ...namesOf(standing), [LABEL.outcome]: outcome }, value: standing.counts[i] ?? 0 }
        }
      }
    },
  },
  {
    name: SERIES.within,
    help: 'Time that is promised for a step.',
    type: 'gauge',
    samples: ({ steps }) => steps.map((each) => ({ labels: namesOf(each), value: each.step.withinMs / 1000 })),
  },
]

function namesOf({ journey, step }: StepStanding) {
  return { [LABEL.journey]: journey, [LABEL.step]: step.name }
}
