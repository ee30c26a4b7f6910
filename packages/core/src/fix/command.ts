import type { Level } from '../journey/index.ts'
import {
  checkKnown,
  checkText,
  type Decision,
  decide,
  hintFor,
  type Problem,
  recorded,
  refusal,
} from '../problem/index.ts'
import { addDays, dateOf, isDate } from '../time/index.ts'
import type { FixContext } from './context.ts'
import { checkBelonging, type DescribingCommand, decideDescribing } from './describing.ts'
import { FIX_KINDS, type FixEvent } from './event.ts'
import type { Fix, FixState } from './fix.ts'

/** What somebody wants to record about a fix. Dates are `YYYY-MM-DD` in the zone. */
export type FixCommand =
  | {
      readonly type: 'add'
      readonly title: string
      /** One of {@link FIX_KINDS}, as it was typed. */
      readonly kind: string
      readonly incident?: string
      readonly journey?: string
      readonly cause?: string
      readonly owner?: string
      /** Default: 15, 30 or 60 days from today for an incident of level 1, 2 or 3; 30 days without one. */
      readonly due?: string
      /** The fix that it is a part of: it is owed since that one is. */
      readonly splitFrom?: string
    }
  | DescribingCommand
  | { readonly type: 'done' }
  | { readonly type: 'move'; readonly due: string; readonly reason: string }
  | { readonly type: 'reopen'; readonly reason: string }
  | { readonly type: 'drop'; readonly reason: string }
  /** Takes a dropped fix, an accepted risk, or what was merged, back into the list. */
  | { readonly type: 'undrop'; readonly reason: string }
  | { readonly type: 'accept'; readonly approver: string; readonly reason: string; readonly until: string }

/** Days for a fix whose date nobody stated, by the level of its incident (incident.md §3.2). */
const DEFAULT_DAYS: Readonly<Record<Level, number>> = { 1: 15, 2: 30, 3: 60 }

/** From which states each command leads anywhere, and what to do instead. */
const ALLOWED = {
  done: ['open', 'accepted'],
  move: ['open'],
  reopen: ['done'],
  drop: ['open', 'accepted'],
  undrop: ['dropped', 'accepted', 'merged'],
  accept: ['open', 'dropped'],
  merge: ['open', 'dropped', 'accepted'],
  assign: ['open', 'accepted'],
  block: ['open'],
  unblock: ['open'],
  edit: ['open', 'done', 'dropped', 'accepted'],
} as const satisfies Readonly<Record<Exclude<FixCommand['type'], 'add'>, readonly FixState[]>>

const WAY_BACK: Readonly<Record<FixState, string>> = {
  open: 'it is already in the list of open fixes',
  done: 'if it came back, `reopen` it with a reason first',
  dropped: 'take it back with `undrop` and a reason first',
  accepted: 'its risk is accepted; take it back with `undrop` and a reason first',
  merged: 'another fix goes on for it; take it back with `undrop` and a reason first',
}

/**
 * Decides a command: pure, so the same command on the same fix at the same time gives the same events.
 *
 * @param current the fix of `context.key` as it is now (`foldFix` at `context.now`); absent when there is none
 */
export function decideFix(current: Fix | undefined, command: FixCommand, context: FixContext): Decision<FixEvent> {
  const common = recorded(context)
  if (command.type === 'add') return add(command, context)
  if (current === undefined) return decide([unknownFix(context.key, context.keys)])
  const problems = [...checkState(current, command.type), ...checkMaster(current, command, context)]
  switch (command.type) {
    case 'done':
      return decide(problems, { ...common, type: 'done' })
    case 'move':
      return decide([...problems, ...checkMove(current, command, context)], { ...common, ...command, type: 'moved' })
    case 'reopen':
      return decide([...problems, ...checkReason(command)], { ...common, ...command, type: 'reopened' })
    case 'drop':
      return decide([...problems, ...checkReason(command)], { ...common, ...command, type: 'dropped' })
    case 'undrop':
      return decide([...problems, ...checkReason(command)], { ...common, ...command, type: 'undropped' })
    case 'accept':
      return decide([...problems, ...checkAccept(command, context)], { ...common, ...command, type: 'accepted' })
    default:
      return problems.length > 0 ? decide(problems) : decideDescribing(current, command, context)
  }
}

/** Why a key leads nowhere, with the nearest of the known ones. */
export function unknownFix(key: string, keys: readonly string[]): Problem {
  return refusal('FIX_UNKNOWN', `There is no fix ${key}`, hintFor(key, keys))
}

