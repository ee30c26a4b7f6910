import type { Share } from '@tabiji/core/fix'
import { type Block, paragraph, table } from './block.ts'
import { type Context, fractionOf, percentOf } from './context.ts'
import { acceptedRisksTable, ageingTable, cohortsTable, openFixesTable } from './fix-tables.ts'
import { restatementsTable } from './restatements.ts'

/** Permanent fixes: both rates with equal weight, where the number of open ones comes from, how old they are. */
export function composeFixes(context: Context): Block[] {
  const { words, figures, facts } = context
  const { onTime, ageing, postponed } = facts.fixes
  const { fixes } = words
  return [
    { type: 'heading', level: 2, text: fixes.heading, anchor: 'fixes' },
    ...paragraph(promiseSentence(context), stockSentence(context)),
    ...paragraph(
      onTime.accepted > 0 ? fixes.accepted(onTime.accepted, figures.count(onTime.accepted)) : undefined,
      onTime.notYetDue > 0 ? fixes.notYetDue(onTime.notYetDue, figures.count(onTime.notYetDue)) : undefined,
      onTime.share.denominator === 0 || onTime.provisionalUntil === undefined
        ? undefined
        : fixes.provisional(onTime.provisionalUntil),
    ),
    ...ratesTable(context),
    ...flowTable(context),
    ...restatementsTable(context),
    ...paragraph(
      debtSentence(context),
      ageing.overdue > 0 ? fixes.overdueDays(figures.count(ageing.overdueDays)) : undefined,
      ageing.pastFirstDue > 0 ? fixes.pastFirstDue(ageing.pastFirstDue, figures.count(ageing.pastFirstDue)) : undefined,
      postponed.moves > 0
        ? fixes.postponed(postponed.moves, figures.count(postponed.moves), figures.count(postponed.fixes))
        : undefined,
    ),
    ...ageingTable(context),
    ...openFixesTable(context),
    ...cohortsTable(context),
    ...acceptedRisksTable(context),
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

function ratesTable(context: Context): Block[] {
  const { words, figures, facts } = context
  const { fixes } = words
  const { onTime, stock, clearance } = facts.fixes
  const columns = [
    { label: fixes.rate, header: true },
    { label: fixes.value, align: 'end' },
    { label: fixes.fraction, align: 'end' },
    { label: fixes.meaning },
  ] as const
  const perNew = fixes.perNew(figures.count(clearance.numerator), figures.count(clearance.denominator))
  const row = (name: string, share: Share, meaning: string, empty: string, fraction = fractionOf(context, share)) =>
    share.denominator === 0
      ? [{ text: name }, { text: '' }, { text: empty }, { text: meaning }]
      : [{ text: name }, { text: percentOf(context, share) ?? '' }, { text: fraction }, { text: meaning }]
  return table(fixes.rates, columns, [
    row(fixes.onTime, onTime.share, fixes.onTimeMeaning(figures.target(onTime.targetPpm)), words.summary.noneDue),
    row(fixes.stockRate, stock, fixes.stockMeaning, words.summary.nothingToDo),
    row(fixes.clearance, clearance, fixes.clearanceMeaning, fixes.noNew, perNew),
  ])
}

/** The identity with this month's numbers, so that everybody can add them up. */
function flowTable({ words, figures, facts }: Context): Block[] {
  const { fixes } = words
  const { flow, asOf } = facts.fixes
  const running = asOf.slice(0, 7) === facts.month
  const columns = [
    { label: fixes.openAtStart, align: 'end' },
    { label: `+ ${fixes.created}`, align: 'end' },
    { label: `+ ${fixes.returned}`, align: 'end' },
    { label: `− ${fixes.done}`, align: 'end' },
    { label: `− ${fixes.dropped}`, align: 'end' },
    { label: `= ${running ? fixes.openNow : fixes.openAtEnd}`, align: 'end' },
  ] as const
  const { openAtStart, created, returned, done, dropped, openAtEnd } = flow
  const row = [openAtStart, created, returned, done, dropped, openAtEnd].map((count) => ({
    text: figures.count(count),
  }))
  return table(fixes.flow, columns, [row])
}
