import { type JourneyMonth, type ObjectiveMonth, worstMember } from '@tabiji/core/report'
import type { Context } from './context.ts'
import { objectiveText } from './objective.ts'

/**
 * Of each composite, the member that it stands as; the figures of that one are in its own row. A verdict that leaves members out
 * names them, because nobody knows whether one of those is worse.
 */
export function compositeSentences(context: Context, { composites = [] }: JourneyMonth): readonly string[] {
  const { words, figures, facts } = context
  const members = facts.journeys.flatMap(({ name, objectives }) =>
    objectives.map((objective) => ({ ...memberOf(name, objective), objective })),
  )
  return composites.flatMap((composite) => {
    const own = members.filter(({ id }) => composite.members.includes(id))
    const worst = worstMember(own)
    if (worst === undefined) return []
    const { verdict } = objectiveText(context, worst.objective)
    // The verdict of what is not judged says so itself.
    const state = worst.state === 'unjudged' ? verdict : words.also(words.states[worst.state], verdict)
    const unjudged = own.filter((member) => member !== worst && member.state === 'unjudged').map(({ id }) => id)
    return [
      words.journeys.composite(composite.name, worst.id, state, figures.count(composite.members.length)),
      ...(unjudged.length === 0 ? [] : [words.journeys.compositeUnjudged(composite.name, figures.list(unjudged))]),
    ]
  })
}

function memberOf(journey: string, { name, state, leftPpm }: ObjectiveMonth) {
  return { id: `${journey}/${name}`, state, ...(leftPpm !== undefined && { leftPpm }) }
}
