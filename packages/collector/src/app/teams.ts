import type { Definition, Level } from '@tabiji/core/journey'
import type { Desk } from '@tabiji/core/time'
import type { Config } from '../config/config.ts'

/** When the owner of a journey is at work, and who is told in its place. */
export type Teams = {
  readonly deskOf: (owner: string | undefined) => Desk
  /** Names of the receivers. */
  readonly receiversOf: (level: Level, owner: string | undefined) => readonly string[]
}

/** @param definition the journeys file in force, whose zone is that of desks that state none */
export function createTeams({ calendar, routes }: Config, definition: () => Definition): Teams {
  const teamOf = (owner: string | undefined) => (owner === undefined ? undefined : calendar.teams.get(owner))
  return {
    deskOf: (owner) => (teamOf(owner)?.desk ?? calendar.desk)(definition().timeZone),
    receiversOf: (level, owner) => teamOf(owner)?.routes[level] ?? routes[level],
  }
}
