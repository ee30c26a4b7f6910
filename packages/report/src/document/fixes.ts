import { type Block, paragraph } from './block.ts'
import { type Context, percentOf } from './context.ts'
import { composeAgeing } from './fix-ageing.ts'
import { composeCohorts } from './fix-cohorts.ts'
import { composeDebt } from './fix-debt.ts'
import { composeLate } from './fix-late.ts'
import { composeProof } from './fix-proof.ts'
import { composeFlow, monthsTable, ratesTable, rateTiles } from './fix-rates.ts'
import { acceptedRisksTable, openFixesTable } from './fix-tables.ts'
import { viewSentences } from './fix-view.ts'
import { restatementsTable } from './restatements.ts'

/** Permanent fixes: both rates with equal weight, what is owed and how old it is, what it costs, and whether the done ones work. */
export function composeFixes(context: Context): Block[] {
  const { words, figures, facts } = context
  const { onTime, ageing, postponed } = facts.fixes
  const { fixes } = words
  return [
    { type: 'heading', level: 2, text: fixes.heading, anchor: 'fixes' },
    ...rateTiles(context),
    ...paragraph(promiseSentence(context), stockSentence(context)),
    ...paragraph(
      onTime.accepted > 0 ? fixes.accepted(onTime.accepted, figures.count(onTime.accepted)) : undefined,
      onTime.notYetDue > 0 ? fixes.notYetDue(onTime.notYetDue, figures.count(onTime.notYetDue)) : undefined,
      onTime.share.denominator === 0 || onTime.provisionalUntil === undefined
        ? undefined
        : fixes.provisional(onTime.provisionalUntil),
      ...viewSentences(context),
    ),
    ...ratesTable(context),
    ...monthsTable(context),
    ...composeFlow(context),
    ...restatementsTable(context),
    ...paragraph(
      debtSentence(context),
      ageing.overdue > 0 ? fixes.overdueDays(figures.count(ageing.overdueDays)) : undefined,
      ageing.pastFirstDue > 0 ? fixes.pastFirstDue(ageing.pastFirstDue, figures.count(ageing.pastFirstDue)) : undefined,
      postponed.moves > 0
        ? fixes.postponed(postponed.moves, figures.count(postponed.moves), figures.count(postponed.fixes))
        : undefined,
    ),
    ...composeAgeing(context),
    ...composeLate(context),
    ...composeCohorts(context),
    ...composeDebt(context),
    ...composeProof(context),
    ...acceptedRisksTable(context),
    ...openFixesTable(context),
  ]
}

/** The headline; without a percentage where too few were due for one. */
function promiseSentence(context: Context): string {
  const { words, figures, facts } = context
  const { share, targetPpm } = facts.fixes.onTime
  if (share.denominator === 0) return words.fixes.noneDue
  const done = figures.count(share.numerator)
  const due = figures.count(share.denominator)
  const target = figures.target(targetPpm)
  const percent = percentOf(context, share)
  return percent === undefined
    ? words.fixes.promiseFew(share.denominator, done, due, target)
    : words.fixes.promise(share.denominator, done, due, percent, target)
}

/** The share of what lay on the table that was done. */
function stockSentence(context: Context): string {
  const { words, figures, facts } = context
  const { stock } = facts.fixes
  if (stock.denominator === 0) return words.fixes.nothingToDo
  const done = figures.count(stock.numerator)
  const all = figures.count(stock.denominator)
  const percent = percentOf(context, stock)
  return percent === undefined
    ? words.fixes.stockFew(stock.denominator, done, all)
    : words.fixes.stock(stock.denominator, done, all, percent)
}

/** How many are open, how many of them late, and how old the oldest is. */
function debtSentence({ words, figures, facts }: Context): string {
  const { flow, ageing } = facts.fixes
  if (ageing.oldestDays === undefined) return words.fixes.noneOpen
  const oldest = words.days(ageing.oldestDays, figures.count(ageing.oldestDays))
  return words.fixes.debt(flow.openAtEnd, figures.count(flow.openAtEnd), figures.count(ageing.overdue), oldest)
}
