import { checkText, type Decision, decide, type Problem, recorded, refusal } from '../problem/index.ts'
import { type CausesEvent, decideCauses } from './causes.ts'
import type { Incident, IncidentCause, IncidentContext, PostmortemState, Recorded } from './state.ts'

type Stated = { readonly owner?: string; readonly file?: string; readonly noFix?: string }

export type ReviewEvent = Recorded & { readonly type: 'postmortemSet'; readonly state: PostmortemState } & Stated

/** Says how far the postmortem is. What the record says against publishing it comes with the context. */
export type ReviewCommand = {
  readonly type: 'setPostmortem'
  readonly state: PostmortemState
  /** The causes that its fishbone has, to be known from then on. */
  readonly causes?: readonly IncidentCause[]
} & Stated

export function decideReview(
  current: Incident,
  command: ReviewCommand,
  context: IncidentContext,
): Decision<ReviewEvent | CausesEvent> {
  const { type: _, state, causes, ...said } = command
  const stated = Object.entries(said).map(([field, text]) => [field, text.trim()] as const)
  const problems = [
    ...checkStep(current, state),
    ...(state === 'published' ? (context.against ?? []) : []),
    ...stated.flatMap(([field, text]) => checkText('POSTMORTEM_TEXT', field, text)),
  ]
  const set: ReviewEvent = { ...recorded(context), type: 'postmortemSet', state, ...Object.fromEntries(stated) }
  if (causes === undefined) return decide(problems, set)
  const caused = decideCauses(current, { type: 'setCauses', causes }, context)
  return caused.ok
    ? decide<ReviewEvent | CausesEvent>(problems, set, ...caused.events)
    : decide([...problems, ...caused.problems])
}

export function applyReview(incident: Incident, event: ReviewEvent): Incident {
  const { type: _, at, by: __, state, ...stated } = event
  const before = incident.postmortem
  const since = before?.state === state ? before.since : at
  return { ...incident, postmortem: { ...before, ...stated, state, since } }
}

function checkStep({ key, postmortem }: Incident, state: PostmortemState): readonly Problem[] {
  const before = postmortem?.state
  if (state !== 'published' || before === 'inReview') return []
  const is = before === undefined ? 'has none yet' : before === 'draft' ? 'is a draft' : 'is published already'
  const hint = `have somebody read it first${before === 'published' ? ', again' : ''}: tabiji postmortem review FILE`
  return [refusal('POSTMORTEM_STATE', `Expected the postmortem of ${key} to be in review, but it ${is}`, hint)]
}
