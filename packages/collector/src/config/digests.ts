import { NO_TEAM } from '@tabiji/core/alert'
import { entriesOf, itemsOf, type Path, type Problem, problem } from '@tabiji/core/problem'

/** Level 2 is told as a digest, and not everybody who can be told of an alert can be told that. */
export function digestProblems(document: unknown): readonly Problem[] {
  const root = entriesOf(document)
  const pagers = new Set(
    itemsOf(root.get('receivers'))
      .map(entriesOf)
      .filter((receiver) => receiver.get('kind') === 'pagerduty')
      .map((receiver) => receiver.get('name')),
  )
  const teams = [...entriesOf(root.get('teams'))]
  const places: readonly (readonly [Path, unknown])[] = [
    [['routes'], root.get('routes')],
    ...teams.map(([name, team]) => [['teams', name, 'routes'], entriesOf(team).get('routes')] as const),
  ]
  return [
    ...places.flatMap(([path, routes]) =>
      itemsOf(entriesOf(routes).get('ticket')).flatMap((name, i) =>
        pagers.has(name) ? [pagerProblem([...path, 'ticket', i], String(name))] : [],
      ),
    ),
    ...teams.flatMap(([name]) => (name === NO_TEAM ? [nameProblem()] : [])),
  ]
}

function pagerProblem(path: Path, name: string): Problem {
  const message = `Expected a chat or a program for level 2, got the pager ${name}: a digest is read, it calls nobody`
  const hint = 'name a chat or a webhook, or give the objective a level 1'
  return problem('CONFIG_DIGEST_PAGER', path, message, { hint })
}

function nameProblem(): Problem {
  const message = `Expected a team not to be called ${NO_TEAM}: so is everybody who has no desk of their own`
  return problem('CONFIG_TEAM_NAME', ['teams', NO_TEAM], message, { part: 'key' })
}
