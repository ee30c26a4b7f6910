import type { Definition } from '../journey/index.ts'
import { type Problem, problem } from '../problem/index.ts'
import { addDays } from '../time/index.ts'
import type { FrontMatter } from './front-matter.ts'
import type { Runbook } from './runbook.ts'

type Named = Pick<Definition, 'journeys'>

/** What a page says of itself that nobody has: a journey or a step that the journeys file does not know. */
export function scopeProblems(stated: FrontMatter['stated'], { journeys }: Named): readonly Problem[] {
  if (stated?.journey === undefined) return []
  const journey = journeys.find(({ name }) => name === stated.journey)
  if (journey === undefined) {
    const known = journeys.map(({ name }) => name)
    return [unknown('RUNBOOK_UNKNOWN_JOURNEY', 'journey', `there is no journey "${stated.journey}"`, known)]
  }
  const steps = journey.steps.map(({ name }) => name)
  if (stated.step === undefined || steps.includes(stated.step)) return []
  return [unknown('RUNBOOK_UNKNOWN_STEP', 'step', `${stated.journey} has no step "${stated.step}"`, steps)]
}

function unknown(code: string, key: string, message: string, known: readonly string[]): Problem {
  return problem(code, [key], message, { hint: `known: ${known.slice(0, 12).join(', ')}` })
}

/** Who answers for a page, and whether somebody went through it within the days of the policy. @param today `2026-10-20` */
export function ageProblems(
  stated: FrontMatter['stated'],
  reviewWithinDays: number,
  today: string,
): readonly Problem[] {
  const warning = (code: string, message: string, hint: string) =>
    problem(code, [], message, { severity: 'warning', hint })
  const owner =
    stated?.owner === undefined
      ? [warning('RUNBOOK_NO_OWNER', 'nobody answers for this runbook', 'say who with `owner:` in its front matter')]
      : []
  const hint = `go through it, then write \`reviewed: ${today}\` into its front matter`
  const { reviewed } = stated ?? {}
  if (reviewed === undefined)
    return [...owner, warning('RUNBOOK_NOT_REVIEWED', 'nobody says when it was reviewed', hint)]
  if (reviewed > today) {
    const future = `it says that it was reviewed on ${reviewed}, which is still to come`
    return [...owner, problem('RUNBOOK_REVIEW_FUTURE', ['reviewed'], future, { hint })]
  }
  if (addDays(reviewed, reviewWithinDays) >= today) return owner
  const old = `it was reviewed on ${reviewed}, longer ago than ${reviewWithinDays} days`
  return [...owner, { ...warning('RUNBOOK_OLD', old, hint), path: ['reviewed'] }]
}

/** Journeys, and steps of them, that no page is written for, such as `checkout` or `checkout/pay`. A journey's page covers its steps. */
export function uncovered({ journeys }: Named, runbooks: readonly Runbook[]): readonly string[] {
  return journeys.flatMap(({ name, steps, runbook }) => {
    const own = runbooks.filter(({ journey }) => journey === name)
    if (runbook !== undefined || own.some(({ step }) => step === undefined)) return []
    const bare = steps.filter((step) => own.every((each) => each.step !== step.name))
    return bare.length === steps.length ? [name] : bare.map((step) => `${name}/${step.name}`)
  })
}
