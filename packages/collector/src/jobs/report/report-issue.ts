import { createHash } from 'node:crypto'
import { type Problem, refusal } from '@tabiji/core/problem'
import {
  canonicalJson,
  checkMonth,
  decideIssue,
  type IssueRequest,
  issueChanges,
  type MonthFacts,
  type ReportIssue,
} from '@tabiji/core/report'
import { isoIn } from '@tabiji/core/time'
import type { ReportPress, ReportStore } from '../../ports/reports.ts'
import type { Result } from '../../ports/work.ts'

export type IssueDesk = {
  readonly store: Pick<ReportStore, 'issue' | 'issued' | 'revisions'>
  readonly press: ReportPress
  readonly zone: () => string
  /** A month as it would be told now; nothing of one that has not begun, or is not kept. */
  readonly facts: (month: string, now: number) => Promise<MonthFacts | undefined>
  /** What is frozen of these facts: with everything that nobody can work out later. */
  readonly whole: (facts: MonthFacts, now: number) => Promise<MonthFacts>
  /** Milliseconds. */
  readonly now: () => number
}

export type Asked = IssueRequest & { readonly withPeople?: boolean; readonly by?: string }

/** What a freeze came to: nothing besides, or why no browser printed. */
type Frozen = Result<{ readonly notPrinted?: string }>

/** Freezes a month for the first time. */
export async function issueMonth(desk: IssueDesk, month: string, asked: Asked): Promise<Frozen> {
  const known = desk.store.revisions(month).at(-1)
  if (known !== undefined) return refused([alreadyIssued(month, known.revision)])
  const now = desk.now()
  const facts = await factsOf(desk, month, now)
  if (!facts.ok) return facts
  const decision = decideIssue(facts.value, asked, now)
  if (!decision.ok) return decision
  const { despite } = decision
  const whole = await desk.whole(facts.value, now)
  return freeze(desk, whole, { ...stampOf(desk, whole, 1, now, asked), ...(despite && { despite }) }, asked)
}

/** Freezes it again, with everything that differs from the last time. */
export async function reissueMonth(desk: IssueDesk, month: string, asked: Asked): Promise<Frozen> {
  const before = desk.store.issued(month)
  if (before === undefined) return refused([notIssued(month)])
  const reason = asked.reason?.trim() ?? ''
  if (reason === '') {
    return refused([
      refusal('REPORT_REASON', 'Expected a reason for issuing it again, got none', undefined, ['reason']),
    ])
  }
  const now = desk.now()
  const facts = await factsOf(desk, month, now)
  if (!facts.ok) return facts
  const decision = decideIssue(facts.value, asked, now)
  if (!decision.ok) return decision
  const whole = await desk.whole(facts.value, now)
  const { changes, more } = issueChanges(before.facts, whole)
  const stamp: ReportIssue = {
    ...stampOf(desk, whole, before.issue.revision + 1, now, asked),
    reason,
    changes,
    ...(more > 0 && { moreChanges: more }),
    ...(decision.despite !== undefined && { despite: decision.despite }),
  }
  return freeze(desk, whole, stamp, asked)
}

/** Renders everything, then keeps it in one step: what was half issued is not issued. */
async function freeze(
  { store, press }: IssueDesk,
  facts: MonthFacts,
  issue: ReportIssue,
  asked: Asked,
): Promise<Frozen> {
  const { files, notPrinted } = await press.print(facts, issue, asked.withPeople === true)
  if (!store.issue({ issue, facts, files })) return refused([alreadyIssued(facts.month, issue.revision)])
  return { ok: true, value: notPrinted === undefined ? {} : { notPrinted } }
}

function stampOf(desk: IssueDesk, facts: MonthFacts, revision: number, now: number, { by }: Asked): ReportIssue {
  return {
    revision,
    issuedAt: isoIn(now, desk.zone()),
    ...(by !== undefined && { by }),
    sha256: createHash('sha256').update(canonicalJson(facts)).digest('hex'),
    version: desk.press.version,
  }
}

export async function factsOf(
  { facts, zone }: Pick<IssueDesk, 'facts' | 'zone'>,
  month: string,
  now: number,
): Promise<Result<MonthFacts>> {
  const problems = checkMonth(month, { now, zone: zone() })
  if (problems.length > 0) return refused(problems)
  const value = await facts(month, now)
  return value === undefined ? refused([notKept(month)]) : { ok: true, value }
}

/** Why there is nothing of a month. */
export function notKept(month: string): Problem {
  return refusal('REPORT_UNKNOWN', `Nothing is kept of ${month}`, 'tabiji report list')
}

export function notIssued(month: string): Problem {
  return refusal('REPORT_NOT_ISSUED', `${month} was not issued yet`, `tabiji report issue ${month}`)
}

function alreadyIssued(month: string, revision: number): Problem {
  const hint = `tabiji report reissue ${month} --reason "…"`
  return refusal('REPORT_ISSUED', `${month} was issued already, as revision ${revision}`, hint)
}

const refused = (problems: readonly Problem[]): { readonly ok: false; readonly problems: readonly Problem[] } => ({
  ok: false,
  problems,
})
