import { checkText, type Decision, decide, type Problem, recorded, refusal } from '../problem/index.ts'
import type { Incident, IncidentContext, Recorded } from './state.ts'

/** Whether a runbook helped; `none`: there was no runbook for it. */
export const HELPED = ['yes', 'partly', 'no', 'none'] as const
export type Helped = (typeof HELPED)[number]

type Said = {
  readonly helped: Helped
  /** Which one: an address, or a file. */
  readonly runbook?: string
  /** What was missing, or wrong. */
  readonly note?: string
}

/**
 * Somebody says whether a runbook helped. The later answer holds: of the same one, and of all of them when it names none, because
 * then it is about the incident. One that names a runbook takes the place of one that named none.
 */
export type RunbookUseEvent = Recorded & { readonly type: 'helped' } & Said

export type RunbookUseCommand = { readonly type: 'help' } & Said

export function decideRunbookUse(
  current: Incident,
  { helped, runbook, note }: RunbookUseCommand,
  context: IncidentContext,
): Decision<RunbookUseEvent> {
  const problems = [
    ...checkRunbook(current, helped, runbook),
    ...(note === undefined ? [] : checkText('INCIDENT_NOTE', 'note', note)),
  ]
  return decide(problems, {
    ...recorded(context),
    type: 'helped',
    helped,
    ...(runbook !== undefined && { runbook: runbook.trim() }),
    ...(note !== undefined && { note: note.trim() }),
  })
}

export function applyRunbookUse(incident: Incident, { helped, runbook, note, by, at }: RunbookUseEvent): Incident {
  const isOfAnother = (named: string | undefined) => named !== undefined && runbook !== undefined && named !== runbook
  const others = (incident.runbooks ?? []).filter((each) => isOfAnother(each.runbook))
  const said = {
    helped,
    at,
    ...(runbook !== undefined && { runbook }),
    ...(note !== undefined && { note }),
    ...(by !== undefined && { by }),
  }
  return { ...incident, runbooks: [...others, said] }
}

function checkRunbook({ key }: Incident, helped: Helped, runbook: string | undefined): readonly Problem[] {
  if (runbook === undefined) return []
  if (helped !== 'none') return checkText('INCIDENT_RUNBOOK', 'runbook', runbook)
  const message = `Expected no runbook of ${key} to be named, because \`none\` says that there was none`
  return [refusal('INCIDENT_RUNBOOK', message, 'say `no` for one that did not help', ['runbook'])]
}
