import { PPM } from '../budget/index.ts'
import { budgetState, worstMember } from '../report/index.ts'
import { objectiveId } from '../slo/index.ts'
import type { Family, Sample } from './family.ts'
import { SERIES } from './names.ts'
import type { Standing, Standings } from './standing.ts'

/**
 * How composites stand: as their worst members, which are always named. Which series there are is known from the file, whoever
 * is the worst: so a change of it is a change of values and not of labels.
 */
export const COMPOSITE_FAMILIES: readonly Family[] = [
  {
    name: SERIES.worst,
    help: '1 for the member that a composite stands as, 0 for its others; journey and objective are the member’s.',
    type: 'gauge',
    *samples(standings) {
      for (const { composite, members, worst } of compositesOf(standings)) {
        for (const member of members) yield { labels: labelsOf(composite, member), value: Number(member === worst) }
      }
    },
  },
  {
    name: SERIES.compositeLeft,
    help: 'Share of the error budget left of the member that a composite stands as; negative when overspent.',
    type: 'gauge',
    *samples(standings) {
      for (const { composite, worst } of compositesOf(standings)) {
        const left = worst.budget.leftPpm
        if (left !== undefined) yield { labels: { composite }, value: left / PPM }
      }
    },
  },
]

type Composed = { readonly composite: string; readonly members: readonly Standing[]; readonly worst: Standing }

/** Every composite that has members which stand somehow; its name is that of its journey and its own. */
function* compositesOf({ objectives }: Standings): Generator<Composed, void, void> {
  const journeys = [...new Set(objectives.map(({ journey }) => journey))]
  // Most files have none, and a scrape of thousands of objectives does no work for it.
  if (journeys.every(({ composites }) => composites === undefined)) return
  const known = new Map(
    objectives.map((standing) => [objectiveId(standing.journey.name, standing.objective), standing]),
  )
  for (const journey of journeys) {
    for (const { name, members: ids } of journey.composites ?? []) {
      const members = ids.flatMap((id) => known.get(id) ?? [])
      const worst = worstMember(members.map(standingMember))
      if (worst !== undefined) yield { composite: `${journey.name}/${name}`, members, worst: worst.standing }
    }
  }
}

function standingMember(standing: Standing) {
  const { budget, journey, objective } = standing
  const { leftPpm } = budget
  const state = budget.valid === 0 ? ('unjudged' as const) : budgetState(budget)
  const id = objectiveId(journey.name, objective)
  return { id, state, standing, ...(leftPpm !== undefined && { leftPpm }) }
}

function labelsOf(composite: string, { journey, objective }: Standing): Sample['labels'] {
  return { composite, journey: journey.name, objective: objective.name }
}
