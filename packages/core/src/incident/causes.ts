import { checkText, type Decision, decide, type Problem, problem, recorded } from '../problem/index.ts'
import { checkBone } from './bone.ts'
import type { Incident, IncidentCause, IncidentContext, Recorded } from './state.ts'

/** The causes as they are known from now on; the list replaces the one before. */
export type CausesEvent = Recorded & { readonly type: 'caused'; readonly causes: readonly IncidentCause[] }

export type CausesCommand =
  /** Adds a cause, or says the one of that id anew. */
  | ({ readonly type: 'addCause' } & IncidentCause)
  | { readonly type: 'setCauses'; readonly causes: readonly IncidentCause[] }

const MOST = 100

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
  const causes = command.type === 'setCauses' ? command.causes.map(trimmed) : merged(current.causes ?? [], command)
  const changed = command.type === 'setCauses' ? causes : causes.filter(({ id }) => id === command.id)
  return decide([...changed.flatMap(checkCause), ...checkList(causes)], {
    ...recorded(context),
    type: 'caused',
    causes,
  })
}

export function applyCauses(incident: Incident, { causes }: CausesEvent): Incident {
  return { ...incident, causes }
}

function merged(causes: readonly IncidentCause[], { type: _, ...cause }: Extract<CausesCommand, { type: 'addCause' }>) {
  const known = causes.some(({ id }) => id === cause.id)
  if (!known) return [...causes, trimmed(cause)]
  return causes.map((one) => (one.id === cause.id ? { ...one, ...trimmed(cause) } : one))
}

function trimmed({ id, text, bone, fix }: IncidentCause): IncidentCause {
  return { id, text: text.trim(), bone: bone.trim(), ...(fix !== undefined && { fix }) }
}

function checkCause({ id, text, bone, fix }: IncidentCause): readonly Problem[] {
  const slug = CAUSE_ID.test(id)
  const key = fix === undefined || FIX_KEY.test(fix)
  return [
    ...(slug ? [] : [refused('id', CAUSE_ID_FORM, id)]),
    ...checkText('INCIDENT_CAUSE', 'text', text),
    ...checkBone(bone, ['bone']),
    ...(key ? [] : [refused('fix', FIX_KEY_FORM, fix)]),
  ]
}

function checkList(causes: readonly IncidentCause[]): readonly Problem[] {
  const ids = causes.map(({ id }) => id)
  const repeated = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))]
  const many = `Expected at most ${MOST} causes, got ${causes.length}`
  return [
    ...repeated.map((id) =>
      problem('INCIDENT_CAUSE', ['id'], `Expected the id of each cause once, got \`${id}\` again`),
    ),
    ...(causes.length > MOST ? [problem('INCIDENT_CAUSE', [], many)] : []),
  ]
}

function refused(field: string, what: string, got: string): Problem {
  return problem(
    'INCIDENT_CAUSE',
    [field],
    `Expected \`${field}\` to be ${what}, got ${JSON.stringify(got.slice(0, 80))}`,
  )
}
