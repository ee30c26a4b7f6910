import { type Decision, decide, hintFor, type Problem, refusal } from '../problem/index.ts'
import { type CausesCommand, decideCauses } from './causes.ts'
import { type ChecklistCommand, decideChecklist } from './checklist.ts'
import { decideEpisodes, type EpisodesCommand } from './episodes.ts'
import type { IncidentEvent } from './incident.ts'
import { decideLife, decideOpening, type LifeCommand, type OpenCommand } from './life.ts'
import { decideLines, type LinesCommand } from './lines.ts'
import { refuseMerged } from './merging.ts'
import { decideOwed, type OwedCommand } from './postmortem-owed.ts'
import { decideReview, type ReviewCommand } from './review.ts'
import { decideRoles, type RolesCommand } from './roles.ts'
import { decideRunbookStep, type RunbookStepCommand } from './runbook-steps.ts'
import { decideRunbookUse, type RunbookUseCommand } from './runbook-use.ts'
import type { Incident, IncidentContext } from './state.ts'
import { decideStatus, type StatusCommand } from './status.ts'
import { decideTimes, type TimesCommand } from './times.ts'
import { decideUpdate, type UpdateCommand } from './update.ts'

/** What somebody wants to record about an incident. */
export type IncidentCommand =
  | OpenCommand
  | LifeCommand
  | TimesCommand
  | RolesCommand
  | StatusCommand
  | CausesCommand
  | ReviewCommand
  | OwedCommand
  | ChecklistCommand
  | UpdateCommand
  | LinesCommand
  | EpisodesCommand
  | RunbookUseCommand
  | RunbookStepCommand

/**
 * Decides a command: pure, so the same command on the same incident at the same time gives the same events.
 *
 * @param current the incident of `context.key`; absent when there is none
 */
export function decideIncident(
  current: Incident | undefined,
  command: IncidentCommand,
  context: IncidentContext,
): Decision<IncidentEvent> {
  if (command.type === 'open') return decideOpening(command, context)
  if (current === undefined) return decide([unknownIncident(context.key, context.keys)])
  const refused = refuseMerged<IncidentEvent>(current)
  if (refused !== undefined) return refused
  switch (command.type) {
    case 'edit':
    case 'resolve':
    case 'reopen':
      return decideLife(current, command, context)
    case 'time':
    case 'deriveTime':
      return decideTimes(current, command, context)
    case 'takeRole':
    case 'handOver':
      return decideRoles(current, command, context)
    case 'note':
    case 'decide':
    case 'import':
    case 'star':
    case 'unstar':
    case 'strike':
      return decideLines(current, command, context)
    case 'help':
      return decideRunbookUse(current, command, context)
    case 'doStep':
    case 'undoStep':
      return decideRunbookStep(current, command, context)
    case 'setStatus':
      return decideStatus(current, command, context)
    case 'addCause':
    case 'setCauses':
    case 'removeCause':
      return decideCauses(current, command, context)
    case 'setPostmortem':
      return decideReview(current, command, context)
    case 'owePostmortem':
      return decideOwed(current, command, context)
    case 'tick':
    case 'untick':
      return decideChecklist(current, command, context)
    case 'update':
      return decideUpdate(current, command, context)
    case 'join':
    case 'leave':
      return decideEpisodes(current, command, context)
  }
}

/** Why a key leads nowhere, with the nearest of the known ones. */
export function unknownIncident(key: string, keys: readonly string[]): Problem {
  return refusal('INCIDENT_UNKNOWN', `There is no incident ${key}`, hintFor(key, keys))
}