function add(command: Extract<FixCommand, { type: 'add' }>, context: FixContext): Decision<FixEvent> {
  const { type: _, splitFrom, incident, ...stated } = command
  const level = context.incidents.find(({ key }) => key === incident)?.level ?? 2
  const today = dateOf(context.now, context.zone)
  const due = command.due ?? defaultDue(context.now, level, context.zone)
  const since = splitFrom === undefined ? undefined : context.sinceOf(splitFrom)
  const kind = FIX_KINDS.find((one) => one === command.kind)
  const problems = [
    ...checkText('FIX_TITLE', 'title', command.title),
    ...checkKnown('FIX_KIND', 'kind', command.kind, FIX_KINDS),
    ...checkBelonging(command, context),
    ...(splitFrom === undefined ? [] : checkKnown('FIX_UNKNOWN', 'splitFrom', splitFrom, context.keys)),
    ...checkDate('due', due, today),
  ]
  if (kind === undefined) return decide(problems)
  return decide(problems, {
    ...recorded(context),
    type: 'added',
    ...stated,
    title: command.title.trim(),
    kind,
    due,
    ...(incident !== undefined && { incident }),
    ...(command.due === undefined && { dueIsDefault: true }),
    ...(splitFrom !== undefined && since !== undefined && { splitFrom: { key: splitFrom, since } }),
  } as const)
}

/** The date by which a fix is due that nobody gave one: 15, 30 or 60 days for an incident of level 1, 2 or 3 (incident.md §3.2). */
export function defaultDue(created: number, level: Level, zone: string): string {
  return addDays(dateOf(created, zone), DEFAULT_DAYS[level])
}

/** A tracker is the master of what its tickets state as long as it shows them: said here, it would be undone by the next reading. */
function checkMaster(
  { key, ticket, title }: Fix,
  command: Exclude<FixCommand, { type: 'add' }>,
  { isWritten }: FixContext,
): readonly Problem[] {
  const what = masteredBy(command, title)
  if (ticket === undefined || ticket.gone === true || what === undefined || isWritten === true) return []
  const message = `Expected the ${what} of ${key} to be changed where it is kept, in ${ticket.tracker}`
  return [refusal('FIX_TICKETED', message, `change it at ${ticket.url}; it is read from there`)]
}

/** A form says the title along with whatever else is edited. */
function masteredBy(command: Exclude<FixCommand, { type: 'add' }>, title: string): string | undefined {
  if (command.type === 'edit') return (command.title ?? title).trim() === title ? undefined : 'title'
  return MASTERED[command.type]
}

const MASTERED: { readonly [type in FixCommand['type']]?: string } = {
  done: 'status',
  reopen: 'status',
  drop: 'status',
  move: 'due date',
  assign: 'owner',
}

function checkState({ key, state }: Fix, type: keyof typeof ALLOWED): readonly Problem[] {
  const allowed: readonly FixState[] = ALLOWED[type]
  if (allowed.includes(state)) return []
  const message = `Expected ${key} to be ${allowed.join(' or ')}, but it is ${state}`
  return [refusal('FIX_STATE', message, WAY_BACK[state])]
}

function checkMove(
  { key, due }: Fix,
  command: Extract<FixCommand, { type: 'move' }>,
  { now, zone, isWritten }: FixContext,
): Problem[] {
  const same = refusal('FIX_SAME_DUE', `Expected a new due date for ${key}, got the one it has: ${due}`, undefined, [
    'due',
  ])
  return [
    ...checkDate('due', command.due, dateOf(now, zone)),
    // A reading may have brought the date meanwhile; the reason it did not.
    ...(command.due === due && isWritten !== true ? [same] : []),
    ...checkReason(command),
  ]
}

function checkAccept(command: Extract<FixCommand, { type: 'accept' }>, { now, zone }: FixContext): Problem[] {
  return [
    ...checkText('FIX_APPROVER', 'approver', command.approver),
    ...checkReason(command),
    ...checkDate('until', command.until, dateOf(now, zone)),
  ]
}

function checkReason({ reason }: { readonly reason: string }): readonly Problem[] {
  return checkText('FIX_REASON', 'reason', reason)
}

function checkDate(field: string, date: string, today: string): readonly Problem[] {
  if (!isDate(date)) {
    const message = `Expected \`${field}\` to be a date as YYYY-MM-DD, got "${date}"`
    return [refusal('FIX_DATE', message, undefined, [field])]
  }
  if (date >= today) return []
  return [
    refusal('FIX_DATE_PAST', `Expected \`${field}\` to be today (${today}) or after it, got ${date}`, undefined, [
      field,
    ]),
  ]
}
