import type { MonthFacts, Narrowed } from '@tabiji/core/report'
import type { Request, Response } from 'express'
import { refuse } from '../answer.ts'

/** For whom facts are asked: `undefined` for all teams. Answers itself, and returns `false`, when that is no name. */
export function teamIn({ query }: Pick<Request, 'query'>, response: Response): string | undefined | false {
  const { team } = query
  if (team === undefined || (typeof team === 'string' && team !== '')) return team
  refuse(response, 400, { code: 'TEAM', message: 'Expected `team` to be the name of one team, such as ?team=payments' })
  return false
}

/** The facts of a team, or a refusal that says which there are and what to do. */
export function narrowedOr(
  response: Response,
  month: string,
  team: string,
  narrowed: Narrowed,
): MonthFacts | undefined {
  if (narrowed.ok) return narrowed.facts
  if (narrowed.why === 'unknown') {
    const hint = narrowed.known.length > 0 ? `known: ${narrowed.known.join(', ')}` : 'no journey has an owner'
    refuse(response, 404, { code: 'TEAM_UNKNOWN', message: `No journey of ${month} is owned by ${team}`, hint })
    return undefined
  }
  const message = `What was kept of ${month} says the ${narrowed.families.join(', ')} of all teams together only`
  refuse(response, 409, { code: 'TEAM_SUMS', message, hint: `leave the team out, or: tabiji report reissue ${month}` })
  return undefined
}
