import { checkText, type Decision, decide, type Problem, recorded, refusal } from '../problem/index.ts'
import { checkUnresolved } from './life.ts'
import type { ByAlert, Incident, IncidentContext, Recorded } from './state.ts'

/** Alerts become part of an incident with the journeys that they hurt, or turn out to be none of it. */
export type EpisodesEvent = Recorded &
  (
    | ({
        readonly type: 'joined'
        readonly episodes: readonly string[]
        readonly journeys: readonly string[]
      } & ByAlert)
    | { readonly type: 'left'; readonly episodes: readonly string[]; readonly reason: string }
  )

export type EpisodesCommand =
  | ({ readonly type: 'join'; readonly episodes: readonly string[]; readonly journeys: readonly string[] } & ByAlert)
  | { readonly type: 'leave'; readonly episodes: readonly string[]; readonly reason: string }

export function decideEpisodes(
  current: Incident,
  command: EpisodesCommand,
  context: IncidentContext,
): Decision<EpisodesEvent> {
  const common = recorded(context)
  const { episodes } = command
  const none = episodes.length === 0 ? [refusal('INCIDENT_NO_EPISODES', 'Expected at least one alert, got none')] : []
  if (command.type === 'leave') {
    const problems = [
      ...none,
      ...checkMembers(current, episodes),
      ...checkText('INCIDENT_REASON', 'reason', command.reason),
    ]
    return decide(problems, { ...common, type: 'left', episodes, reason: command.reason })
  }
  const fresh = episodes.filter((id) => !current.episodes.includes(id))
  const problems = [...none, ...checkUnresolved(current, context)]
  if (problems.length > 0 || fresh.length === 0) return decide(problems)
  return decide([], {
    ...common,
    type: 'joined',
    episodes: fresh,
    journeys: command.journeys,
    ...(command.byAlert && { byAlert: true }),
  })
}

export function applyEpisodes(incident: Incident, event: EpisodesEvent): Incident {
  if (event.type === 'left') {
    return { ...incident, episodes: incident.episodes.filter((id) => !event.episodes.includes(id)) }
  }
  return {
    ...incident,
    episodes: [...new Set([...incident.episodes, ...event.episodes])],
    journeys: [...new Set([...incident.journeys, ...event.journeys])],
  }
}

function checkMembers({ key, episodes }: Incident, leaving: readonly string[]): readonly Problem[] {
  const strangers = leaving.filter((id) => !episodes.includes(id))
  if (strangers.length === 0) return []
  const hint = episodes.length > 0 ? `it is about ${episodes.join(', ')}` : 'it is about no alert'
  return [
    refusal('INCIDENT_EPISODE_UNKNOWN', `Expected alerts of ${key}, got ${strangers.join(', ')}`, hint, ['episodes']),
  ]
}
