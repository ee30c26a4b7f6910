import { type JourneyMonth, type ObjectiveMonth, worstMember } from '@tabiji/core/report'
import type { Context } from './context.ts'
import { objectiveText } from './objective.ts'

/** Of each composite, the member that it stands as; the figures of that one are in its own row. */
export function compositeSentences(context: Context, { composites = [] }: JourneyMonth): readonly string[] {
  const { words, figures, facts } = context
  const members = facts.journeys.flatMap(({ name, objectives }) =>
    objectives.map((objective) => ({ ...memberOf(name, objective), objective })),
  )
  return composites.flatMap((composite) => {
    const worst = worstMember(members.filter(({ id }) => composite.members.includes(id)))
    if (worst === undefined) return []
    const { verdict } = objectiveText(context, worst.objective)
    const state = words.also(words.states[worst.state], verdict)
    return [words.journeys.composite(composite.name, worst.id, state, figures.count(composite.members.length))]
  })
}

function memberOf(journey: string, { name, state, leftPpm }: ObjectiveMonth) {
  return { id: `${journey}/${name}`, state, ...(leftPpm !== undefined && { leftPpm }) }
}
