import { entriesOf, expected, hintFor, type Path, type Problem, readSilently, unknownName } from '../problem/index.ts'
import { DAY } from '../time/index.ts'
import { INDICATORS, type Objective, type Policy, type Window } from './definition.ts'
import { parseObjectiveName } from './notation.ts'
import { objectiveReader } from './readers.ts'
import { resolveBudgeting } from './resolve-budgeting.ts'
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
    problems.push(...witnessProblems(name, judged.of ?? 'own', part.of, [...path, name]))
    const policy = mergePolicy(defaults.policy, part.policy)
    const window = part.window ?? defaults.window ?? DEFAULT_WINDOW
    const budgeting = resolveBudgeting(part, { window, policy, targetPpm: part.target }, [...path, name], problems)
    return [
      {
        name,
        ...judged,
        targetPpm: part.target,
        window,
        ...(budgeting !== undefined && { budgeting }),
        ...(policy !== undefined && { policy }),
      },
    ]
  })
}

/** Both promises may stand beside each other, and people must see which one an alert is about: so the name says it. */
function witnessProblems(name: string, named: string, stated: string | undefined, path: Path): readonly Problem[] {
  if (stated === undefined || stated === named) return []
  const right = stated === 'probe' ? `${name}.probe` : name.replace(/\.probe$/, '')
  const hint = `call the objective \`${right}\`: its name is what alerts and reports show`
  return [expected('JOURNEYS_WITNESS', [...path, 'of'], `\`${named}\`, which is what the name says`, stated, { hint })]
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
