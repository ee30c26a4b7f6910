import { type MonthFacts, narrowAlone } from '@tabiji/core/report'
import { EXIT, type Failure, failed, type Result, succeeded } from './failure.ts'

/** The facts of a file as one team's report tells them, where the file holds what that takes. */
export function factsOfTeam(facts: MonthFacts, team: string | undefined, place: string): Result<MonthFacts> {
  if (team === undefined) return succeeded(facts)
  const narrowed = narrowAlone(facts, team)
  if (narrowed.ok) return succeeded(narrowed.facts)
  if (narrowed.why === 'unknown') {
    const { known } = narrowed
    return failed({
      code: 'TEAM_UNKNOWN',
      exit: EXIT.no,
      message: `no journey in ${place} is owned by ${team}`,
      fix: known.length > 0 ? `known: ${known.join(', ')}` : 'no journey in it has an owner; leave --team out',
    })
  }
  return failed({
    code: 'TEAM_SUMS',
    exit: EXIT.no,
    message: `${place} tells the ${narrowed.families.join(', ')} of all teams together, and nobody can take them apart`,
    fix: `ask the collector: \`tabiji-report ${facts.month} --team ${shown(team)}\`; facts of an issued month hold every team's`,
  })
}

/** A name as it is typed in a shell. */
const shown = (team: string): string => (/^[\w-]+$/.test(team) ? team : `'${team.replaceAll("'", `'\\''`)}'`)

/** An answer for all teams to a question about one. */
export function narrowsNothing({ url }: { readonly url: string }): Failure {
  return {
    code: 'TEAM_IGNORED',
    exit: EXIT.no,
    message: `the collector at ${url} told the month of all teams`,
    fix: 'it is older than --team: bring it up to date, or leave --team out',
  }
}

/** What a collector says about a team, with its own way out; nothing when it speaks of something else. */
export function teamRefusal(body: unknown, { url }: { readonly url: string }): Failure | undefined {
  const { code, message, hint } = Object(Object(body).error) as Readonly<Record<string, unknown>>
  if (typeof code !== 'string' || !CODES.has(code) || typeof message !== 'string') return undefined
  return {
    code,
    exit: EXIT.no,
    message: `${url}: ${message.slice(0, LONGEST)}`,
    ...(typeof hint === 'string' && { fix: hint.slice(0, LONGEST) }),
  }
}

const CODES: ReadonlySet<string> = new Set(['TEAM_UNKNOWN', 'TEAM_SUMS'])

const LONGEST = 2_000
