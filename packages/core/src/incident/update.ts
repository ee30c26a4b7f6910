import { checkText, type Decision, decide, type Problem, recorded, refusal } from '../problem/index.ts'
import { DAY, MINUTE, parseDuration } from '../time/index.ts'
import { checkUnresolved } from './life.ts'
import type { Incident, IncidentContext, Recorded } from './state.ts'
import { USUAL_LEVEL } from './updates.ts'

/** Somebody says how it stands, and when the next word is due (milliseconds; absent: none is). */
export type UpdateEvent = Recorded &
  (
    | { readonly type: 'updated'; readonly text: string; readonly due?: number }
    /** Nobody said anything yet, and by then somebody should. */
    | { readonly type: 'updateExpected'; readonly due: number }
  )

/** `next`: a duration as it was typed, or `off`; absent: as usual at the level. */
export type UpdateCommand = { readonly type: 'update'; readonly text: string; readonly next?: string }

const OFF = 'off'
const SHORTEST = 5 * MINUTE

export function decideUpdate(
  current: Incident,
  { text, next }: UpdateCommand,
  context: IncidentContext,
): Decision<UpdateEvent> {
  const usual = context.updateEvery?.[current.level ?? USUAL_LEVEL]
  const after = next === undefined ? usual : next === OFF ? undefined : parseDuration(next)
  const problems = [
    ...checkUnresolved(current, context),
    ...checkText('INCIDENT_UPDATE', 'text', text),
    ...(next === undefined || next === OFF ? [] : checkNext(next, after)),
  ]
  const due = after === undefined ? {} : { due: context.now + after }
  return decide(problems, { ...recorded(context), type: 'updated', text: text.trim(), ...due })
}

function checkNext(typed: string, ms: number | undefined): readonly Problem[] {
  if (ms !== undefined && ms >= SHORTEST && ms <= DAY) return []
  const message = `Expected \`next\` to be a duration from \`5m\` to \`24h\`, or \`off\`, got "${typed}"`
  return [refusal('INCIDENT_NEXT', message, undefined, ['next'])]
}

export function applyUpdate(incident: Incident, event: UpdateEvent): Incident {
  if (event.type === 'updateExpected') return { ...incident, updates: { ...incident.updates, due: event.due } }
  const { at, by, text, due } = event
  const last = { at, text, ...(by !== undefined && { by }) }
  return { ...incident, updates: { last, ...(due !== undefined && { due }) } }
}
