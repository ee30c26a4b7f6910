import { refusal } from '@tabiji/core/problem'
import {
  everyAsk,
  issueChanges,
  type MonthFacts,
  missingComments,
  type ReportIssue,
  withRemarks,
} from '@tabiji/core/report'
import { isoIn } from '@tabiji/core/time'
import type { JustIssued, ReportDetails, ReportPress, ReportStore, Reports, ToldReport } from '../../ports/reports.ts'
import type { Result } from '../../ports/work.ts'
import { makeDraftsDue } from './report-drafts.ts'
import { type Asked, factsOf, issueMonth, notIssued, notKept, reissueMonth } from './report-issue.ts'
import { createRemarks } from './report-remarks.ts'

export type ReportDesk = {
  readonly store: ReportStore
  readonly press: ReportPress
  readonly zone: () => string
  /** Whether anything was counted before the time, milliseconds. */
  readonly countedBefore: (at: number) => boolean
  /** Names of the journeys of the file in force. */
  readonly journeys: () => readonly string[]
  /** A month as it would be told now; nothing of one that has not begun, or is not kept. */
  readonly facts: (month: string, now: number) => Promise<MonthFacts | undefined>
  /** The same for drafts that are made by themselves: nobody asks again soon, and a large month is large in memory. */
  readonly nightly: (month: string, now: number) => Promise<MonthFacts | undefined>
  /** What is frozen of these facts: with everything that nobody can work out later. */
  readonly whole: (facts: MonthFacts, now: number) => Promise<MonthFacts>
  /** Milliseconds. */
  readonly now: () => number
}

/** Monthly reports from their draft to their last revision. */
export function createReports(desk: ReportDesk): Reports {
  const { store, press, now } = desk
  const told = async (month: string, asked: Asked, freeze: typeof issueMonth): Promise<Result<JustIssued>> => {
    const frozen = await freeze(desk, month, asked)
    if (!frozen.ok) return frozen
    const details = detailsOf(desk, month)
    return details.ok ? { ok: true, value: { ...details.value, ...frozen.value } } : details
  }
  return {
    ...createRemarks(desk),
    list: () => ({ reports: store.months().map((month) => toldOf(desk, month)) }),
    report: (month) => detailsOf(desk, month),
    missing: async (month) => {
      const facts = await factsOf(desk, month, now())
      return facts.ok ? { ok: true, value: { month, missing: missingComments(facts.value) } } : facts
    },
    issue: (month, asked, by) => told(month, { ...asked, ...(by !== undefined && { by }) }, issueMonth),
    reissue: (month, asked, by) => told(month, { ...asked, ...(by !== undefined && { by }) }, reissueMonth),
    redraft: async (month) => {
      const at = now()
      const facts = await factsOf(desk, month, at)
      if (!facts.ok) return facts
      store.keepDraft({ month, at, facts: facts.value })
      return detailsOf(desk, month)
    },
    issued: store.issued,
    file: (month, name, revision = store.revisions(month).at(-1)?.revision ?? 0) => store.file(month, name, revision),
    draftFile: (month, name) => {
      const facts = draftOf(desk, month)
      return facts && press.draft(facts, name)
    },
    changes: (month, from, to) => {
      const [before, after] = [store.issued(month, from), store.issued(month, to)]
      if (before !== undefined && after !== undefined) {
        return { ok: true, value: issueChanges(before.facts, after.facts) }
      }
      if (store.revisions(month).length === 0) return { ok: false, problems: [notIssued(month)] }
      const missing = before === undefined ? from : to
      const message = `${month} has no revision ${missing}`
      return { ok: false, problems: [refusal('REPORT_REVISION', message, `tabiji report show ${month}`)] }
    },
    tick: (at) => makeDraftsDue({ ...desk, facts: desk.nightly }, at),
  }
}

/** The kept draft, with what people have said since. */
function draftOf({ store }: ReportDesk, month: string): MonthFacts | undefined {
  const draft = store.draft(month)
  return draft && withRemarks(draft.facts, store.remarks())
}

function toldOf(desk: ReportDesk, month: string): ToldReport {
  const { store, zone } = desk
  const last = store.revisions(month).at(-1)
  const draftAt = store.draftAt(month)
  const facts = last === undefined ? draftOf(desk, month) : undefined
  return {
    month,
    ...(last === undefined ? { status: 'draft' as const } : issuedOf(last)),
    ...(draftAt !== undefined && { draftAt: isoIn(draftAt, zone()) }),
    missing: facts === undefined ? 0 : missingComments(facts).length,
  }
}

function issuedOf({ revision, issuedAt, by }: ReportIssue) {
  return { status: 'issued' as const, revision, issuedAt, ...(by !== undefined && { by }) }
}

function detailsOf(desk: ReportDesk, month: string): Result<ReportDetails> {
  const { store, zone } = desk
  if (!store.months().includes(month)) return { ok: false, problems: [notKept(month)] }
  const remarks = store.remarks()
  const kept = draftOf(desk, month) ?? store.issued(month)?.facts
  const facts = kept && withRemarks(kept, remarks)
  return {
    ok: true,
    value: {
      ...toldOf(desk, month),
      revisions: store.revisions(month).map(({ changes = [], moreChanges = 0, ...stamp }) => ({
        ...stamp,
        changes: changes.length + moreChanges,
        files: store.files(month, stamp.revision),
      })),
      missingComments: facts === undefined ? [] : missingComments(facts),
      comments: (facts?.journeys ?? []).flatMap(({ name, comment }) =>
        comment ? [{ journey: name, ...comment }] : [],
      ),
      ...(facts?.headline !== undefined && { headline: facts.headline }),
      asks: everyAsk(remarks, zone()).filter((ask) => ask.month === month),
    },
  }
}
