import type { Definition } from '@tabiji/core/journey'
import { worstMember } from '@tabiji/core/report'
import type { CompositeStatus, ObjectiveStatus, Overview } from '../../ports/api.ts'

type JourneyStatus = Overview['journeys'][number]

/** The journeys with how their composites stand, by the members' own figures. */
export function withComposites({ journeys }: Definition, standing: readonly JourneyStatus[]): readonly JourneyStatus[] {
  if (journeys.every(({ composites }) => composites === undefined)) return standing
  const known = new Map(standing.flatMap(({ objectives }) => objectives.map((objective) => [objective.id, objective])))
  return standing.map((journey) => {
    const stated = journeys.find(({ name }) => name === journey.name)?.composites
    if (stated === undefined) return journey
    return { ...journey, composites: stated.flatMap((composite) => statusOf(composite, known)) }
  })
}

function statusOf(
  { name, members }: { readonly name: string; readonly members: readonly string[] },
  known: ReadonlyMap<string, ObjectiveStatus>,
): readonly CompositeStatus[] {
  const standing = members.flatMap((id) => known.get(id) ?? [])
  const worst = worstMember(standing)
  if (worst === undefined) return []
  const ids = (some: (member: ObjectiveStatus) => boolean) => standing.filter(some).map(({ id }) => id)
  return [
    {
      name,
      members,
      worst: worst.id,
      state: worst.state,
      ...(worst.leftPpm !== undefined && { leftPpm: worst.leftPpm }),
      burning: ids(({ burning }) => burning),
      unknown: ids(({ state, fresh }) => state === 'unjudged' || !fresh),
    },
  ]
}
