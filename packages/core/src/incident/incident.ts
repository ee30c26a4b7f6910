import { applyCauses, type CausesEvent } from './causes.ts'
import { applyChecklist, type ChecklistEvent } from './checklist.ts'
import { applyEpisodes, type EpisodesEvent } from './episodes.ts'
import { applyLife, beginIncident, type LifeEvent } from './life.ts'
import { applyLines, type LinesEvent } from './lines.ts'
import { applyMerging, type MergingEvent } from './merging.ts'
import { applyOwed, type OwedEvent } from './postmortem-owed.ts'
import { applyReview, type ReviewEvent } from './review.ts'
import { applyRoles, type RolesEvent } from './roles.ts'
import { applyRunbookStep, type RunbookStepEvent } from './runbook-steps.ts'
import { applyRunbookUse, type RunbookUseEvent } from './runbook-use.ts'
import type { Incident } from './state.ts'
import { applyStatus, type StatusEvent } from './status.ts'
import { applyTimes, type TimesEvent } from './times.ts'
import { applyUpdate, type UpdateEvent } from './update.ts'

/**
 * One thing that was recorded about an incident. Append-only: a mistake is followed by another event, never edited. Events come
 * in families, a file each: its events, its commands, what decides and what applies them.
 */
export type IncidentEvent =
  | LifeEvent
  | TimesEvent
  | RolesEvent
  | StatusEvent
  | CausesEvent
  | ReviewEvent
  | OwedEvent
  | MergingEvent
  | ChecklistEvent
  | UpdateEvent
  | LinesEvent
  | EpisodesEvent
  | RunbookUseEvent
  | RunbookStepEvent

/** The key of the nth incident, counted from 1. */
export function incidentKey(number: number): string {
  return `INC-${String(number).padStart(4, '0')}`
}

/**
 * Folds an incident's events, oldest first.
 *
 * @returns `undefined` when nothing was recorded.
 * @throws RangeError when the first event is not `opened`: such a log was not written by us.
 */
export function foldIncident(key: string, events: readonly IncidentEvent[]): Incident | undefined {
  const [first, ...rest] = events
  if (first === undefined) return undefined
  if (first.type !== 'opened')
    throw new RangeError(`Expected the log of ${key} to begin with opened, got ${first.type}`)
  return rest.reduce(apply, beginIncident(key, first))
}

function apply(incident: Incident, event: IncidentEvent): Incident {
  switch (event.type) {
    case 'opened':
    case 'edited':
    case 'resolved':
    case 'reopened':
      return applyLife(incident, event)
    case 'timed':
    case 'timeDerived':
      return applyTimes(incident, event)
    case 'roleTaken':
    case 'handedOver':
      return applyRoles(incident, event)
    case 'noted':
    case 'decided':
    case 'imported':
    case 'starred':
    case 'unstarred':
    case 'struck':
      return applyLines(incident, event)
    case 'helped':
      return applyRunbookUse(incident, event)
    case 'stepDone':
    case 'stepUndone':
      return applyRunbookStep(incident, event)
    case 'statusSet':
      return applyStatus(incident, event)
    case 'caused':
    case 'causeRemoved':
      return applyCauses(incident, event)
    case 'postmortemSet':
      return applyReview(incident, event)
    case 'postmortemOwed':
      return applyOwed(incident, event)
    case 'mergedInto':
    case 'absorbed':
      return applyMerging(incident, event)
    case 'checklistSet':
    case 'ticked':
    case 'unticked':
      return applyChecklist(incident, event)
    case 'updated':
    case 'updateExpected':
      return applyUpdate(incident, event)
    case 'joined':
    case 'left':
      return applyEpisodes(incident, event)
  }
}
