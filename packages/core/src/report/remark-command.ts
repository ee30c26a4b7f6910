import {
  checkKnown,
  checkText,
  type Decision,
  decide,
  type Problem,
  recorded,
  refusal,
  type Scribe,
} from '../problem/index.ts'
import { dateOf, isDate, isMonth, monthRange } from '../time/index.ts'
import type { Ask, AskState } from './remark.ts'
import { askKey, everyAsk, type RemarkEvent } from './remark-event.ts'

/** What a decision about a remark needs to know. */
export type RemarkContext = Scribe & {
  readonly zone: string
  /** The journeys of the file in force. */
  readonly journeys: readonly string[]
  /** Everything that was said before. */
  readonly events: readonly RemarkEvent[]
}

type Decided = Decision<RemarkEvent>

/** A day on which somebody still reads why is at most this far ahead. */
const FURTHEST_DAYS = 400

/** What a journey's owner says about its month; said again, it takes the place of what was said before. */
export function decideComment(
  { month, journey, text }: { readonly month: string; readonly journey: string; readonly text: string },
  context: RemarkContext,
): Decided {
  const problems = [
    ...checkMonth(month, context),
    ...checkKnown('REPORT_UNKNOWN_JOURNEY', 'journey', journey, context.journeys),
    ...checkText('REPORT_TEXT', 'text', text),
  ]
  return decide(problems, { ...recorded(context), kind: 'commented', month, journey, text: text.trim() })
}

/** Sentences that stand instead of the computed ones. @param text absent: the computed ones stand again */
export function decideHeadline(
  { month, text }: { readonly month: string; readonly text?: string },
  context: RemarkContext,
): Decided {
  const problems = [
    ...checkMonth(month, context),
    ...(text === undefined ? [] : checkText('REPORT_TEXT', 'text', text)),
  ]
  return decide(problems, {
    ...recorded(context),
    kind: 'headed',
    month,
    ...(text !== undefined && { text: text.trim() }),
  })
}

/** A decision that the readers of a month's report are asked for. */
export function decideAsk(
  asked: Pick<Ask, 'month' | 'text' | 'why' | 'journey' | 'owner' | 'due'>,
  context: RemarkContext,
): Decided {
  const { month, text, why, journey, due } = asked
  const problems = [
    ...checkMonth(month, context),
    ...checkText('REPORT_TEXT', 'text', text),
    ...(why === undefined ? [] : checkText('REPORT_TEXT', 'why', why)),
    ...(journey === undefined ? [] : checkKnown('REPORT_UNKNOWN_JOURNEY', 'journey', journey, context.journeys)),
    ...(due === undefined ? [] : checkDay('REPORT_DUE', 'due', due, context)),
  ]
  const key = askKey(context.events.filter(({ kind }) => kind === 'asked').length + 1)
  return decide(problems, {
    ...asked,
    ...recorded(context),
    kind: 'asked',
    key,
    text: text.trim(),
    ...(why !== undefined && { why: why.trim() }),
  })
}

/** What was decided about something asked, or that it is done. What is done stays done. */
export function decideAnswer(
  { key, state, text }: { readonly key: string; readonly state: Exclude<AskState, 'open'>; readonly text?: string },
  context: RemarkContext,
): Decided {
  const known = everyAsk(context.events, context.zone).find((ask) => ask.key === key)
  if (known === undefined) return decide([unknownAsk(key)])
  const problems = [...(text === undefined ? [] : checkText('REPORT_TEXT', 'text', text))]
  if (known.state === 'done') {
    problems.push(refusal('REPORT_ASK_DONE', `Expected ${key} not to be done yet, but it is`, 'ask for something new'))
  }
  return decide(problems, {
    ...recorded(context),
    kind: 'answered',
    key,
    state,
    ...(text !== undefined && { text: text.trim() }),
  })
}

/** Releases of a journey that are allowed although its budget says otherwise, up to and including a day. */
export function decideException(
  { journey, until, reason }: { readonly journey: string; readonly until: string; readonly reason: string },
  context: RemarkContext,
): Decided {
  const problems = [
    ...checkKnown('REPORT_UNKNOWN_JOURNEY', 'journey', journey, context.journeys),
    ...checkDay('REPORT_UNTIL', 'until', until, context),
    ...checkText('REPORT_TEXT', 'reason', reason),
  ]
  return decide(problems, { ...recorded(context), kind: 'excepted', journey, until, reason: reason.trim() })
}

/** Why there is nothing under a key. */
function unknownAsk(key: string): Problem {
  return refusal('REPORT_ASK_UNKNOWN', `Nothing was asked as ${key}`, 'tabiji report list')
}

/** Remarks belong to a month that has begun: nobody knows anything of a later one. */
export function checkMonth(month: string, { now, zone }: Pick<RemarkContext, 'now' | 'zone'>): readonly Problem[] {
  if (!isMonth(month)) {
    return [refusal('REPORT_MONTH', `Expected a month as YYYY-MM, got "${month}"`, undefined, ['month'])]
  }
  if (monthRange(month, zone).from <= now) return []
  return [refusal('REPORT_MONTH', `Expected a month that has begun in ${zone}, got ${month}`, undefined, ['month'])]
}

function checkDay(
  code: string,
  field: string,
  day: string,
  { now, zone }: Pick<RemarkContext, 'now' | 'zone'>,
): readonly Problem[] {
  const [today, last] = [dateOf(now, zone), dateOf(now + FURTHEST_DAYS * 86_400_000, zone)]
  if (isDate(day) && day >= today && day <= last) return []
  return [
    refusal(code, `Expected \`${field}\` to be a date from ${today} to ${last}, got "${day}"`, 'write 2026-11-13', [
      field,
    ]),
  ]
}
