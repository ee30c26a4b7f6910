import { NO_TEAM } from '@tabiji/core/alert'
import type { Definition, Level } from '@tabiji/core/journey'
import type { Desk } from '@tabiji/core/time'
import type { Config } from '../config/config.ts'
import type { DigestTeam } from '../jobs/delivery/digests.ts'

/** When the owner of a journey is at work, and who is told in its place. */
export type Teams = {
  readonly deskOf: (owner: string | undefined) => Desk
  /** Names of the receivers. */
  readonly receiversOf: (level: Level, owner: string | undefined) => readonly string[]
  /** Who gets a digest: every team, and everybody else together. */
  readonly digests: () => readonly DigestTeam[]
}

/** @param definition the journeys file in force, whose zone is that of desks that state none */
export function createTeams({ calendar, routes }: Config, definition: () => Definition): Teams {
  const teamOf = (owner: string | undefined) => (owner === undefined ? undefined : calendar.teams.get(owner))
  const deskOf = (owner: string | undefined) => (teamOf(owner)?.desk ?? calendar.desk)(definition().timeZone)
  const receiversOf = (level: Level, owner: string | undefined) => teamOf(owner)?.routes[level] ?? routes[level]
  const isTeam = (owner: string | undefined) => teamOf(owner) !== undefined
  const digestOf = (name: string, owner: string | undefined, owns: DigestTeam['owns']): DigestTeam => ({
    name,
    owns,
    desk: deskOf(owner),
    receivers: receiversOf(2, owner),
  })
  return {
    deskOf,
    receiversOf,
    digests: () => [
      digestOf(NO_TEAM, undefined, (owner) => !isTeam(owner)),
      ...[...calendar.teams.keys()].map((name) => digestOf(name, name, (owner) => owner === name)),
    ],
  }
}
