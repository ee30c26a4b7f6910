import { entriesOf, expected, hintFor, type Path, type Problem, readSilently, unknownName } from '../problem/index.ts'
import { DAY } from '../time/index.ts'
import { INDICATORS, type Objective, type Policy, type Window } from './definition.ts'
import { parseObjectiveName } from './notation.ts'
import { objectiveReader } from './readers.ts'
import { mergePolicy } from './resolve-policy.ts'

/** What a journey states for all of its objectives. */
export type ObjectiveDefaults = { readonly window: Window | undefined; readonly policy: Policy | undefined }

const DEFAULT_WINDOW: Window = { kind: 'rolling', ms: 30 * DAY }

/**
 * The objectives that are well-formed; what is wrong with them beyond their shape goes to `problems`.
 *
 * @param steps names of the journey's steps, which `STEP.INDICATOR` may refer to
 */
export function resolveObjectives(
  objectives: unknown,
  path: Path,
  steps: readonly string[],
  defaults: ObjectiveDefaults,
  problems: Problem[],
): readonly Objective[] {
  return [...entriesOf(objectives)].flatMap(([name, value]) => {
    problems.push(...nameProblems(name, [...path, name], steps))
    const judged = parseObjectiveName(name)
    const part = readSilently(objectiveReader, value)
    if (judged === undefined || part === undefined) return []
    const policy = mergePolicy(defaults.policy, part.policy)
    return [
      {
        name,
        ...judged,
        targetPpm: part.target,
        window: part.window ?? defaults.window ?? DEFAULT_WINDOW,
        ...(policy !== undefined && { policy }),
      },
    ]
  })
}

function nameProblems(name: string, path: Path, steps: readonly string[]): readonly Problem[] {
  const judged = parseObjectiveName(name)
  if (judged === undefined) {
    const hint = hintFor(name.slice(name.lastIndexOf('.') + 1), INDICATORS)
    const what = `an indicator (${INDICATORS.join(', ')}), or one of a step such as \`upload.latency\``
    const remarks = { part: 'key', ...(hint !== undefined && { hint }) } as const
    return [expected('JOURNEYS_UNKNOWN_INDICATOR', path, what, name, remarks)]
  }
  if (judged.step === undefined || steps.includes(judged.step)) return []
  const what = 'about the journey or one of its steps'
  const problem = unknownName('JOURNEYS_UNKNOWN_STEP', path, what, judged.step, steps)
  return [{ ...problem, part: 'key' }]
}
