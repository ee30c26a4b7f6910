import {
  checkKnown,
  checkText,
  type Decision,
  decide,
  type Problem,
  problem,
  recorded,
  refusal,
} from '../problem/index.ts'
import { checkBone } from './bone.ts'
import { causesBelow, depthOf, settled, withoutCause } from './cause-tree.ts'
import type { Incident, IncidentCause, IncidentContext, Recorded } from './state.ts'

export type CausesEvent = Recorded &
  (
    | { readonly type: 'caused' /** They replace those before. */; readonly causes: readonly IncidentCause[] }
    | { readonly type: 'causeRemoved'; readonly cause: string; readonly reason: string }
  )

export type CausesCommand =
  /** Adds a cause, or says the one of that id anew: what is left out, its fix or what it is under, is so no more. */
  | ({ readonly type: 'addCause' } & IncidentCause)
  | { readonly type: 'setCauses'; readonly causes: readonly IncidentCause[] }
  /** What was found below it stays, and hangs where it hung. */
  | { readonly type: 'removeCause'; readonly id: string; readonly reason: string }

const MOST = 100
/** Five whys, and two for those who went on. */
export const DEEPEST_WHY = 7

/** By what fixes name a cause. */
export const CAUSE_ID = /^[a-z0-9][a-z0-9-]{0,62}$/
export const CAUSE_ID_FORM = 'a slug of small letters, digits and hyphens, at most 63'
export const FIX_KEY = /^FIX-\d{4,}$/
export const FIX_KEY_FORM = 'the key of a fix such as FIX-0117'

export function decideCauses(
  current: Incident,
  command: CausesCommand,
  context: IncidentContext,
): Decision<CausesEvent> {
  if (command.type === 'removeCause') return decideRemoval(current, command, context)
  const causes = command.type === 'setCauses' ? command.causes.map(trimmed) : merged(current.causes ?? [], command)
  const changed = command.type === 'setCauses' ? causes : causes.filter(({ id }) => id === command.id)
  const problems = [...changed.flatMap((cause) => checkCause(cause, causes)), ...checkList(causes)]
  return decide(problems, { ...recorded(context), type: 'caused', causes: problems.length > 0 ? [] : settled(causes) })
}

export function applyCauses(incident: Incident, event: CausesEvent): Incident {
  const causes = event.type === 'caused' ? event.causes : withoutCause(incident.causes ?? [], event.cause)
  return { ...incident, causes }
}

function decideRemoval(
  { causes = [] }: Incident,
  { id, reason }: Extract<CausesCommand, { type: 'removeCause' }>,
  context: IncidentContext,
): Decision<CausesEvent> {
  const known = causes.map((cause) => cause.id)
  const fixes = context.fixesOf?.(id) ?? []
  const hint = `give it another cause first: tabiji fix edit ${fixes[0]} --cause …`
  const named = `Expected no fix to name the cause \`${id}\`, but ${fixes.join(', ')} does`
  return decide(
    [
      ...checkKnown('INCIDENT_UNKNOWN_CAUSE', 'id', id, known),
      ...(fixes.length === 0 ? [] : [refusal('INCIDENT_CAUSE_NAMED', named, hint, ['id'])]),
      ...checkText('INCIDENT_REASON', 'reason', reason),
    ],
    { ...recorded(context), type: 'causeRemoved', cause: id, reason: reason.trim() },
  )
}

function merged(causes: readonly IncidentCause[], { type: _, ...said }: Extract<CausesCommand, { type: 'addCause' }>) {
  const cause = trimmed(said)
  const known = causes.some(({ id }) => id === cause.id)
  return known ? causes.map((one) => (one.id === cause.id ? cause : one)) : [...causes, cause]
}

function trimmed({ id, text, bone, fix, under }: IncidentCause): IncidentCause {
  return {
    id,
    text: text.trim(),
    bone: bone.trim(),
    ...(fix !== undefined && { fix }),
    ...(under !== undefined && { under }),
  }
}

function checkCause(cause: IncidentCause, causes: readonly IncidentCause[]): readonly Problem[] {
  const { id, text, bone, fix } = cause
  const slug = CAUSE_ID.test(id)
  const key = fix === undefined || FIX_KEY.test(fix)
  return [
    ...(slug ? [] : [refused('id', CAUSE_ID_FORM, id)]),
    ...checkText('INCIDENT_CAUSE', 'text', text),
    // What explains another cause lies where that one lies.
    ...(cause.under === undefined ? checkBone(bone, ['bone']) : []),
    ...(key ? [] : [refused('fix', FIX_KEY_FORM, fix)]),
    ...checkPlace(cause, causes),
  ]
}

/** A cause is under one that is there, and never under itself, however many whys lie between. */
function checkPlace({ id, under }: IncidentCause, causes: readonly IncidentCause[]): readonly Problem[] {
  if (under === undefined) return []
  const below = new Set(causesBelow(causes, id).map((cause) => cause.id))
  if (under === id || below.has(under)) {
    const message = `Expected \`under\` to be a cause that \`${id}\` does not lead to, got \`${under}\``
    return [problem('INCIDENT_CAUSE', ['under'], message, { hint: 'move the other one first' })]
  }
  const others = causes.map((cause) => cause.id).filter((each) => each !== id)
  return checkKnown('INCIDENT_UNKNOWN_CAUSE', 'under', under, others)
}

function checkList(causes: readonly IncidentCause[]): readonly Problem[] {
  const ids = causes.map(({ id }) => id)
  const repeated = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))]
  const many = `Expected at most ${MOST} causes, got ${causes.length}`
  const deep = causes.some((cause) => depthOf(causes, cause) > DEEPEST_WHY)
  return [
    ...repeated.map((id) =>
      problem('INCIDENT_CAUSE', ['id'], `Expected the id of each cause once, got \`${id}\` again`),
    ),
    ...(causes.length > MOST ? [problem('INCIDENT_CAUSE', [], many)] : []),
    ...(deep ? [problem('INCIDENT_CAUSE', ['under'], `Expected at most ${DEEPEST_WHY} whys below one another`)] : []),
  ]
}

function refused(field: string, what: string, got: string): Problem {
  return problem(
    'INCIDENT_CAUSE',
    [field],
    `Expected \`${field}\` to be ${what}, got ${JSON.stringify(got.slice(0, 80))}`,
  )
}
