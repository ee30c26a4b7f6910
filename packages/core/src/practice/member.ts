import type { Journey } from '../journey/index.ts'

/** Somebody who answers pages, as the configuration names them. */
export type Member = {
  /** As it stands in the roles of incidents. */
  readonly name: string
  /** The day since which they are one, `2026-10-20`. */
  readonly since: string
  readonly team?: string
  /** Names of their journeys; absent: those that their team owns, and all where they have no team. */
  readonly journeys?: readonly string[]
}

type Owned = Pick<Journey, 'name' | 'owner'>

/** The journeys that somebody answers for, in the order of the journeys file. */
export function journeysOf({ team, journeys }: Member, all: readonly Owned[]): readonly string[] {
  const isTheirs = ({ name, owner }: Owned) => {
    if (journeys !== undefined) return journeys.includes(name)
    return team === undefined || owner === team
  }
  return all.filter(isTheirs).map(({ name }) => name)
}
