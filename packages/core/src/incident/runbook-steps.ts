import { checkText, type Decision, decide, recorded } from '../problem/index.ts'
import type { Incident, IncidentContext, Recorded } from './state.ts'

/** A step of a runbook: the page's address, and the step by its words, so that it is known however the page is changed. */
type Step = { readonly runbook: string; readonly step: string }

/** A step was gone through, or was not after all. */
export type RunbookStepEvent = Recorded & { readonly type: 'stepDone' | 'stepUndone' } & Step

export type RunbookStepCommand = { readonly type: 'doStep' | 'undoStep' } & Step

/** Said again it is no mistake: several people work through the same page. Whoever sends the command has looked that the step is there. */
export function decideRunbookStep(
  { steps = [] }: Incident,
  { type, runbook, step }: RunbookStepCommand,
  context: IncidentContext,
): Decision<RunbookStepEvent> {
  const isDone = steps.some((each) => each.runbook === runbook && each.step === step)
  if (isDone === (type === 'doStep')) return decide([])
  const problems = [...checkText('INCIDENT_RUNBOOK', 'runbook', runbook), ...checkText('INCIDENT_STEP', 'step', step)]
  return decide(problems, {
    ...recorded(context),
    type: type === 'doStep' ? 'stepDone' : 'stepUndone',
    runbook,
    step,
  })
}

export function applyRunbookStep(incident: Incident, { type, at, by, runbook, step }: RunbookStepEvent): Incident {
  const others = (incident.steps ?? []).filter((each) => each.runbook !== runbook || each.step !== step)
  const done = { runbook, step, at, ...(by !== undefined && { by }) }
  return { ...incident, steps: type === 'stepDone' ? [...others, done] : others }
}
