import type { Share } from '@tabiji/core/fix'
import { type ObjectiveMonth, sortJourneys, sortObjectives } from '@tabiji/core/report'
import type { Block } from './block.ts'
import { type Context, percentOf } from './context.ts'
import { objectiveText } from './objective.ts'

/** The words of the report, a line each, with this month's numbers in the formulas. */
export function composeTerms(context: Context): Block[] {
  const { words } = context
  const { terms } = words
  return [
    { type: 'heading', level: 2, text: terms.heading, anchor: 'terms' },
    {
      type: 'terms',
      entries: [
        { term: terms.outcomes, text: terms.outcomesText },
        ...objectiveTerms(context),
        { term: terms.states, text: terms.statesText },
        ...fixTerms(context),
        { term: terms.overdue, text: terms.overdueText },
        { term: terms.stop, text: terms.stopText },
      ],
    },
  ]
}

type Term = { readonly term: string; readonly text: string }

/** Result, allowance and budget used, computed for the objective that stands first in the report. */
function objectiveTerms(context: Context): Term[] {
  const { words } = context
  const { terms } = words
  const example = firstJudged(context)
  return [
    { term: terms.result, text: filled(context, terms.resultText, example && resultFormula(context, example)) },
    { term: terms.allowed, text: filled(context, terms.allowedText, example && allowedFormula(context, example)) },
    { term: terms.used, text: filled(context, terms.usedText, example && usedFormula(context, example)) },
  ]
}

function fixTerms(context: Context): Term[] {
  const { words, figures, facts } = context
  const { terms } = words
  const { flow, onTime, stock, clearance } = facts.fixes
  const [done, start, created, returned, dropped] = [
    flow.done,
    flow.openAtStart,
    flow.created,
    flow.returned,
    flow.dropped,
  ].map(figures.count)
  const formula = (share: Share, bottom: string) =>
    share.denominator === 0
      ? undefined
      : equation(`${figures.count(share.numerator)} ÷ ${bottom}`, percentOf(context, share))
  return [
    {
      term: terms.onTime,
      text: filled(context, terms.onTimeText, formula(onTime.share, figures.count(onTime.share.denominator))),
    },
    {
      term: terms.stock,
      text: filled(context, terms.stockText, formula(stock, `(${start} + ${created} + ${returned} − ${dropped})`)),
    },
    { term: terms.clearance, text: filled(context, terms.clearanceText, formula(clearance, `${created}`)) },
    {
      term: terms.flow,
      text: filled(
        context,
        terms.flowText,
        `${start} + ${created} + ${returned} − ${done} − ${dropped} = ${figures.count(flow.openAtEnd)}`,
      ),
    },
  ]
}

function firstJudged({ facts }: Context): ObjectiveMonth | undefined {
  return sortJourneys(facts.journeys)
    .flatMap(({ objectives }) => sortObjectives(objectives))
    .find(({ met, parts, budgeting }) => met !== undefined && parts.length === 1 && budgeting === undefined)
}

function resultFormula(context: Context, objective: ObjectiveMonth): string {
  const { figures } = context
  const { bad, valid } = objective
  return equation(
    `(${figures.count(valid)} − ${figures.count(bad)}) ÷ ${figures.count(valid)}`,
    objectiveText(context, objective).result,
  )
}

function allowedFormula({ figures }: Context, { valid, targetPpm, allowedMillionths }: ObjectiveMonth): string {
  return `${figures.count(valid)} × (${figures.target(1_000_000)} − ${figures.target(targetPpm)}) = ${figures.exactEvents(allowedMillionths)}`
}

function usedFormula(context: Context, objective: ObjectiveMonth): string {
  const { figures } = context
  return equation(
    `${figures.count(objective.bad)} ÷ ${figures.exactEvents(objective.allowedMillionths)}`,
    objectiveText(context, objective).used,
  )
}

function equation(left: string, right: string | undefined): string {
  return right === undefined ? left : `${left} = ${right}`
}

/** The definition, followed by this month's numbers when there are any. */
function filled({ words }: Context, text: string, formula: string | undefined): string {
  return formula === undefined ? text : words.terms.thisMonth(text, formula)
}
