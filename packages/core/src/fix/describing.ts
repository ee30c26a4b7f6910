import { checkKnown, checkText, type Decision, decide, type Problem, recorded, refusal } from '../problem/index.ts'
import type { FixContext } from './context.ts'
import { FIX_KINDS, type FixEvent } from './event.ts'
import type { Fix } from './fix.ts'

/** What somebody says of a fix that leaves its state as it is, or of two fixes that are one. */
export type DescribingCommand =
  /** Without an owner: nobody has it any more. */
  | { readonly type: 'assign'; readonly owner?: string }
  | { readonly type: 'block'; readonly reason: string }
  | { readonly type: 'unblock' }
  | {
      readonly type: 'edit'
      readonly title?: string
      /** One of {@link FIX_KINDS}, as it was typed. */
      readonly kind?: string
      readonly incident?: string
      readonly journey?: string
      readonly cause?: string
    }
  /** It is the same as another one, which goes on for both. */
  | { readonly type: 'merge'; readonly into: string }

/** Decides what is said of a fix; that it may be said in its state has been looked at. */
export function decideDescribing(current: Fix, command: DescribingCommand, context: FixContext): Decision<FixEvent> {
  const common = recorded(context)
  switch (command.type) {
    case 'assign': {
      const owner = command.owner?.trim()
      const same = refusal('FIX_SAME_OWNER', `Expected another owner for ${current.key}, got the one it has`)
      const problems = owner === undefined ? [] : checkText('FIX_OWNER', 'owner', owner)
      const said = owner === undefined ? {} : { owner }
      return decide([...problems, ...(owner === current.owner ? [same] : [])], { ...common, type: 'assigned', ...said })
    }
    case 'block':
      return decide(checkText('FIX_REASON', 'reason', command.reason), {
        ...common,
        type: 'blocked',
        reason: command.reason.trim(),
      } as const)
    case 'unblock':
      return decide(checkBlocked(current), { ...common, type: 'unblocked' })
    case 'merge':
      return decide(checkMerge(current, command.into, context), { ...common, type: 'merged', into: command.into })
    case 'edit':
      return edit(current, command, context)
  }
}

/** What the fix that goes on is told when another one turns out to be the same. */
export function absorb(merged: Fix, context: FixContext): FixEvent {
  return { ...recorded(context), type: 'absorbed', key: merged.key, since: merged.since }
}

/** What is wrong with what a fix is said to belong to. */
export function checkBelonging(
  { incident, journey }: { readonly incident?: string; readonly journey?: string },
  context: FixContext,
): readonly Problem[] {
  const keys = context.incidents.map(({ key }) => key)
  return [
    ...(incident === undefined ? [] : checkKnown('FIX_UNKNOWN_INCIDENT', 'incident', incident, keys)),
    ...(journey === undefined ? [] : checkKnown('FIX_UNKNOWN_JOURNEY', 'journey', journey, context.journeys)),
  ]
}

function edit(
  current: Fix,
  { type: _, title, kind: typed, ...belonging }: Extract<DescribingCommand, { type: 'edit' }>,
  context: FixContext,
): Decision<FixEvent> {
  const kind = FIX_KINDS.find((one) => one === typed)
  const classes = { ...(kind !== undefined && { kind }), ...belonging }
  const none = `Expected a title, a kind, an incident, a journey or a cause to change of ${current.key}, got none`
  const isNothing = title === undefined && typed === undefined && Object.keys(belonging).length === 0
  const problems = [
    ...(isNothing ? [refusal('FIX_NO_CHANGE', none)] : []),
    ...(title === undefined ? [] : checkText('FIX_TITLE', 'title', title)),
    ...(typed === undefined ? [] : checkKnown('FIX_KIND', 'kind', typed, FIX_KINDS)),
    ...checkBelonging(belonging, context),
  ]
  const common = recorded(context)
  return decide<FixEvent>(
    problems,
    ...(title === undefined ? [] : [{ ...common, type: 'retitled', title: title.trim() } as const]),
    ...(Object.keys(classes).length === 0 ? [] : [{ ...common, type: 'reclassified', ...classes } as const]),
  )
}

function checkBlocked({ key, blocked }: Fix): readonly Problem[] {
  return blocked !== undefined ? [] : [refusal('FIX_NOT_BLOCKED', `Expected ${key} to be blocked, but it is not`)]
}

function checkMerge({ key }: Fix, into: string, { keys }: FixContext): readonly Problem[] {
  if (into === key) return [refusal('FIX_MERGE_SELF', `Expected another fix for ${key} to be merged into, got itself`)]
  return checkKnown('FIX_UNKNOWN', 'into', into, keys)
}
