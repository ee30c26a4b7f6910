import { completenessOf, type MonthFacts, type ReportIssue } from '@tabiji/core/report'
import { addDays } from '@tabiji/core/time'
import { catalogueOf } from '../words/catalogues.ts'
import { figuresIn } from '../words/figures.ts'
import type { Language } from '../words/language.ts'
import { composeAhead } from './ahead.ts'
import { composeAlertQuality } from './alert-quality.ts'
import { composeAttention } from './attention.ts'
import type { Document } from './block.ts'
import type { Context } from './context.ts'
import { composeDecisions } from './decisions.ts'
import { composeDrills } from './drills.ts'
import { composeFixes } from './fixes.ts'
import { composeGlance } from './glance.ts'
import { composeResponse } from './incidents.ts'
import { composeIssue, despiteLine, issueFooter, issueLine } from './issue.ts'
import { composeEach } from './journeys.ts'
import { composeMeasuring } from './measuring.ts'
import { composePolicy } from './policy.ts'
import { composeCompared } from './side-by-side.ts'
import { composeSummary } from './summary.ts'
import { composeTerms } from './terms.ts'

export type ReportOptions = {
  /** Owners of fixes and approvers of risks are called by name, also in the facts that a page carries. @default false */
  readonly withPeople?: boolean
  /** The stamp of a report that was issued. @default none: nobody has frozen these figures */
  readonly issue?: ReportIssue
  /** Marks a month that is over as a draft too: nobody has issued it yet. @default false */
  readonly draft?: boolean
  /** The version that renders: said when another one issued the report. @default not said */
  readonly version?: string
  /** An earlier month to stand beside this one. @default none */
  readonly compare?: MonthFacts
}

/** What every section of the report is written from. */
export function contextOf(facts: MonthFacts, language: Language, options: ReportOptions = {}): Context {
  const { withPeople = false, issue, draft = false, version } = options
  const words = catalogueOf(language)
  const figures = figuresIn(language, facts.timeZone)
  const stamp = { ...(issue !== undefined && { issue }), ...(version !== undefined && { version }) }
  return { facts, words, figures, withPeople, draft: issue === undefined && (draft || !facts.complete), ...stamp }
}

/** Writes the report of a month in one language. Every format renders this document and adds nothing. */
export function composeReport(facts: MonthFacts, language: Language, options: ReportOptions = {}): Document {
  const context = contextOf(facts, language, options)
  return {
    ...composeHead(context),
    blocks: [
      ...composeIssue(context),
      ...composeSummary(context),
      ...composeDecisions(context),
      ...composeGlance(context),
      ...(options.compare === undefined ? [] : composeCompared(context, contextOf(options.compare, language, options))),
      ...composeAttention(context),
      ...composePolicy(context),
      ...composeResponse(context),
      ...composeFixes(context),
      ...composeDrills(context),
      ...composeAlertQuality(context),
      ...composeMeasuring(context),
      ...composeAhead(context),
      ...composeEach(context),
      ...composeTerms(context),
    ],
  }
}

/** What stands around the sections: which month this is, and by what a copy can be checked. */
export function composeHead(context: Context): Omit<Document, 'blocks'> {
  const { facts, words, figures } = context
  const despite = despiteLine(context)
  const { header } = words
  return {
    language: words.language,
    title: header.title(figures.month(facts.month)),
    contents: header.contents,
    ...(facts.sample && { banner: header.sample }),
    draft: context.draft,
    lines: [
      ...(facts.team === undefined ? [] : [words.team.only(facts.team)]),
      issueLine(context) ?? statusLine(context),
      ...(despite === undefined ? [] : [despite]),
      periodLine(context),
      ...completenessLine(context),
      header.definition(facts.definition.fingerprint),
    ],
    footer: issueFooter(context),
  }
}

function statusLine({ words, figures, facts, draft }: Context): string {
  const { header } = words
  const told = header.dataUntil(figures.stamp(facts.dataUntil), figures.stamp(facts.generatedAt))
  if (facts.complete) return header.status(draft ? words.issue.draft : header.complete, told)
  const over = Date.parse(facts.generatedAt) >= Date.parse(facts.to)
  return header.status(over ? header.incomplete : header.running, told)
}

/** A share that is cut: 100 % is said only of a month that was read whole. */
function completenessLine({ words, figures, facts }: Context): readonly string[] {
  const { numerator, denominator } = completenessOf(facts)
  return denominator === 0 ? [] : [words.measured.completeness(figures.percent(numerator, denominator, 2))]
}

function periodLine({ words, figures, facts }: Context): string {
  const lastDay = addDays(figures.date(facts.to), -1)
  return words.header.period(figures.date(facts.from), lastDay, facts.timeZone)
}
