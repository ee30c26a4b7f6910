import { entriesOf, expected, type Path, type Problem, type Read, readSilently, unknownName } from '../problem/index.ts'
import { parseDuration } from '../time/index.ts'
import type { Route, Step } from './definition.ts'
import { parseRoute } from './notation.ts'
import { stepReader } from './readers.ts'
import { routeKey } from './route-key.ts'

type StepPart = Read<typeof stepReader>

/** Durations of the classes by name; `undefined` for a class whose duration is wrong. */
export type Classes = ReadonlyMap<string, number | undefined>

/** The steps that are well-formed; what is wrong with them beyond their shape goes to `problems`. */
export function resolveSteps(steps: unknown, path: Path, classes: Classes, problems: Problem[]): readonly Step[] {
  return [...entriesOf(steps)].flatMap(([name, value]) => {
    const part = readSilently(stepReader, value)
    if (part === undefined) return []
    const at = [...path, name]
    problems.push(...kindProblems(part, at), ...statusProblems(part, at), ...timeProblems(part, at, classes))
    return [toStep(name, part, classes)]
  })
}

function toStep(name: string, part: StepPart, classes: Classes): Step {
  const { http = [], within, from = 'request', good = [], bad = [], excluded = [] } = part
  const candidateMs = part.candidate === undefined ? undefined : timeOf(part.candidate, classes)
  return {
    name,
    kind: part.job === true ? 'job' : 'http',
    routes: http,
    withinMs: timeOf(within, classes) ?? 0,
    ...(candidateMs !== undefined && { candidateMs }),
    clock: from,
    statuses: { good, bad, excluded },
  }
}

function kindProblems(part: StepPart, path: Path): readonly Problem[] {
  if ((part.http === undefined) === (part.job === undefined)) {
    const got = part.http === undefined ? 'neither' : 'both'
    return [expected('JOURNEYS_STEP_KIND', path, `a step with either \`http\` or \`job: true\` (it has ${got})`, part)]
  }
  if (part.http !== undefined) return []
  const only = (['from', 'good', 'bad', 'excluded'] as const).filter((key) => part[key] !== undefined)
  return only.map((key) =>
    expected('JOURNEYS_STEP_KIND', [...path, key], 'absent, because a job has no request', part[key], {
      part: 'key',
      hint: 'only a step with `http` has it',
    }),
  )
}

function timeOf(text: string, classes: Classes): number | undefined {
  return parseDuration(text) ?? classes.get(text)
}

function timeProblems(part: StepPart, path: Path, classes: Classes): readonly Problem[] {
  const unknown = (['within', 'candidate'] as const).flatMap((key) => {
    const text = part[key]
    if (text === undefined || parseDuration(text) !== undefined || classes.has(text)) return []
    const what = 'the name of a class, or a duration such as `2s`'
    return [unknownName('JOURNEYS_UNKNOWN_CLASS', [...path, key], what, text, [...classes.keys()])]
  })
  const { candidate, within } = part
  const candidateMs = candidate === undefined ? undefined : timeOf(candidate, classes)
  if (candidateMs === undefined || candidateMs !== timeOf(within, classes)) return unknown
  const hint = 'take it out once it is what is promised'
  const remarks = { severity: 'warning', hint } as const
  const same = expected('JOURNEYS_CANDIDATE', [...path, 'candidate'], 'another time than `within`', candidate, remarks)
  return [...unknown, same]
}

function statusProblems(part: StepPart, path: Path): readonly Problem[] {
  const seen = new Map<number, string>()
  return (['good', 'bad', 'excluded'] as const).flatMap((list) =>
    (part[list] ?? []).flatMap((status, i) => {
      const earlier = seen.get(status)
      seen.set(status, list)
      if (earlier === undefined || earlier === list) return []
      const what = `a status of one list only (\`${earlier}\` has it too)`
      return [expected('JOURNEYS_STATUS_TWICE', [...path, list, i], what, status)]
    }),
  )
}

/**
 * A request must belong to one step, in the whole file: the same method and path may stand there once. Names of
 * parameters and a closing slash make no difference to a router, so they make none here.
 */
export function routeProblems(journeys: ReadonlyMap<string, unknown>): readonly Problem[] {
  const owners = new Map<string, string>()
  return routesOf(journeys).flatMap(({ route, step, path }) => {
    const key = routeKey(route)
    const owner = owners.get(key)
    if (owner === undefined) owners.set(key, step)
    if (owner === undefined) return []
    const what = `a route of one step only (it belongs to ${owner} already)`
    return [expected('JOURNEYS_ROUTE_TWICE', path, what, `${route.method} ${route.path}`)]
  })
}

function routesOf(
  journeys: ReadonlyMap<string, unknown>,
): readonly { readonly route: Route; readonly step: string; readonly path: Path }[] {
  return [...journeys].flatMap(([journey, value]) =>
    [...entriesOf(entriesOf(value).get('steps'))].flatMap(([step, raw]) => {
      const http = entriesOf(raw).get('http')
      const path = ['journeys', journey, 'steps', step, 'http']
      const listed = Array.isArray(http)
        ? http.map((text: unknown, i) => ({ text, path: [...path, i] }))
        : [{ text: http, path }]
      return listed.flatMap((each) => {
        const route = typeof each.text === 'string' ? parseRoute(each.text) : undefined
        return route === undefined ? [] : [{ route, step: `${journey}/${step}`, path: each.path }]
      })
    }),
  )
}
