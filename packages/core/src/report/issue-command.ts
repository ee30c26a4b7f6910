import { type Problem, refusal } from '../problem/index.ts'
import { monthRange } from '../time/index.ts'
import { attentionOf, sortJourneys } from './judge.ts'
import type { JourneyMonth, MonthFacts } from './month-facts.ts'
import type { ReportIssue } from './report-issue.ts'

/** What speaks for issuing a month although something is missing. */
export type IssueRequest = { readonly reason?: string; readonly partMonth?: boolean }

export type IssueDecision =
  | { readonly ok: true; readonly despite?: NonNullable<ReportIssue['despite']> }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Whether a month may be frozen: once it is over and all of it is in the books. Anything less needs a reason, which the report
 * then says; a month that still runs has to be asked for by name as well, because it is usually a mistyped one.
 *
 * @param now milliseconds
 */
export function decideIssue(
  facts: MonthFacts,
  { reason, partMonth = false }: IssueRequest,
  now: number,
): IssueDecision {
  const { month, timeZone, to, dataUntil, complete } = facts
  const said = reason?.trim() ?? ''
  if (said.length > LONGEST_REASON) {
    const message = `Expected \`reason\` to have at most ${LONGEST_REASON} characters, got ${said.length}`
    return { ok: false, problems: [refusal('REPORT_TEXT', message, undefined, ['reason'])] }
  }
  if (now < monthRange(month, timeZone).to) {
    if (partMonth && said !== '') return { ok: true, despite: { what: 'part_month', reason: said } }
    const message = `${month} is not over (it ends at ${to})`
    const hint = `\`tabiji report draft ${month}\` makes a draft; or add --part-month --reason "…"`
    return { ok: false, problems: [refusal('REPORT_MONTH_RUNS', message, hint)] }
  }
  if (complete) return { ok: true }
  if (said !== '') return { ok: true, despite: { what: 'incomplete', reason: said } }
  const message = `The data of ${month} are incomplete: the books end at ${dataUntil}, the month at ${to}`
  const hint = 'wait until what is late has come in, or add --reason "…", which the report will say'
  return { ok: false, problems: [refusal('REPORT_INCOMPLETE', message, hint)] }
}

const LONGEST_REASON = 2_000

/** A journey whose owner has something to explain, and has not yet. */
export type MissingComment = Pick<JourneyMonth, 'name' | 'title' | 'owner'> & {
  readonly state: 'missed' | 'spent' | 'risk'
}

/** Journeys that missed a target, or nearly did, and that nobody has commented; the worst first. */
export function missingComments({ journeys }: Pick<MonthFacts, 'journeys'>): readonly MissingComment[] {
  return sortJourneys(journeys).flatMap(({ name, title, owner, objectives, comment }) => {
    const states = objectives.map(attentionOf)
    const state = (['missed', 'spent', 'risk'] as const).find((each) => states.includes(each))
    if (state === undefined || comment !== undefined) return []
    return [{ name, title, ...(owner !== undefined && { owner }), state }]
  })
}
